"""The cells of a sheet as it came back, each a text with its place."""

from __future__ import annotations

from typing import NamedTuple

from whytune.engine.language.problems import Sentence, Span


class CellSpan(Span):
    """A cell of a sheet, by the name of the sheet, and its row and column from 1."""

    __slots__ = ()

    def __str__(self) -> str:
        if self.line is None:
            return Sentence('Sheet "{sheet}"', sheet=self.source)
        if self.column is None:
            return Sentence('Sheet "{sheet}", row {row}', sheet=self.source, row=self.line)
        return Sentence('Sheet "{sheet}", {cell}', sheet=self.source, cell=f"{letters(self.column)}{self.line}")

    def to_dict(self) -> dict[str, str | int | None]:
        cell = f"{letters(self.column)}{self.line}" if self.column and self.line else None
        return {"sheet": self.source, "cell": cell, "line": self.line, "column": self.column}


class CellGrid(NamedTuple):
    """One sheet: all its rows from the first, as texts; `file` is the CSV file that holds only this sheet, if any.

    The row `head`, from 0, names its columns. A workbook may have sheets that are hidden from its readers.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    file: str | None = None
    head: int = 0
    is_hidden: bool = False

    @property
    def filled(self) -> list[int]:
        """The rows that hold something, from 0."""
        return [at for at, row in enumerate(self.rows) if any(map(str.strip, row))]

    def at(self, row: int | None = None, column: int | None = None) -> Span:
        """The place of a row and a column, from 0."""
        line = None if row is None else row + 1
        if self.file is None:
            return CellSpan(self.name, line, None if column is None else column + 1)
        head = self.rows[self.head] if self.rows else ()
        return Span(self.file, line, None, head[column] if column is not None and column < len(head) else None)

    def cell(self, row: int, column: int) -> str:
        """The text of a cell; empty for one outside the sheet."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


def letters(column: int | None) -> str:
    """The name of a column, counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
