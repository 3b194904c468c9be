"""A CSV file of cases -> rows of the sheet `cases`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whytune.engine.language.casetable import FILE, head_of, path_of
from whytune.engine.language.csvfile import Records
from whytune.engine.language.problems import Span
from whytune.engine.language.source import Map, Scalar

from .workbook import Row, SheetColumn, fixed_row

CASES = "cases"
"""The sheet of cases."""


class CaseTable:
    """A CSV file of cases: its head, and its rows."""

    def __init__(self, name: str, records: Records) -> None:
        self.name = name
        rows = records.cells
        head = head_of(rows)
        self.head = rows[head]
        self.records = [(index, row) for index, row in enumerate(rows[1:]) if index >= head]
        self.file = next((at for at, cell in enumerate(self.head) if cell.text == FILE), None)
        self.position = {
            path_of(cell.text): at for at, cell in enumerate(self.head) if not cell.blank and at != self.file
        }

    @property
    def says(self) -> Map:
        """A case that gives and expects something in each of its columns."""
        parts: dict[str, list[tuple[Scalar, Scalar]]] = {"given": [], "expect": []}
        for path in self.position:
            if len(path) > 1:
                key = Scalar(str(path[1]), False, Span(self.name))
                parts[str(path[0])].append((key, key))
        span = Span(self.name)
        return Map(tuple((Scalar(name, False, span), Map(tuple(keys), span)) for name, keys in parts.items()), span)

    def rows(self, columns: Sequence[SheetColumn]) -> Iterator[Row]:
        """A row for each of its cases, after one that says that they share nothing."""
        yield fixed_row(self.name, (), [called(self.name), *[""] * (len(columns) - 1)])
        for index, cells in self.records:
            shown = [self._cell(cells, column) for column in columns[1:]]
            paths = [(index, at) if at is not None and at < len(cells) else None for at, _ in shown]
            yield Row(self.name, (index,), (self._file(cells), *(text for _, text in shown)), (None, *paths))

    def _cell(self, cells: Sequence[Scalar], column: SheetColumn) -> tuple[int | None, str]:
        at = self.position.get(column.path)
        return at, cells[at].text if at is not None and at < len(cells) else ""

    def _file(self, cells: Sequence[Scalar]) -> str:
        """The name for the cases of a file: that of the table, and of the file that its row names."""
        own = cells[self.file].text if self.file is not None and self.file < len(cells) else ""
        return f"{called(self.name)}/{own}" if own else called(self.name)


def called(file: str) -> str:
    """The name of a file of cases on their sheet."""
    return file.removeprefix(f"{CASES}/")
