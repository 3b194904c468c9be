"""A workbook <-> a folder of CSV files, one per sheet; no program takes a text in them for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from whytune.engine.language.csvfile import ENDING, RISKY, as_said, delimiter_of, unreadable_record
from whytune.engine.language.problems import Problem, Span, WhytuneError
from whytune.engine.language.source import decoded_text

from .csv_edits import written
from .grid import CellGrid
from .workbook import Workbook, Worksheet

_HARMLESS = re.compile(r"-|[-+]?[0-9]+(\.[0-9]+)?")
"""What begins like a formula and is not one: a single dash, a number."""


def csv_files(workbook: Workbook) -> dict[str, bytes]:
    """The files of a workbook, by name; each begins with the names of its columns, after a byte order mark."""
    return {f"{sheet.name}{ENDING}": ("\ufeff" + "".join(_lines(sheet))).encode() for sheet in workbook.sheets}


def grids_in(files: Mapping[str, bytes], label: str) -> tuple[CellGrid, ...]:
    """The sheets in these files; raises WhytuneError: too-large, not-utf8, csv-syntax."""
    grids: list[CellGrid] = []
    problems: list[Problem] = []
    for name, data in files.items():
        try:
            grids.append(grid_of(name, data, f"{label.rstrip('/')}/{name}"))
        except WhytuneError as error:
            problems += error.problems
    if problems:
        raise WhytuneError(problems)
    return tuple(grids)


def grid_of(name: str, data: bytes, label: str) -> CellGrid:
    """The sheet in one file; raises WhytuneError: too-large, not-utf8, csv-syntax."""
    text = decoded_text(data, label)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    try:
        rows = tuple(tuple(as_said(cell) for cell in cells) for cells in reader)
    except csv.Error as error:
        raise unreadable_record(Span(label, reader.line_num), error) from None
    return CellGrid(name[: -len(ENDING)], rows, label)


def safe(text: str) -> str:
    """The text as a cell of CSV can hold it: after an apostrophe if a program might take it for a formula."""
    return f"'{text}" if RISKY.match(text) and not _HARMLESS.fullmatch(text) else text


def _lines(sheet: Worksheet) -> Iterator[str]:
    yield written([column.name for column in sheet.columns])
    yield from (written([safe(cell) for cell in row.cells]) for row in sheet.rows)
