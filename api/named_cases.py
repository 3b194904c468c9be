"""What a question names as cases -> the cases as written: a folder, or a file of YAML, JSON, CSV or XLSX."""

from __future__ import annotations

from pathlib import Path

from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.folders import has_ending
from whytune.engine.language.source import read_bytes
from whytune.engine.review.casebook.reading import written_cases_in

WORKBOOK = ".xlsx"


def named_cases(place: str) -> tuple[WrittenCase, ...]:
    """The cases below this folder or in this file, whatever rulebook they are for; raises WhytuneError."""
    path = Path(place)
    if path.is_dir() or not has_ending(path.name, (WORKBOOK,)):
        return tuple(written_cases_in(path))
    from whytune.exchange.sheets.case_sheet import cases_in_workbook  # workbooks are for those who have some
    from whytune.exchange.sheets.inspection import MAX_FILE

    return cases_in_workbook(read_bytes(path, place, MAX_FILE), place)
