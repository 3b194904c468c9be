"""What a decision means in every cell -> the rows of a decision table, of which exactly one holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from whytune.engine import Problem, Rulebook, WhytuneError
from whytune.engine.language.bounds import Bound, bound_at
from whytune.engine.language.intervals import Interval, joined_cells
from whytune.engine.language.problems import Sentence
from whytune.engine.language.rulebook import Decision
from whytune.engine.language.vocabulary import Domain
from whytune.engine.meaning.deciding import Deciding
from whytune.engine.meaning.diagram import DecisionDiagram, Function

from .alone import alone

MAX_TABLE = 1_000
"""Rows of a table that is written."""

NO_TEST = "-"
"""The entry of FEEL that holds for every value."""


class DisjointRow(NamedTuple):
    """One way through the diagram: an entry for each subject, what comes out, and the rules that are reasons on it."""

    entries: tuple[str, ...]
    outcome: str
    rules: tuple[str, ...]


class DisjointTable(NamedTuple):
    """A decision as a table: the facts and decisions that it asks about, and its rows."""

    decision: Decision
    subjects: tuple[str, ...]
    rows: tuple[DisjointRow, ...]


def disjoint_table(rulebook: Rulebook, decision: Decision) -> DisjointTable:
    """The decision as a table; raises WhytuneError: unsayable, for one of more rows than anybody can read."""
    diagram = DecisionDiagram(alone(rulebook, decision))
    advice = diagram.advice[decision.decision]
    if (count := _count(advice)) > MAX_TABLE:
        parts = {"decision": decision.decision, "count": count, "most": MAX_TABLE}
        message = Sentence("`{decision}` would be a table of {count:,} rows, more than {most:,}", **parts)
        hint = Sentence("divide the decision: let it rest on others that stand for a part of its rules")
        raise WhytuneError([Problem("unsayable", message, None, hint)])
    subjects = diagram.ground.in_question_order(advice.facts)
    deciding = Deciding(diagram, decision.decision)
    rows = (
        DisjointRow(tuple(_entries(way, subjects, diagram.domains)), outcome, _reasons(deciding, way))
        for way, outcome in _ways(advice, {})
    )
    return DisjointTable(decision, tuple(subjects), tuple(rows))


DiagramWay = Mapping[str, frozenset[int]]
"""The cells of each fact that is asked on one way through the diagram."""


def _count(advice: Function[str]) -> int:
    """The ways through the diagram, answers that lead on alike being one."""
    ways: dict[Function[str], int] = {}
    for part in advice.upward():
        ways[part] = 1 if part.is_constant else sum(ways[further] for further in dict.fromkeys(part.parts))
    return ways[advice]


def _ways(part: Function[str], so_far: DiagramWay) -> Iterator[tuple[DiagramWay, str]]:
    if part.is_constant:
        yield so_far, part.value
        return
    answers: dict[Function[str], list[int]] = {}
    for cell, further in enumerate(part.parts):
        answers.setdefault(further, []).append(cell)
    for further, cells in answers.items():
        yield from _ways(further, {**so_far, part.fact: frozenset(cells)})


def _reasons(deciding: Deciding, way: DiagramWay) -> tuple[str, ...]:
    """The rules that are reasons all along the way."""
    return tuple(sorted(rule for rule, where in deciding.rules.items() if where.holds(way)))


def _entries(way: DiagramWay, subjects: Iterable[str], domains: Mapping[str, Domain]) -> Iterator[str]:
    for subject in subjects:
        yield _entry(domains[subject], way[subject]) if subject in way else NO_TEST


def _entry(domain: Domain, cells: frozenset[int]) -> str:
    """The cells of a fact as an entry in FEEL."""
    joined = joined_cells(domain.cells[cell] for cell in sorted(cells))
    truths = {"yes": "true", "no": "false"} if domain.fact.kind == "yes_no" else {}
    return ", ".join(_range(cell) if isinstance(cell, Interval) else truths.get(cell) or f'"{cell}"' for cell in joined)


def _range(cell: Interval) -> str:
    """A stretch of numbers; one that begins or ends just above a number is said with that number."""
    low, high = (None if end is None else bound_at(end) for end in cell)
    if low is None or high is None:
        return _from(low) if low else _below(high) if high else NO_TEST
    if low.number == high.number:  # from a number to just above it
        return f"{low.number:f}"
    return f"{'(' if low.above else '['}{low.number:f}..{high.number:f}{']' if high.above else ')'}"


def _from(low: Bound) -> str:
    return f"{'>' if low.above else '>='} {low.number:f}"


def _below(high: Bound) -> str:
    return f"{'<=' if high.above else '<'} {high.number:f}"
