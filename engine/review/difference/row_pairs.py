"""The rows of a table before and after an edit -> which of them are the same row, and what became of the others.

A row with an `id` is known by it. One without is called by its number, which shifts as rows come and go: it is the same
row if its cells say the same; else the one that is most like it, if more than half of its cells say the same, or half
of them where rows between the same neighbours were replaced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from ...language.loading.cells import ANYTHING

BLANKS = ("", ANYTHING)

FARTHEST_COMPARED = 200
"""How many rows that are gone, above and below its place, a new row is compared with."""

RowKind = Literal["inserted", "removed", "moved", "moved_and_changed", "reordered", "changed"]
"""What became of a row; it is moved where the order means something, else reordered."""


class GridRow(NamedTuple):
    """A row of a table: its number, its own id, and its cells by column, except those that say nothing."""

    number: int
    id: str | None
    cells: frozenset[tuple[str, str]]
    text: str

    @property
    def known_by(self) -> object:
        return self.id or self.cells

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"


class RowPair(NamedTuple):
    """A row before and after; `moved` if its place among the others changed."""

    before: GridRow
    after: GridRow
    moved: bool

    @property
    def changed(self) -> bool:
        return self.before.cells != self.after.cells


class LooseRow(NamedTuple):
    """A row that is not where it was, and the gap between unmoved rows that it is in."""

    row: GridRow
    gap: int


class RowChange(NamedTuple):
    """What became of some rows: those before and those after."""

    kind: RowKind
    before: tuple[GridRow, ...] = ()
    after: tuple[GridRow, ...] = ()


def rows_of(table: Mapping[str, Any]) -> list[GridRow]:
    """The rows of a table, by its data; none if there is no table."""
    columns = table.get("columns", ())
    return [_row(number, columns, list(map(_text, row))) for number, row in enumerate(table.get("rows", ()), 1)]


def _row(number: int, columns: Sequence[str], texts: list[str]) -> GridRow:
    cells = {column: text for column, text in zip(columns, texts, strict=True) if text not in BLANKS}
    name = cells.pop("id", None)
    return GridRow(number, name, frozenset(cells.items()), " · ".join(texts))


def _text(cell: Any) -> str:
    """What a cell says, as one text."""
    if isinstance(cell, Mapping):
        return "; ".join(f"{language}: {text}" for language, text in cell.items())
    return ANYTHING if cell is None else cell if isinstance(cell, str) else " | ".join(cell)


def row_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[RowChange]:
    """What became of the rows of a table, by its data in both rulebooks, each kind of change at most once."""
    old, new = rows_of(before), rows_of(after)
    pairs = row_pairs(old, new)
    kept, stayed = {pair.before for pair in pairs}, {pair.after for pair in pairs}
    ordered = after.get("hit") == "first"
    moved = [pair for pair in pairs if pair.moved and not pair.changed]
    changes = (
        RowChange("removed", before=tuple(row for row in old if row not in kept)),
        RowChange("inserted", after=tuple(row for row in new if row not in stayed)),
        _of("moved" if ordered else "reordered", moved),
        _of("moved_and_changed", [pair for pair in pairs if pair.changed and pair.moved and ordered]),
        _of("changed", [pair for pair in pairs if pair.changed and not (pair.moved and ordered)]),
    )
    yield from (change for change in changes if change.before or change.after)


def _of(kind: RowKind, pairs: Sequence[RowPair]) -> RowChange:
    return RowChange(kind, tuple(pair.before for pair in pairs), tuple(pair.after for pair in pairs))


def row_pairs(old: Sequence[GridRow], new: Sequence[GridRow]) -> list[RowPair]:
    """The rows that are in both tables, in the order after the edit; as few as possible are called moved."""
    matcher = SequenceMatcher(None, [row.known_by for row in old], [row.known_by for row in new], autojunk=False)
    pairs: list[tuple[GridRow, GridRow]] = []
    gone: list[LooseRow] = []
    come: list[LooseRow] = []
    for gap, (tag, start, end, there, until) in enumerate(matcher.get_opcodes()):
        if tag == "equal":
            pairs += zip(old[start:end], new[there:until], strict=True)
        else:
            gone += (LooseRow(row, gap) for row in old[start:end])
            come += (LooseRow(row, gap) for row in new[there:until])
    for match in (_same, _alike):
        for before, after in tuple(match(gone, come)):
            gone.remove(before)
            come.remove(after)
            pairs.append((before.row, after.row))
    stayed = _rising([after.number for _, after in sorted(pairs, key=lambda pair: pair[0].number)])
    moves = (RowPair(before, after, after.number not in stayed) for before, after in pairs)
    return sorted(moves, key=lambda pair: pair.after.number)


def _same(gone: Sequence[LooseRow], come: Sequence[LooseRow]) -> Iterator[tuple[LooseRow, LooseRow]]:
    """Rows that moved unchanged from one place to another."""
    places: dict[object, list[LooseRow]] = {}
    for loose in gone:
        places.setdefault(loose.row.known_by, []).append(loose)
    for loose in come:
        if same := places.get(loose.row.known_by):
            yield same.pop(0), loose


def _alike(gone: Sequence[LooseRow], come: Sequence[LooseRow]) -> Iterator[tuple[LooseRow, LooseRow]]:
    """Rows without an id that have most of their cells in common, the most alike first."""
    before, after = ([loose for loose in some if not loose.row.id] for some in (gone, come))
    paired: set[LooseRow] = set()
    for was, now in _by_likeness(before, after):
        if not {was, now} & paired:
            paired |= {was, now}
            yield was, now


def _by_likeness(before: Sequence[LooseRow], after: Sequence[LooseRow]) -> list[tuple[LooseRow, LooseRow]]:
    """All pairs of rows that may be the same, the most alike first and, among equals, those closest together."""
    ranked: list[tuple[tuple[float, int], LooseRow, LooseRow]] = []
    numbers = [was.row.number for was in before]
    for now in after:
        place = bisect_left(numbers, now.row.number)
        for was in before[max(0, place - FARTHEST_COMPARED) : place + FARTHEST_COMPARED]:
            likeness = _likeness(was.row, now.row)
            if likeness > 0.5 or (likeness == 0.5 and was.gap == now.gap):
                ranked.append(((-likeness, abs(was.row.number - now.row.number)), was, now))
    return [(was, now) for _, was, now in sorted(ranked, key=lambda candidate: candidate[0])]


def _likeness(one: GridRow, other: GridRow) -> float:
    """The share of their cells that are in both rows."""
    return len(one.cells & other.cells) / max(len(one.cells), len(other.cells), 1)


def _rising(numbers: Sequence[int]) -> set[int]:
    """A longest rising subsequence of these distinct numbers."""
    ends: list[int] = []
    predecessor: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        predecessor[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    selection: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        selection.add(last)
        last = predecessor[last]
    return selection
