"""Where each rule and policy decides: in which cells it is among the reasons that a recommendation gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .diagram import DecisionDiagram, Node
from .rulebook import Rule


class Deciding(NamedTuple):
    """For one decision: where nothing stands, where several options remain, and where each rule is a reason.

    All are roots with leaves True and False in the store of the diagram.
    """

    nothing_stands: Node
    several_stand: Node
    rules: Mapping[str, Node]


def deciding(diagram: DecisionDiagram, decision: str) -> Deciding:
    """Where the rules and policies of a diagram decide: as `DecisionOutcome.reasons` has it, for all cells at once.

    A rule is a reason where it is in force and speaks for an option that is chosen, or that stands where several
    do, or against an option that is proposed; or where it draws a conclusion.
    """
    store, left = diagram.store, diagram.left[decision]
    nothing = store.combine(_is_nothing, left, name="nothing stands")
    several = store.combine(_is_several, left, name="several stand")
    speaks = {
        rule.id: store.any_of(_speaks(diagram, decision, rule, nothing, several)) for rule in diagram.rulebook.rules
    }
    no = store.leaf(False)
    return Deciding(
        nothing,
        several,
        {name: store.all_of((diagram.rules[name], where)) for name, where in speaks.items() if where != no},
    )


def _speaks(diagram: DecisionDiagram, decision: str, rule: Rule, nothing: Node, several: Node) -> Iterator[Node]:
    """Where what the rule says of the decision counts, were it in force."""
    store = diagram.store
    for option in rule.propose.get(decision, ()):
        chosen = store.combine(_is_chosen, diagram.left[decision], store.leaf(option), name="chosen")
        yield chosen
        yield store.all_of((several, diagram.stands[decision, option]))
    for option in rule.rule_out.get(decision, ()):
        for kind in sorted({option, *diagram.rulebook.decision[decision].kinds[option]}):
            yield diagram.proposed[decision, kind]
    if rule.conclude:
        yield store.leaf(True)


def _is_nothing(left: tuple[str, ...]) -> bool:
    return not left


def _is_several(left: tuple[str, ...]) -> bool:
    return len(left) > 1


def _is_chosen(left: tuple[str, ...], option: str) -> bool:
    return left == (option,)
