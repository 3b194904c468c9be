"""Damaged or edited workbooks are read or refused: never a traceback, and never more memory than stated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from whytune.engine import WhytuneError, load
from whytune.exchange.crossing import Incoming, Outgoing
from whytune.exchange.folder import crossing_files
from whytune.exchange.sheets import inspection
from whytune.exchange.sheets.both_ways import read_xlsx, write_xlsx

from .memory import peak
from .mutated_workbooks import MUTATIONS, SHEETS, Parts, mutated_workbook, packed, parts_of, read_by_one_door
from .stage import ROOT

DESK = Path(__file__).parent / "data" / "desk"
MOST_MIB = 300


@pytest.fixture(scope="module")
def parts() -> Parts:
    return parts_of(write_xlsx(Outgoing(load(str(DESK)), crossing_files(DESK), "en")).files[""])


@pytest.mark.parametrize(
    "numbers", [range(25), pytest.param(range(25, 240), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_a_mutant_is_read_or_refused(parts: Parts, numbers: range) -> None:
    mutants = [mutated_workbook(parts, number) for number in numbers]
    assert len({mutant.mutation for mutant in mutants}) > len(MUTATIONS) // 2
    for number, mutant in zip(numbers, mutants, strict=True):
        read_by_one_door(mutant.data, number)


@pytest.mark.slow
@pytest.mark.skipif(not peak(), reason="this system does not say how much memory a process held")
def test_mutants_take_no_more_memory_than_is_said() -> None:
    command = [sys.executable, "-m", "tests.mutated_workbooks", "0", "120"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    assert 0 < int(ran.stdout) < MOST_MIB


FAR = {
    "a corner": (b"</sheetData>", b'<row r="50000"><c r="KN50000"><v>1</v></c></row></sheetData>', "too-large"),
    "rows without numbers": (b"</sheetData>", b"<row/>" * 50_001 + b"</sheetData>", "too-large"),
    "cells without places": (b"</sheetData>", b"<row>" + b"<c/>" * 301 + b"</row></sheetData>", "too-large"),
    "row 0": (b'<row r="3"', b'<row r="0"', "bad-workbook"),
    "no row": (b' r="A3"', b' r="A"', "bad-workbook"),
    "cell 0": (b' r="A3"', b' r="A0"', "bad-workbook"),
    "small letters": (b' r="A3"', b' r="xfd3"', "bad-workbook"),
    "four letters": (b' r="A3"', b' r="AAAA3"', "bad-workbook"),
    "many digits": (b' r="A3"', b' r="A99999999999"', "bad-workbook"),
}


@pytest.mark.parametrize("where", FAR)
def test_a_cell_that_stands_nowhere_or_too_far_is_refused_before_anything_makes_room_for_it(
    parts: Parts, where: str
) -> None:
    old, new, code = FAR[where]
    name = next(filter(SHEETS.fullmatch, parts))
    assert old in parts[name]
    far = packed(list({**parts, name: parts[name].replace(old, new)}.items()))
    with pytest.raises(WhytuneError) as caught:
        read_xlsx(Incoming({"": far}, "x.xlsx", "en"))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_sheet_counts_wherever_its_part_stands(parts: Parts) -> None:
    far = b'<a><row r="50000"><c r="KN50000"/></row><sheetData/></a>'
    with pytest.raises(WhytuneError, match="1,000,000 cells"):
        inspection.inspected(packed([*parts.items(), ("xl/elsewhere.xml", far)]), "x.xlsx")


@pytest.mark.slow
def test_ranges_of_merged_cells_that_overlap_without_end_are_refused(parts: Parts) -> None:
    name = next(filter(SHEETS.fullmatch, parts))
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:A7"/>' * 60_000 + b"</mergeCells>"
    endless = packed(list({**parts, name: parts[name].replace(b"</sheetData>", merged)}.items()))
    with pytest.raises(WhytuneError) as caught:
        read_xlsx(Incoming({"": endless}, "x.xlsx", "en"))
    assert [problem.code for problem in caught.value.problems] == ["bad-workbook"]


def test_xml_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "MAX_ELEMENTS", 1_000)
    many = b"<a>" + b"<x/>" * 1_000 + b"</a>"
    with pytest.raises(WhytuneError, match="1,000 elements"):
        inspection.inspected(packed([("xl/styles.xml", many)]), "x.xlsx")
