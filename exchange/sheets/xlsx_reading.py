"""The bytes of an XLSX file -> its sheets as texts; the only file that imports python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from whytune.engine.language.extras import needing

from .grid import CellGrid
from .inspection import MAX_CELLS, bad_workbook, inspected
from .workbook import LISTS
from .xlsx_writing import no_sheets


def grids_of(data: bytes, label: str) -> tuple[CellGrid, ...]:
    """The sheets of a workbook, formulas by value; raises WhytuneError: no-sheets, and what `inspected` raises."""
    with needing({"python_calamine"}, no_sheets):
        from python_calamine import CalamineError, CalamineWorkbook
    clean = inspected(data, label)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(clean)) as book:
            return tuple(_sheets(book, label))
    except (CalamineError, ValueError, OverflowError, OSError, LookupError, UnicodeError):
        raise bad_workbook(label) from None


def _sheets(book: Any, label: str) -> Iterator[CellGrid]:
    left = MAX_CELLS
    for about in book.sheets_metadata:
        if about.name != LISTS and about.name in book.sheet_names:
            sheet = book.get_sheet_by_name(about.name)
            cells = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            left -= _fill_down(cells, sheet.merged_cell_ranges or (), left, label)
            yield CellGrid(about.name, tuple(map(tuple, cells)), is_hidden=not str(about.visible).endswith(".Visible"))


def _fill_down(
    cells: list[list[str]], merged: Iterable[tuple[tuple[int, int], tuple[int, int]]], most: int, label: str
) -> int:
    """Writes the content of a cell that is merged with others below it into each of these, and counts them.

    Raises WhytuneError: bad-workbook, for more than `most`, since they overlap.
    """
    count = 0
    for (top, column), (bottom, _) in merged:
        rows = cells[top : bottom + 1]
        count += len(rows)
        if count > most:
            raise bad_workbook(label)
        for row in rows[1:]:
            if column < len(row) and column < len(rows[0]):
                row[column] = rows[0][column]
    return count


def _text(cell: Any) -> str:
    """What a cell shows, as one would type it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float | int):
        number = Decimal(repr(cell))
        return f"{number.to_integral_value() if number == number.to_integral_value() else number:f}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
