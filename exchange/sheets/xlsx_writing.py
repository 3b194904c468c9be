"""A workbook -> the bytes of an XLSX file, the same ones every time; the only file that imports XlsxWriter."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil
from typing import Any

from whytune.engine import Problem
from whytune.engine.language.extras import installing, needing
from whytune.engine.language.problems import Sentence
from whytune.engine.words.lettering import fold

from .grid import letters
from .workbook import LISTS, Workbook, Worksheet

_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The date of making that the file states: a workbook is not about any day."""

_LINE, _MAX_HEIGHT = 15, 400
"""The height of a line, and the most that spreadsheets give a row, in points."""
_MAX_HINT, _MAX_TITLE, _MAX_NOTE = 255, 32, 2_000
_A4 = 9
"""The number that spreadsheets use for this paper size."""
_READABLE = 220
"""How many characters side by side on a page can still be read."""
_PALE, _HEAD, _EDGE = "#eceff1", "#37474f", "#cfd8dc"


def xlsx(workbook: Workbook) -> bytes:
    """The file; raises WhytuneError: no-sheets, without XlsxWriter."""
    with needing({"xlsxwriter"}, no_sheets):
        import xlsxwriter
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": workbook.title, "created": _MADE.replace(tzinfo=None)})
        _BookWriter(book).write(workbook)
    return stream.getvalue()


def no_sheets(package: str) -> Problem:
    """The problem if the libraries for workbooks are not installed."""
    message = Sentence("workbooks need packages that are not installed")
    return Problem("no-sheets", message, None, installing("sheets"))


class _BookWriter:
    """Writes the sheets of one workbook, and the lists that their cells offer."""

    def __init__(self, book: Any) -> None:
        self.book = book
        edge = {"border": 1, "border_color": _EDGE, "valign": "top"}
        text = {**edge, "num_format": "@", "text_wrap": True}
        head = {"bold": True, "bg_color": _HEAD, "font_color": "white", "text_wrap": True}
        self.label = book.add_format({**edge, **head})
        self.name = book.add_format({**text, "bg_color": _PALE, "font_color": _HEAD, "italic": True})
        self.open = book.add_format({**text, "locked": False})
        self.fixed = book.add_format({**text, "bg_color": _PALE})
        self.lists: dict[tuple[str, ...], str] = {}

    def write(self, workbook: Workbook) -> None:
        offered = {column.offers: None for sheet in workbook.sheets for column in sheet.columns if column.offers}
        for at, offers in enumerate(offered, 1):
            self.lists[offers] = f"={LISTS}!${letters(at)}$1:${letters(at)}${len(offers)}"
        for sheet in workbook.sheets:
            self._sheet(sheet)
        lists = self.book.add_worksheet(LISTS)
        for at, offers in enumerate(offered):
            lists.write_column(0, at, offers, self.fixed)
        lists.very_hidden()

    def _sheet(self, sheet: Worksheet) -> None:
        """One sheet: the labels of its columns, below them their names, below these the rows."""
        page = self.book.add_worksheet(sheet.name)
        for at, column in enumerate(sheet.columns):
            page.set_column(at, at, column.width, self.open if sheet.changes == "rows" else None)
            page.write_string(0, at, column.label, self.label)
            page.write_string(1, at, column.name, self.name)
            if column.legend:
                page.write_comment(0, at, column.legend[:_MAX_NOTE], {"author": "", "x_scale": 2.5, "y_scale": 2})
        page.set_row(0, _height(sheet, [column.label for column in sheet.columns]))
        page.set_row(1, _height(sheet, [column.name for column in sheet.columns]))
        for number, row in enumerate(sheet.rows, start=2):
            if sheet.changes != "nothing":
                page.set_row(number, _height(sheet, row.cells))
            for at, (text, path) in enumerate(zip(row.cells, row.paths, strict=True)):
                page.write_string(number, at, text, self.fixed if path is None else self.open)
            if row.note:
                page.write_comment(number, 0, row.note[:_MAX_NOTE], {"author": "", "x_scale": 3})
        self._offer(page, sheet)
        self._finish(page, sheet)

    def _offer(self, page: Any, sheet: Worksheet) -> None:
        """The list for each column that its cells can be chosen from; other texts are allowed, such as `a | b`."""
        last = len(sheet.rows) + (200 if sheet.changes == "rows" else 1)
        for at, column in enumerate(sheet.columns):
            if column.offers and not column.fixed and last > 1:
                page.data_validation(
                    2,
                    at,
                    last,
                    at,
                    {
                        "validate": "list",
                        "source": self.lists[column.offers],
                        "show_error": False,
                        "input_title": column.label[:_MAX_TITLE],
                        "input_message": _cut(column.legend, _MAX_HINT),
                    },
                )

    @staticmethod
    def _finish(page: Any, sheet: Worksheet) -> None:
        page.freeze_panes(2, 1)
        _lay_out_for_print(page, sheet)
        if sheet.changes == "nothing":
            page.very_hidden()
        free = sheet.changes == "rows"
        page.protect(
            "",
            {
                "format_columns": True,
                "format_rows": True,
                "insert_rows": free,
                "delete_rows": free,
                "sort": free,
                "autofilter": True,
            },
        )


def _lay_out_for_print(page: Any, sheet: Worksheet) -> None:
    """A4 landscape, as few pages wide as can be read, with the heads and the first column on each."""
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.4)
    page.set_header("&L&A&R&P / &N")
    page.repeat_rows(0, 1)
    page.repeat_columns(0)
    width = sum(column.width for column in sheet.columns)
    page.fit_to_pages(ceil(width / _READABLE), 0)


def _height(sheet: Worksheet, cells: Sequence[str]) -> float:
    """The height of a row in which every cell shows everything it says."""
    lines = (
        sum(len(fold(line, column.width - 1)) for line in text.split("\n"))
        for column, text in zip(sheet.columns, cells, strict=True)
    )
    return float(min(_LINE * max(lines), _MAX_HEIGHT))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
