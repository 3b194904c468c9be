"""An exported workbook as others see it: its lists and locks, and each sheet on paper, as wide as can be read."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from math import ceil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from whytune.engine import load
from whytune.exchange.crossing import Outgoing
from whytune.exchange.folder import crossing_files
from whytune.exchange.sheets.grid import letters
from whytune.exchange.sheets.layout import workbook_of
from whytune.exchange.sheets.workbook import Workbook
from whytune.exchange.sheets.xlsx_writing import xlsx

SPACE = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
WORD = re.compile(r"[\u4e00-\u9fff]|[A-Za-z]{1,16}(?![\w/.])")
"""What stands on one line: a Chinese letter, or an English word that no column is too narrow for."""
LINE, HIGHEST = 15, 400
"""The height of a line and the most that a row has, in points."""
OFFICE, READER = shutil.which("soffice"), shutil.which("pdftotext")


DESK = str(Path(__file__).parent / "data" / "desk")
"""A rulebook with a sheet of each kind, a table and rules among them."""


def workbook_in(language: str, rulebook: str) -> Workbook:
    return workbook_of(Outgoing(load(rulebook), crossing_files(rulebook), language))


def test_every_cell_has_room_for_what_it_says_beside_a_full_one() -> None:
    workbook = workbook_in("en", DESK)
    with zipfile.ZipFile(io.BytesIO(xlsx(workbook))) as parts:
        styles = ElementTree.fromstring(parts.read("xl/styles.xml")).findall("m:cellXfs/m:xf", SPACE)
        wraps = [style.find("m:alignment[@wrapText='1']", SPACE) is not None for style in styles]
        for number, sheet in enumerate(workbook.sheets, 1):
            page = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            heads = tuple(column.name for column in sheet.columns)
            texts = [tuple(column.label for column in sheet.columns), heads, *(row.cells for row in sheet.rows)]
            for row, cells in zip(page.iterfind("m:sheetData/m:row", SPACE), texts, strict=True):
                assert all(wraps[int(cell.get("s", "0"))] for cell in row)
                needed = max(ceil(len(text) / column.width) for text, column in zip(cells, sheet.columns, strict=True))
                enough = min(LINE * needed, HIGHEST)
                assert sheet.changes == "nothing" or float(row.get("ht", LINE)) >= enough, (sheet.name, cells)


def test_cells_offer_what_fits_and_those_that_only_tell_are_locked() -> None:
    workbook = workbook_in("zh", DESK)
    with zipfile.ZipFile(io.BytesIO(xlsx(workbook))) as parts:
        styles = ElementTree.fromstring(parts.read("xl/styles.xml")).findall("m:cellXfs/m:xf", SPACE)
        is_open = [style.find("m:protection[@locked='0']", SPACE) is not None for style in styles]
        *pages, lists = (
            ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            for number in range(1, len(workbook.sheets) + 2)
        )
        strings = ["".join(text.itertext()) for text in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))]
    texts = {
        cell.get("r", ""): strings[int(cell.findtext("m:v", "", SPACE))] for cell in lists.iterfind(".//m:c", SPACE)
    }
    assert ("A", ("-", "billing", "access", "outage")) in offered(pages[sheet_number(workbook, "volume")], texts)
    for sheet, page in zip(workbook.sheets, pages, strict=True):
        assert page.find("m:sheetProtection[@sheet='1']", SPACE) is not None
        unlocked = {cell.get("r") for cell in page.iterfind(".//m:c", SPACE) if is_open[int(cell.get("s", "0"))]}
        assert unlocked == {
            f"{letters(at)}{number}"
            for number, row in enumerate(sheet.rows, 3)
            for at, path in enumerate(row.paths, 1)
            if path is not None
        }
        assert offered(page, texts) == {
            (letters(at), column.offers)
            for at, column in enumerate(sheet.columns, 1)
            if column.offers and not column.fixed
        }


def sheet_number(workbook: Workbook, name: str) -> int:
    return [sheet.name for sheet in workbook.sheets].index(name)


def offered(page: ElementTree.Element, texts: dict[str, str]) -> set[tuple[str, tuple[str, ...]]]:
    """The columns of a sheet with a list to choose from, and the texts in it, which stand on another sheet."""
    choices = set()
    for choice in page.iterfind(".//m:dataValidation[@type='list']", SPACE):
        column = choice.get("sqref", "").partition("3:")[0]
        ((at, last),) = re.findall(r"^lists!\$([A-Z]+)\$1:\$[A-Z]+\$(\d+)$", choice.findtext("m:formula1", "", SPACE))
        choices.add((column, tuple(texts[f"{at}{number}"] for number in range(1, int(last) + 1))))
    return choices


@pytest.mark.slow
def test_each_sheet_is_printed_across_in_few_pages_with_its_heads_on_each() -> None:
    workbook = workbook_in("en", "guide")
    with zipfile.ZipFile(io.BytesIO(xlsx(workbook))) as parts:
        pages = [
            ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{number}.xml"))
            for number in range(1, len(workbook.sheets) + 1)
        ]
        titles = parts.read("xl/workbook.xml").decode()
    for sheet, page in zip(workbook.sheets, pages, strict=True):
        setup = page.find("m:pageSetup", SPACE)
        assert setup is not None
        assert (setup.get("orientation"), setup.get("paperSize"), setup.get("fitToHeight")) == ("landscape", "9", "0")
        width = sum(column.width for column in sheet.columns)
        assert int(setup.get("fitToWidth", "1")) == ceil(width / 220), sheet.name
        assert re.search(
            rf"<definedName[^>]*Print_Titles[^>]*>'?{sheet.name}'?!\$A:\$A,'?{sheet.name}'?!\$1:\$2<", titles
        )


@pytest.mark.slow
@pytest.mark.skipif(
    not (OFFICE and READER), reason="needs LibreOffice and pdftotext: apt-get install libreoffice-calc poppler-utils"
)
def test_libreoffice_prints_every_sheet_and_every_word_within_a_page(tmp_path: Path) -> None:
    workbook = workbook_in("zh", DESK)
    file = tmp_path / "desk.xlsx"
    file.write_bytes(xlsx(workbook))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    ran(OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file)
    shown = ran(READER, "-bbox", tmp_path / "desk.pdf", "-")
    ((width, height),) = set(re.findall(r'<page width="([\d.]+)" height="([\d.]+)"', shown))
    assert float(height) < float(width)
    assert max(float(edge) for edge in re.findall(r'<word[^>]* xMax="([\d.]+)"', shown)) < float(width)
    pages = [re.sub(r"<word[^>]*>|</word>|\s", "", page) for page in shown.split("<page ")[1:]]
    for sheet in workbook.sheets:
        own = [page for page in pages if sheet.name.replace(" ", "") in page[:80]]
        assert bool(own) is (sheet.changes != "nothing"), sheet.name
        texts = {cell for row in sheet.rows for cell in row.cells} | {column.label for column in sheet.columns}
        words = {word for text in texts if own for word in WORD.findall(text)}
        assert not {word for word in words if not any(word in page for page in own)}, sheet.name


def ran(*command: object) -> str:
    """What a program prints."""
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120).stdout.decode()
