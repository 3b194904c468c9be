"""A workbook as it was written and its sheets as they came back -> the edits between them, each at its cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from whytune.engine.language.casetable import NAMES_STAND_WITHIN
from whytune.engine.language.letters import composed
from whytune.engine.language.loading.cells import ANYTHING
from whytune.engine.language.problems import Problem, Sentence, Span, did_you_mean, short
from whytune.engine.language.source import KeyPath

from .grid import CellGrid
from .matching import matched
from .workbook import BETWEEN, EMPTY, CellShape, Row, SheetColumn, Workbook, Worksheet
from .yaml_edits import Plain, put

_FREE_HEADS = ("if", "propose", "rule_out", "caution")
"""The groups that a sheet of rules may get new columns of."""


class CellEdit(NamedTuple):
    """What a cell says now that it did not say before."""

    span: Span
    before: str
    after: str


class Traced(NamedTuple):
    """Where something in a file came from: a cell, or the row of a part."""

    file: str
    path: KeyPath
    span: Span


@dataclass
class FileEdits:
    """What changes in one file: the content of some places, and the items of some lists."""

    values: dict[KeyPath, Plain | None] = field(default_factory=dict)
    orders: dict[KeyPath, list[int | Plain]] = field(default_factory=dict)


@dataclass
class SheetEdits:
    """Everything that changes, the cells where it does, where everything came from, and what is wrong."""

    files: dict[str, FileEdits] = field(default_factory=dict)
    cells: list[CellEdit] = field(default_factory=list)
    traced: list[Traced] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def of(self, file: str) -> FileEdits:
        return self.files.setdefault(file, FileEdits())


def edits_between(workbook: Workbook, grids: Iterable[CellGrid]) -> SheetEdits:
    """What was changed on the sheets, and every mistake in how that was done."""
    edited = SheetEdits()
    there = {grid.name: grid for grid in grids}
    for sheet in workbook.sheets:
        if sheet.changes == "nothing":
            continue
        if (grid := there.get(sheet.name)) is not None:
            _Returned(sheet, grid, edited).read()
        else:
            message = Sentence("the sheet `{name}` is missing", name=sheet.name)
            hint = did_you_mean(sheet.name, there) or Sentence("export the rulebook again, and edit that")
            edited.problems.append(Problem("unfit-sheet", message, None, hint))
    return edited


class _Returned:
    """One sheet as it came back."""

    def __init__(self, sheet: Worksheet, grid: CellGrid, edited: SheetEdits) -> None:
        self.sheet, self.grid, self.edited = sheet, grid, edited
        self.columns: list[tuple[SheetColumn, int]] = []  # each with its position in the grid

    def read(self) -> None:
        if (head := self._head()) is None:
            message = Sentence("the row with the names of the columns is missing")
            names = ", ".join(column.name for column in self.sheet.columns[:5])
            self._note("unfit-sheet", message, self.grid.at(), Sentence("it begins with {names}", names=names))
            return
        problems = len(self.edited.problems)
        self._find_columns(head)
        if len(self.edited.problems) == problems:
            self._compare([row for row in range(head + 1, len(self.grid.rows)) if any(self._cells(row))])

    def _head(self) -> int | None:
        """The row that holds the names of the columns."""
        names = {column.name for column in self.sheet.columns}
        counts = [len(names.intersection(map(str.strip, row))) for row in self.grid.rows[:NAMES_STAND_WITHIN]]
        best = max(range(len(counts)), key=counts.__getitem__, default=None)
        return best if best is not None and 2 * counts[best] > len(names) else None

    def _find_columns(self, head: int) -> None:
        names = [name.strip() for name in self.grid.rows[head]]
        for column in self.sheet.columns:
            if names.count(column.name) == 1:
                self.columns.append((column, names.index(column.name)))
                continue
            how = Sentence("appears twice") if column.name in names else Sentence("is missing")
            message = Sentence("the column `{name}` {how}", name=column.name, how=how)
            self._note("unfit-sheet", message, self.grid.at(head), Sentence("export the rulebook again, and edit that"))
        for index, name in enumerate(names):
            if name and name not in {column.name for column in self.sheet.columns}:
                self._find_new(name, self.grid.at(head, index), index)

    def _find_new(self, name: str, span: Span, index: int) -> None:
        """A new column: in rules, one of a condition or an effect; elsewhere, none is allowed."""
        first, dot, rest = name.partition(".")
        if self.sheet.key is not None and self.sheet.changes == "rows" and dot and first in _FREE_HEADS:
            self.columns.append((SheetColumn(name, name, (first, rest), "names"), index))
            return
        message = Sentence("there is no column `{name}` to fill", name=short(name))
        hint = did_you_mean(name, [column.name for column in self.sheet.columns])
        self._note("unfit-sheet", message, span, hint or Sentence("add it in YAML, and export the rulebook again"))

    def _cells(self, row: int) -> tuple[str, ...]:
        columns = self.columns or [(column, at) for at, column in enumerate(self.sheet.columns)]
        return tuple(as_compared(self.grid.cell(row, at)) for _, at in columns)

    def _compare(self, rows: Sequence[int]) -> None:
        """Notes what changed in each row, and which rows are new, gone or moved."""
        extra = ("",) * (len(self.columns) - len(self.sheet.columns))
        before = [(*map(as_compared, row.cells), *extra) for row in self.sheet.rows]
        after = [self._cells(row) for row in rows]
        free = self.sheet.changes == "rows"
        origins = matched(before, after, self.sheet.key, free)
        gone = [index for index in range(len(before)) if index not in origins]
        if not free:
            self._refuse_rows(rows, origins, gone)
        order = self._order(origins)
        for row, cells, origin in zip(rows, after, origins, strict=True):
            if origin is not None:
                self._row(row, cells, before[origin], self.sheet.rows[origin])
        self._trace(rows, origins, order)
        if free:
            self._arrange(rows, after, origins, order, gone)

    def _refuse_rows(self, rows: Sequence[int], origins: Sequence[int | None], gone: Sequence[int]) -> None:
        for row, origin in zip(rows, origins, strict=True):
            if origin is None:
                message = Sentence("no row can be added to this sheet")
                self._note("unfit-sheet", message, self.grid.at(row), Sentence("add it in YAML"))
        for index in gone:
            cells = [cell for cell in self.sheet.rows[index].cells if cell][:2]
            message = Sentence("the row `{row}` is missing", row=short(BETWEEN.join(cells)))
            self._note("unfit-sheet", message, self.grid.at(), Sentence("take it out in YAML"))

    def _row(self, row: int, after: Sequence[str], before: Sequence[str], shown: Row) -> None:
        """Notes the cells of a row that say something different from before."""
        for position, (column, at) in enumerate(self.columns):
            if after[position] == before[position]:
                continue
            span = self.grid.at(row, at)
            path = shown.paths[position] if position < len(shown.paths) else (*shown.path, *column.path)
            if path is None:
                message = Sentence("this cell only tells: it cannot be changed here")
                hint = Sentence("it said `{text}`; change it in YAML", text=short(before[position]))
                self._note("unfit-sheet", message, span, hint)
                continue
            self.edited.of(shown.file).values[path] = written_as(column.shape, after[position])
            self.edited.cells.append(CellEdit(span, before[position], after[position]))

    def _order(self, origins: Sequence[int | None]) -> list[int]:
        """The rows in the order that they will have in their file, by their positions among those that came back."""
        positions = list(range(len(origins)))
        if not self.sheet.in_order:
            positions.sort(key=lambda at: (origins[at] is None, origins[at] or 0))
        return positions

    def _trace(self, rows: Sequence[int], origins: Sequence[int | None], order: Sequence[int]) -> None:
        """Notes where each row and cell will be."""
        for place, at in enumerate(order):
            origin = origins[at]
            shown = self.sheet.rows[origin] if origin is not None else None
            file, path = (shown.file, shown.path) if shown else (self.sheet.list_at or ("", ()))
            if self.sheet.list_at is not None:
                path = (*self.sheet.list_at[1], place)
            self.edited.traced.append(Traced(file, path, self.grid.at(rows[at])))
            for position, (column, column_at) in enumerate(self.columns):
                inner: KeyPath | None = column.path
                if shown is not None and position < len(shown.paths):
                    whole = shown.paths[position]
                    inner = None if whole is None else whole[len(shown.path) :]
                if inner is not None:
                    self.edited.traced.append(Traced(file, (*path, *inner), self.grid.at(rows[at], column_at)))

    def _arrange(
        self,
        rows: Sequence[int],
        after: Sequence[tuple[str, ...]],
        origins: Sequence[int | None],
        order: Sequence[int],
        gone: Sequence[int],
    ) -> None:
        """Notes the new order of a list whose rows or their order changed."""
        if [origins[at] for at in order] == list(range(len(self.sheet.rows))) or self.sheet.list_at is None:
            return
        file, path = self.sheet.list_at
        items: list[int | Plain] = []
        for at in order:
            origin = origins[at]
            items.append(self._new_item(rows[at], after[at]) if origin is None else origin)
            if origin is None:
                text = BETWEEN.join(cell for cell in after[at] if cell)
                self.edited.cells.append(CellEdit(self.grid.at(rows[at]), "", text))
        for index in gone:
            text = BETWEEN.join(cell for cell in self.sheet.rows[index].cells if cell)
            self.edited.cells.append(CellEdit(self.grid.at(), text, ""))
        self.edited.of(file).orders[path] = items

    def _new_item(self, row: int, cells: Sequence[str]) -> Plain:
        """A new row as YAML writes it: the cells of a table, or the keys of a rule."""
        if self.sheet.key is None:
            return [cell or ANYTHING for cell in cells]
        item: dict[str, Plain] = {}
        for (column, at), cell in zip(self.columns, cells, strict=True):
            if cell and column.fixed:
                message = Sentence("this cell only tells: it cannot be changed here")
                self._note("unfit-sheet", message, self.grid.at(row, at), Sentence("add it in YAML"))
            elif cell:
                path = column.path
                if column.shape == "passage" and len(column.languages) > 1:
                    path = (*path, column.language or "")
                put(item, path, written_as(column.shape, cell) or "")
        return item

    def _note(self, code: str, message: Sentence, span: Span, hint: Sentence | None = None) -> None:
        self.edited.problems.append(Problem(code, message, span, hint))


def as_compared(text: str) -> str:
    """A text as it is compared: composed, without surrounding white space, with uniform line ends."""
    return composed(text.replace("\r\n", "\n").replace("\r", "\n").strip())


def written_as(shape: CellShape, cell: str) -> Plain | None:
    """What a cell says, as YAML data; None for one that says nothing."""
    if shape == "row":
        return cell or ANYTHING
    if not cell:
        return None
    if cell == EMPTY and shape != "text":
        return []
    names = [name.strip() for name in cell.split(BETWEEN.strip())]
    if shape == "list" or (shape == "names" and len(names) > 1):
        return names
    return cell
