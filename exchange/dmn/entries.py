"""Sets of cells -> entries in FEEL, and rows of tables made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from whytune.engine.language.bounds import Bound, bound_at
from whytune.engine.language.intervals import Interval, joined_cells
from whytune.engine.language.text import Text
from whytune.engine.language.vocabulary import Domain
from whytune.engine.meaning.diagram import Function
from whytune.engine.meaning.diagram.where import Leaf

MAX_TABLE = 1_000
"""The most rows of a table that is written."""

NO_TEST = "-"
"""The entry of FEEL that holds for every value."""

DiagramWay = Mapping[str, frozenset[int]]
"""The cells of each fact asked on one way through a diagram."""


class WrittenRow(NamedTuple):
    """A row: an entry for each subject, the outcome in FEEL, the rules behind it, and the reason for it."""

    entries: tuple[str, ...]
    result: str
    rules: tuple[str, ...]
    because: tuple[Text, ...] = ()


class ModelTable(NamedTuple):
    """A table as a model has it: what it decides, the subjects that it asks about, its hit policy and its rows.

    `results` are the possible outcomes, in order of priority under PRIORITY; `default` comes out if no row holds. For a
    table that says whether options are ruled out, `rules_out` are these options.
    """

    name: str
    subjects: tuple[str, ...]
    rows: tuple[WrittenRow, ...]
    hit_policy: str = "UNIQUE"
    results: tuple[str, ...] = ()
    default: str | None = None
    rules_out: tuple[str, ...] = ()


def literal(outcome: str) -> str:
    """An outcome as a FEEL literal."""
    return f'"{outcome}"'


def count_ways(function: Function[Leaf], to: frozenset[Leaf] | None = None) -> int:
    """How many ways lead through a diagram, to some values or to all; answers that lead on to the same are one."""
    ways: dict[Function[Leaf], int] = {}
    for part in function.upward():
        if part.is_constant:
            ways[part] = int(to is None or part.value in to)
        else:
            ways[part] = sum(ways[further] for further in dict.fromkeys(part.parts))
    return ways[function]


def ways(part: Function[Leaf], so_far: DiagramWay | None = None) -> Iterator[tuple[DiagramWay, Leaf]]:
    """Every way through a diagram, and the value that it leads to."""
    so_far = so_far or {}
    if part.is_constant:
        yield so_far, part.value
        return
    answers: dict[Function[Leaf], list[int]] = {}
    for cell, further in enumerate(part.parts):
        answers.setdefault(further, []).append(cell)
    for further, cells in answers.items():
        yield from ways(further, {**so_far, part.fact: frozenset(cells)})


def entries(way: DiagramWay, subjects: Iterable[str], domains: Mapping[str, Domain]) -> Iterator[str]:
    """The entries of a row for the cases on this way."""
    for subject in subjects:
        yield _entry(domains[subject], way[subject]) if subject in way else NO_TEST


def _entry(domain: Domain, cells: frozenset[int]) -> str:
    """The cells of a fact as an entry in FEEL."""
    joined = joined_cells(domain.cells[cell] for cell in sorted(cells))
    truths = {"yes": "true", "no": "false"} if domain.fact.kind == "yes_no" else {}
    texts = (_range(cell) if isinstance(cell, Interval) else truths.get(cell) or literal(cell) for cell in joined)
    return ", ".join(texts)


def _range(cell: Interval) -> str:
    """A stretch of numbers; one that begins or ends just above a number is written with that number."""
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
