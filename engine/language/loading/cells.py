"""The cells of a table -> what they ask: values, all others, or stretches of a number line, which cut a band."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from ..intervals import Interval, cells_between
from ..problems import Sentence, Span
from ..rulebook import RuleTable
from ..source import Items, Map, Node, Scalar
from ..stretches import stretches
from ..text import NOT, BadValue, alternatives
from ..vocabulary import Band, Fact, Subject
from .draft import Draft, Located
from .spelling import all_but

ANYTHING = "-"


class AskingColumn(NamedTuple):
    """A column of conditions: its name, where that stands, and its table."""

    head: Scalar
    table: RuleTable


class CellCondition(NamedTuple):
    """What a cell asks of its column's subject: one of these values, by these names."""

    subject: Scalar
    names: tuple[str, ...]
    accepts: frozenset[str]
    span: Span


def is_any(cell: Node) -> bool:
    return isinstance(cell, Scalar) and (cell.blank or cell.text.strip() in ("", ANYTHING))


def conditions(
    column: AskingColumn, cells: list[Node], subjects: Mapping[str, Subject], draft: Draft
) -> list[CellCondition | None]:
    """What each cell of a column asks; None if anything will do."""
    numbers = {one.name: at for at, one in enumerate(draft.of(Fact)) if one.part and one.part.is_number}
    if (position := numbers.get(column.head.text)) is not None:
        return _stretches(column, cells, position, draft)
    subject = subjects.get(column.head.text)
    return [None if is_any(cell) else _named(column.head, cell, subject, draft) for cell in cells]


def _named(head: Scalar, cell: Node, subject: Subject | None, draft: Draft) -> CellCondition | None:
    """The condition of a cell that names values, or all others: `a | b`, `not a` or `[a, b]`."""
    names, negated = _alternatives(cell)
    if negated and subject and set(names) <= set(subject.named):
        if (left := all_but(names, subject, cell.span, draft)) is None:
            return None
        names = left
    return CellCondition(head, names, subject.accepts(names) if subject else frozenset(names), cell.span)


def _alternatives(cell: Node) -> tuple[tuple[str, ...], bool]:
    """The names in a cell, and whether it means all but these."""
    if isinstance(cell, Items):
        return tuple(item.text for item in cell.items if isinstance(item, Scalar)), False
    return alternatives(cell.text if isinstance(cell, Scalar) else "")


def listed(cell: Node) -> Node:
    """The options that an effect names: one, or those of `a | b`; an effect cannot name all but some."""
    if isinstance(cell, Items) or not isinstance(cell, Scalar):
        return cell
    return Items(tuple(Scalar(name.strip(), False, cell.span) for name in cell.text.split("|")), cell.span)


def _stretches(column: AskingColumn, cells: list[Node], position: int, draft: Draft) -> list[CellCondition | None]:
    """What each cell of a column of numbers asks, in pieces of the band that these cells cut."""
    located: Located[Fact] = draft.of(Fact)[position]
    fact = located.part
    assert fact is not None
    read = [None if is_any(cell) else _intervals(fact, cell, draft) for cell in cells]
    ends = {end: cell.span for cell, some in zip(cells, read, strict=True) for stretch in some or () for end in stretch}
    cuts = sorted(end for end in ends if end is not None and _cuts(fact, end))
    if not cuts:
        return [None] * len(cells)
    name = column.table.band(fact.fact)
    band = Band.of_table(name, cuts, column.table.sources)
    spans = [ends[cut] for cut in cuts]
    draft.of(Fact)[position] = replace(
        located,
        part=fact.model_copy(update={"bands": (*fact.bands, band)}),
        node=_with_band(located.node, band, column.head.span, spans),
    )
    conditions: list[CellCondition | None] = []
    for cell, some in zip(cells, read, strict=True):
        inside = [
            piece
            for piece, stretch in zip(band.values, cells_between(cuts), strict=True)
            if some is not None and any(stretch.meets(wanted) for wanted in some)
        ]
        subject = Scalar(name, False, column.head.span)
        wanted = CellCondition(subject, tuple(inside), frozenset(inside), cell.span)
        conditions.append(None if some is None or len(inside) == len(band.values) else wanted)
    return conditions


def _cuts(fact: Fact, end: Decimal) -> bool:
    """Can the fact be below this number, and at it or above?"""
    above_least = fact.least is None or fact.least < end
    return above_least and (fact.greatest is None or end <= fact.greatest)


def _with_band(node: Node, band: Band, span: Span, spans: Iterable[Span]) -> Node:
    """The fact as if its author had written the band, each cut placed at the first cell that makes it."""
    assert isinstance(node, Map)
    written = Map(
        (
            (Scalar("band", False, span), Scalar(band.band, False, span)),
            (
                Scalar("cut_at", False, span),
                Items(tuple(Scalar(f"{cut:f}", False, at) for cut, at in zip(band.cut_at, spans, strict=True)), span),
            ),
            (Scalar("values", False, span), Items(tuple(Scalar(piece, False, span) for piece in band.values), span)),
        ),
        span,
    )
    bands = node.get("bands")
    items = bands.items if isinstance(bands, Items) else ()
    entries = tuple(entry for entry in node.entries if entry[0].text != "bands")
    return Map((*entries, (Scalar("bands", False, span), Items((*items, written), span))), node.span)


def _intervals(fact: Fact, cell: Node, draft: Draft) -> tuple[Interval, ...] | None:
    """The numbers that a cell means: `>= 100`, `[100..200)`, `5`, a piece of a band, several of these, or all others.

    None, and a problem, for what no number of the fact can meet.
    """
    texts, negated = _alternatives(cell)
    try:
        return tuple(stretches(fact, f"{NOT if negated else ''}{' | '.join(texts)}"))
    except BadValue as bad:
        hint = bad.hint or Sentence("for example `>= 100`, `< 50`, `[100..200)`, `5`")
        draft.report(bad.code, bad.message, cell.span, hint)
        return None
