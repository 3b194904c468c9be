"""The bytes of an XLSX file -> its sheets as texts; the only file that imports python-calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from .grid import CellGrid
from .inspection import bad_workbook, inspected
from .workbook import LISTS
from .xlsx_writing import no_sheets


def grids_of(data: bytes, label: str) -> tuple[CellGrid, ...]:
    """The sheets of a workbook, formulas by their value; raises WhytuneError as `inspected` does, and no-sheets."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise no_sheets() from None
    clean = inspected(data, label)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(clean)) as book:
            return tuple(_sheets(book))
    except (CalamineError, ValueError, OverflowError, OSError, LookupError, UnicodeError):
        raise bad_workbook(label) from None


def _sheets(book: Any) -> Iterator[CellGrid]:
    for name in book.sheet_names:
        if name != LISTS:
            sheet = book.get_sheet_by_name(name)
            rows = sheet.to_python(skip_empty_area=False)
            yield CellGrid(name, tuple(tuple(_text(cell) for cell in row) for row in rows))


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
