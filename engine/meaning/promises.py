"""Where the rules break an invariant, for each decision that it is about, over all tasks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from ..language.rulebook import Invariant
from .diagram import DecisionDiagram, Where
from .diagram.ground import Cell


class Broken(NamedTuple):
    """A promise about one decision that some task breaks: where, and the advice there in the order of the options.

    For a promise about a growing number, `pieces` are the first two pieces of the number between which the advice moves
    the forbidden way; `where` and `advice` are those in the lower one.
    """

    invariant: Invariant
    decision: str
    where: Where
    advice: tuple[str, ...]
    pieces: tuple[Cell, Cell] | None = None


def broken(diagram: DecisionDiagram) -> Iterator[Broken]:
    """Every promise that the rules do not keep."""
    for invariant in diagram.rulebook.invariants:
        yield from breaches(diagram, invariant)


def breaches(diagram: DecisionDiagram, invariant: Invariant) -> Iterator[Broken]:
    """The decisions about which the rules do not keep this promise."""
    return _growing(diagram, invariant) if invariant.more else _advised(diagram, invariant)


def _advised(diagram: DecisionDiagram, invariant: Invariant) -> Iterator[Broken]:
    """For each decision, where the advice is what it must never be, or not what it must always be."""
    for decision, options in (invariant.always or invariant.never).items():
        is_one = _is_one_of(diagram, decision, options)
        other = diagram.applies[decision] - is_one  # of a decision that does not apply nothing is promised
        if where := _applies(diagram, invariant) & (other if invariant.always else is_one):
            yield Broken(invariant, decision, where, _advice(diagram, decision, where))


def _growing(diagram: DecisionDiagram, invariant: Invariant) -> Iterator[Broken]:
    """For each decision, the first two pieces of the number between which its advice moves the forbidden way."""
    cells = diagram.domains[str(invariant.more)].cells
    for decision in invariant.leads_away_from:
        ways = ((pair, _going(diagram, invariant, decision, *pair)) for pair in combinations(range(len(cells)), 2))
        first = next(((pair, where) for pair, where in ways if where), None)
        if first is not None:
            (low, high), where = first
            yield Broken(invariant, decision, where, _advice(diagram, decision, where), (cells[low], cells[high]))


def _going(diagram: DecisionDiagram, invariant: Invariant, decision: str, low: int, high: int) -> Where:
    """Where the number is in the lower piece, and in the higher one the advice would be one that it must not become."""
    fact, advice = str(invariant.more), diagram.advice[decision]
    before = _is_one_of(diagram, decision, invariant.leads_away_from[decision])
    after = _is_one_of(diagram, decision, invariant.to[decision])
    here = diagram.ground.choice(fact, [low]) & _applies(diagram, invariant) & before
    changed = advice.at(fact, low).differs(advice.at(fact, high))
    return diagram.ground.in_some_way(here & changed & after.at(fact, high))


def _applies(diagram: DecisionDiagram, invariant: Invariant) -> Where:
    """Where the conditions of the invariant hold."""
    return diagram.all_hold(diagram.rulebook.conditions(invariant.all_of))


def _is_one_of(diagram: DecisionDiagram, decision: str, options: tuple[str, ...]) -> Where:
    """Where one of these options, or a kind of one, is advised."""
    return diagram.test(decision, diagram.rulebook.decision[decision].subject.accepts(options))


def _advice(diagram: DecisionDiagram, decision: str, where: Where) -> tuple[str, ...]:
    """The outcomes advised there."""
    outcomes, advice = diagram.rulebook.decision[decision].outcomes, diagram.advice[decision]
    return tuple(outcome for outcome in outcomes if where & advice.being(outcome))
