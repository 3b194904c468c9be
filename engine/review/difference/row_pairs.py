"""The rows of a table before and after an edit -> which of them are one row, and what became of the others.

A row with an `id` is known by it. One without is called by its number, which shifts as rows come and go: it is the same
row if its cells say the same; or, where rows between the same neighbours were replaced, if at least half of them do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal, NamedTuple

from ...language.loading.cells import ANYTHING

BLANKS = ("", ANYTHING)

RowKind = Literal["inserted", "removed", "moved", "reordered", "changed"]
"""What became of a row; it is moved where the order means something, else reordered."""


class GridRow(NamedTuple):
    """A row of a table: its number, its own id, and its cells by column, without those that say nothing."""

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
    """A row before and after; `moved` if it stands elsewhere among the others."""

    before: GridRow
    after: GridRow
    moved: bool


class RowChange(NamedTuple):
    """What became of some rows: those before and those after."""

    kind: RowKind
    before: tuple[GridRow, ...] = ()
    after: tuple[GridRow, ...] = ()


def rows_of(table: Mapping[str, Any]) -> list[GridRow]:
    """The rows of a table, by its data; none of no table."""
    columns = table.get("columns", ())
    return [_row(number, columns, list(map(_text, row))) for number, row in enumerate(table.get("rows", ()), 1)]


def _row(number: int, columns: Sequence[str], texts: list[str]) -> GridRow:
    cells = {column: text for column, text in zip(columns, texts, strict=True) if text not in BLANKS}
    name = cells.pop("id", None)
    return GridRow(number, name, frozenset(cells.items()), " · ".join(texts))


def _text(cell: Any) -> str:
    """What a cell says, in one text."""
    if isinstance(cell, Mapping):
        return "; ".join(f"{language}: {text}" for language, text in cell.items())
    return ANYTHING if cell is None else cell if isinstance(cell, str) else " | ".join(cell)


def row_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[RowChange]:
    """What became of the rows of a table, by its data in both rulebooks, each kind of change at most once."""
    old, new = rows_of(before), rows_of(after)
    pairs = row_pairs(old, new)
    kept, stayed = {pair.before for pair in pairs}, {pair.after for pair in pairs}
    changed = [pair for pair in pairs if pair.before.cells != pair.after.cells]
    moved = [pair for pair in pairs if pair.moved and pair not in changed]
    changes = (
        RowChange("removed", before=tuple(row for row in old if row not in kept)),
        RowChange("inserted", after=tuple(row for row in new if row not in stayed)),
        _of("moved" if after.get("hit") == "first" else "reordered", moved),
        _of("changed", changed),
    )
    yield from (change for change in changes if change.before or change.after)


def _of(kind: RowKind, pairs: Sequence[RowPair]) -> RowChange:
    return RowChange(kind, tuple(pair.before for pair in pairs), tuple(pair.after for pair in pairs))


def row_pairs(old: Sequence[GridRow], new: Sequence[GridRow]) -> list[RowPair]:
    """The rows that are in both tables, in the order after the edit."""
    blocks = SequenceMatcher(None, [row.known_by for row in old], [row.known_by for row in new], autojunk=False)
    pairs: list[RowPair] = []
    replaced: list[tuple[list[GridRow], list[GridRow]]] = []
    for _, start, end, there, until in blocks.get_opcodes():
        before, after = list(old[start:end]), list(new[there:until])
        if [row.known_by for row in before] == [row.known_by for row in after]:
            pairs += [RowPair(*rows, moved=False) for rows in zip(before, after, strict=True)]
        else:
            replaced.append((before, after))
    elsewhere = list(_elsewhere(replaced))
    pairs += elsewhere
    paired = {row for pair in elsewhere for row in pair[:2]}
    for before, after in replaced:
        pairs += _resembling([row for row in before if row not in paired], [row for row in after if row not in paired])
    return sorted(pairs, key=lambda pair: pair.after.number)


def _elsewhere(replaced: Sequence[tuple[list[GridRow], list[GridRow]]]) -> Iterator[RowPair]:
    """Rows that went from one place to another."""
    gone: dict[object, list[GridRow]] = {}
    for before, _ in replaced:
        for row in before:
            gone.setdefault(row.known_by, []).append(row)
    for _, after in replaced:
        for row in after:
            if same := gone.get(row.known_by):
                yield RowPair(same.pop(0), row, moved=True)


def _resembling(before: list[GridRow], after: list[GridRow]) -> Iterator[RowPair]:
    """Each row without an id with the one that has most of its cells, if that is at least half of them."""
    for row in after:
        unnamed = [other for other in before if not other.id and not row.id]
        nearest = max(unnamed, key=lambda other: len(other.cells & row.cells), default=None)
        if nearest and 2 * len(nearest.cells & row.cells) >= max(len(nearest.cells), len(row.cells)):
            before.remove(nearest)
            yield RowPair(nearest, row, moved=False)
