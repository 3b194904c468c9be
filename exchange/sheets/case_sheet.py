"""A workbook that anybody may have filled in -> the cases on one of its sheets."""

from __future__ import annotations

from pathlib import PurePath

from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.casetable import cases_of_rows
from whytune.engine.language.letters import composed, unfit
from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError
from whytune.engine.language.source import Scalar

from .case_tables import CASES
from .grid import CellGrid
from .xlsx_reading import grids_of


def cases_in_workbook(data: bytes, label: str) -> tuple[WrittenCase, ...]:
    """The cases on the sheet `cases` of a workbook, or else on the first one that holds something.

    Raises WhytuneError: bad-text, empty-file, and what `grids_of` and `cases_of_rows` raise.
    """
    filled = [grid for grid in grids_of(data, label) if grid.filled]
    if not filled:
        raise WhytuneError([Problem("empty-file", Sentence("no sheet holds anything"), Span(label))])
    grid = next((grid for grid in filled if grid.name.strip().lower() == CASES), filled[0])
    problems: list[Problem] = []
    rows = [[_scalar(grid, row, at, problems) for at in range(len(grid.rows[row]))] for row in range(len(grid.rows))]
    if problems:
        raise WhytuneError(problems)
    return cases_of_rows([row for row in rows if any(not cell.blank for cell in row)], PurePath(label).stem)


def _scalar(grid: CellGrid, row: int, column: int, problems: list[Problem]) -> Scalar:
    text, span = composed(grid.cell(row, column).strip()), grid.at(row, column)
    if wrong := unfit(text):
        problems.append(Problem("bad-text", wrong.message, span, wrong.hint))
    return Scalar(text, not text, span)
