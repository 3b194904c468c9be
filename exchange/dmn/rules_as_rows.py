"""The rules of a decision -> tables of them as they are, under the hit policy that says which of several counts.

A rule is one row, or several if it holds in several ways. What rules options out is a table of its own, which the rows
of these options ask.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import NOT_APPLICABLE, REFER, Decision

from .disjoint_rows import disjoint_table, too_many_rows
from .entries import MAX_TABLE, NO_TEST, ModelTable, WrittenRow, count_ways, entries, literal, ways
from .rule_pieces import Piece, RulePieces, Veto


def rules_tables(rulebook: Rulebook, decision: Decision) -> tuple[ModelTable, ...]:
    """The decision's rules as tables, its own last; raises WhytuneError: unsayable, if these would be too large, or no
    hit policy does what the decision does.
    """
    rules = RulePieces(rulebook, decision)
    policy, pieces = _hit_policy(rules)
    if not pieces:  # always the default, which one row says as well
        return (disjoint_table(rulebook, decision),)
    vetoes = [veto for veto in rules.vetoes if any(piece.veto is veto for piece in pieces)]
    ruling_out = [rules.diagram.rules[rule] for veto in vetoes for rule in veto.rules]
    wheres = [piece.where for piece in pieces], ruling_out
    for where in wheres:
        if (count := sum(count_ways(one, frozenset({True})) for one in where)) > MAX_TABLE:
            raise too_many_rows(decision, count)
    return (*(_veto_table(rules, veto) for veto in vetoes), _table(rules, policy, pieces, vetoes))


def _hit_policy(rules: RulePieces) -> tuple[str, Sequence[Piece]]:
    """The hit policy that fits, and the pieces in order; raises WhytuneError: unsayable, if none does.

    FIRST fits rules that yield to each other. Otherwise it depends on what holds together: nothing, only what agrees,
    or what an order of the results decides.
    """
    if rules.yielding and _decide_alike(rules, rules.in_order):
        return "FIRST", rules.in_order
    pieces, order = rules.as_in_force, precedence(rules.decision)
    if not _decide_alike(rules, sorted(pieces, key=lambda piece: order.index(piece.outcome))):
        parts = {"decision": rules.decision.decision}
        message = Sentence("no order of the options of `{decision}` says which of several counts", **parts)
        raise WhytuneError([Problem("unsayable", message)])
    possible = rules.diagram.ground.possible
    together = [pair for pair in combinations(pieces, 2) if pair[0].hits & pair[1].hits & possible]
    agree = all(one.outcome == other.outcome for one, other in together)
    return "UNIQUE" if not together else "ANY" if agree else "PRIORITY", pieces


def precedence(decision: Decision) -> tuple[str, ...]:
    """The possible outcomes, in an order in which the one that counts if several stand comes first."""
    placed: list[str] = []
    prefer = decision.if_several_stand.prefer
    waiting = [*prefer, *(option for option in decision.option_names if option not in prefer)]
    while waiting:
        option = next(option for option in waiting if decision.gives_way[option] <= {*placed})
        waiting.remove(option)
        placed.append(option)
    return (*((NOT_APPLICABLE,) if decision.only_if else ()), REFER, *placed)


def _decide_alike(rules: RulePieces, ranked: Iterable[Piece]) -> bool:
    """If the first of these pieces that holds always counts, does the decision's outcome come out everywhere?"""
    advice, left = rules.diagram.advice[rules.decision.decision], rules.diagram.ground.possible
    for piece in ranked:
        if piece.hits & left - advice.being(piece.outcome):
            return False
        left -= piece.hits
    return not left - advice.being(_default(rules.decision))


def _default(decision: Decision) -> str:
    return decision.if_none_stands.advise or REFER


def _veto_table(rules: RulePieces, veto: Veto) -> ModelTable:
    """The table that says whether options are ruled out."""
    rule_of = rules.diagram.rulebook.rule
    pieces = [Piece("", rules.diagram.rules[rule], (rule,), (rule_of[rule].because,)) for rule in veto.rules]
    subjects = _subjects(rules, pieces)
    rows = (row for piece in pieces for row in _rows(rules, piece, subjects, "true"))
    return ModelTable(veto.name, subjects, tuple(rows), "ANY", (), "false", veto.options)


def _table(rules: RulePieces, policy: str, pieces: Sequence[Piece], vetoes: Sequence[Veto]) -> ModelTable:
    subjects = _subjects(rules, pieces)
    rows = [
        row._replace(entries=(*row.entries, *("false" if piece.veto is veto else NO_TEST for veto in vetoes)))
        for piece in pieces
        for row in _rows(rules, piece, subjects, literal(piece.outcome))
    ]
    return ModelTable(
        rules.decision.decision,
        (*subjects, *(veto.name for veto in vetoes)),
        tuple(rows),
        policy,
        tuple(map(literal, precedence(rules.decision))),
        literal(_default(rules.decision)),
    )


def _subjects(rules: RulePieces, pieces: Iterable[Piece]) -> tuple[str, ...]:
    """What rows of these pieces ask about, in the order of the questions."""
    asked = frozenset().union(*(piece.where.facts for piece in pieces))
    return tuple(rules.diagram.ground.in_question_order(asked))


def _rows(rules: RulePieces, piece: Piece, subjects: Sequence[str], result: str) -> Iterator[WrittenRow]:
    for way, holds in ways(piece.where):
        if holds:
            asks = tuple(entries(way, subjects, rules.diagram.domains))
            yield WrittenRow(asks, result, piece.rules, piece.because)
