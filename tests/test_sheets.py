"""Workbooks: what an edit of a cell becomes, what stays byte for byte, and what is refused at which cell."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import WhytuneError, load
from whytune.engine.language import source
from whytune.engine.language.csvfile import as_said
from whytune.engine.language.loading import loads
from whytune.exchange.crossing import Imported, Incoming, Outgoing, rulebook_part
from whytune.exchange.file_kinds import exported, imported
from whytune.exchange.folder import crossing_files
from whytune.exchange.sheets import inspection
from whytune.exchange.sheets.both_ways import read_csv, read_xlsx, write_csv, write_xlsx
from whytune.exchange.sheets.csv_edits import arranged_records
from whytune.exchange.sheets.csv_folder import safe
from whytune.exchange.sheets.grid import CellGrid
from whytune.exchange.sheets.layout import workbook_of
from whytune.exchange.sheets.returned import edits_between
from whytune.exchange.sheets.workbook import Row, SheetColumn, Workbook, Worksheet
from whytune.exchange.sheets.xlsx_reading import grids_of
from whytune.exchange.sheets.xlsx_writing import xlsx
from whytune.exchange.sheets.yaml_edits import arranged, edited, one_line, plain_data

from . import generated
from .laws import tries
from .looks import sampled, tabled
from .mutated_workbooks import packed, parts_of
from .stage import perform

DESK = Path(__file__).parent / "data" / "desk"

Files = Mapping[str, bytes]


def outgoing(files: Files, language: str | None = None) -> Outgoing:
    rulebook = loads(rulebook_part(files))
    return Outgoing(rulebook, files, language or rulebook.languages[0])


@pytest.fixture(scope="module")
def desk() -> Files:
    return crossing_files(DESK)


@pytest.fixture(scope="module")
def workbook(desk: Files) -> Workbook:
    return workbook_of(outgoing(desk))


def with_rows(workbook: Workbook, name: str, rows: list[list[str]]) -> Workbook:
    """The workbook with these rows on a sheet, as somebody gives it back."""
    sheets = [
        sheet._replace(rows=tuple(Row("", (), tuple(row), (None,) * len(row)) for row in rows))
        if sheet.name == name
        else sheet
        for sheet in workbook.sheets
    ]
    return workbook._replace(sheets=tuple(sheets))


def sheet_of(workbook: Workbook, name: str) -> Worksheet:
    return next(sheet for sheet in workbook.sheets if sheet.name == name)


def rows_of(workbook: Workbook, name: str) -> list[list[str]]:
    return [list(row.cells) for row in sheet_of(workbook, name).rows]


def with_cells(workbook: Workbook, *cells: tuple[str, str, str, str]) -> Workbook:
    """The workbook in which these cells, by sheet, begin of the row and column, say something else."""
    for name, begin, column, text in cells:
        rows = rows_of(workbook, name)
        position = [one.name for one in sheet_of(workbook, name).columns].index(column)
        next(row for row in rows if row[0] == begin)[position] = text
        workbook = with_rows(workbook, name, rows)
    return workbook


def taken_back(workbook: Workbook, into: Files | None = None) -> Imported:
    return read_xlsx(Incoming({"": xlsx(workbook)}, "desk.xlsx", "en", into=into or {}))


def lines_changed(before: Files, after: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    """The lines that differ in each file of as many lines as before."""
    changed = {}
    for name, data in before.items():
        old, new = data.decode().split("\n"), after[name].split("\n")
        assert len(old) == len(new)
        if pairs := [(one, other) for one, other in zip(old, new, strict=True) if one != other]:
            changed[name] = pairs
    return changed


@pytest.mark.parametrize(
    ("name", "form"),
    sampled(product(["guide", "practice", str(DESK)], ["xlsx", "csv"]), 5),
    ids=lambda text: Path(text).name,
)
def test_a_workbook_without_an_edit_gives_every_file_back_byte_for_byte(name: str, form: str) -> None:
    files = crossing_files(name)
    write, read = (write_xlsx, read_xlsx) if form == "xlsx" else (write_csv, read_csv)
    written = write(outgoing(files)).files
    for into in ({}, files):
        read_back = read(Incoming(written, "back", "en", into=into))
        assert {file: text.encode() for file, text in read_back.files.items()} == dict(files)
        assert read_back.remarks == ()
        assert read_back.is_edit == bool(into)
    assert load(name).digest in {cell for row in csv.reader(_text(write_csv(outgoing(files)).files)) for cell in row}


@pytest.mark.parametrize("name", sampled(["lists", "files", "cover", "facts"], 3))
def test_a_table_may_be_called_as_a_sheet_is(name: str, desk: Files) -> None:
    (table,) = re.findall(rb"- table: (\w+)", b"\n".join(desk.values()))[:1]
    files = {file: data.replace(b"table: " + table, b"table: " + name.encode()) for file, data in desk.items()}
    for write, read in ((write_xlsx, read_xlsx), (write_csv, read_csv)):
        read_back = read(Incoming(write(outgoing(files)).files, "back", "en", into={}))
        assert {file: text.encode() for file, text in read_back.files.items()} == files


def _text(files: Files) -> io.StringIO:
    return io.StringIO(files["cover.csv"].decode())


@tries(60)
@given(generated.documents(), st.sampled_from([1, 2, None]))
def test_rulebooks_of_every_shape_come_back_as_they_were(document: dict[str, Any], indent: int | None) -> None:
    files = {"a.yaml": json.dumps(document, ensure_ascii=False, indent=indent).encode()}
    workbook = workbook_of(outgoing(files))
    read_back = taken_back(workbook)
    assert read_back.files["a.yaml"].encode() == files["a.yaml"]
    assert taken_back(workbook, files).remarks == ()


def test_the_bytes_of_a_workbook_depend_on_nothing_but_its_rulebook(desk: Files, workbook: Workbook) -> None:
    assert xlsx(workbook) == xlsx(workbook_of(outgoing(dict(desk))))
    with zipfile.ZipFile(io.BytesIO(xlsx(workbook))) as read:
        assert {part.date_time[0] for part in read.infolist()} == {1980}


@pytest.mark.parametrize(
    ("cell", "line"),
    [
        (("volume", "outage", "propose", "robot"), '      - [outage, ">= 100", robot]'),
        (("volume", "access | billing", "users", "[20..50)"), '      - [access | billing, "[20..50)", clerk]'),
        (("volume", "access | billing", "topic", "access"), '      - [access, "[10..50)", clerk]'),
        (("night", "yes", "propose", "clerk | robot"), "yes,outage,clerk | robot\r"),
        (("rules contracts", "engineer_by_contract", "if.topic", "outage"), "    if: {contract: yes, topic: outage}"),
        (("rules contracts", "engineer_by_contract", "if.contract", ""), "    if: {topic: [outage, access]}"),
        (
            ("rules contracts", "engineer_by_contract", "source.place.en", "page 4"),
            "      place: page 4   # the second paragraph",
        ),
        (("rules contracts", "no_robot_by_contract", "if.contract", "no | yes"), "      contract: [no, yes]"),
        (
            ("rules contracts", "no_robot_by_contract", "rule_out.team", "robot | clerk"),
            "    rule_out: {team: [robot, clerk]}",
        ),
        (("facts", "users", "label.zh", "受影响：人数"), "    label: {en: People touched, zh: 受影响：人数}"),
        (("facts", "contract", "assume", "yes"), "    assume: yes"),
        (
            ("options", "team", "label.en", "It's a robot"),
            "      - {option: robot, label: {en: It's a robot, zh: 机器人}}",
        ),
        (("sources", "handbook", "date", "2026-04"), "    date: 2026-04"),
        (("cover", "version", "value", "1.0.1"), "  version: 1.0.1"),
        (("cover", "title.en", "value", 'The "desk"'), '  title: {en: "The \\"desk\\"", zh: 服务台}'),
        (("cases", "all.yaml", "given.contract", "unknown"), "given: {contract: unknown}"),
    ],
    ids=lambda value: " ".join(value[:3]) if isinstance(value, tuple) else "",
)
def test_an_edited_cell_becomes_that_edit_and_no_other_byte_changes(
    desk: Files, workbook: Workbook, cell: tuple[str, str, str, str], line: str
) -> None:
    back = taken_back(with_cells(workbook, cell), desk)
    (pairs,) = lines_changed(desk, back.files).values()
    assert [new for _, new in pairs] == [line]
    assert len(back.remarks) == 1
    assert back.remarks[0].startswith(f'Sheet "{cell[0]}", ')


def test_a_folded_text_stays_folded_and_a_new_key_stands_below_the_others(desk: Files, workbook: Workbook) -> None:
    words = "The contract promises an engineer; " * 5
    edits = with_cells(
        workbook,
        ("rules contracts", "engineer_by_contract", "because.en", words.strip()),
        ("rules contracts", "no_robot_by_contract", "if.topic", "outage"),
    )
    text = taken_back(edits, desk).files["rules.yaml"]
    assert re.search(r"en: >-\n( {8}\S.{,110}\n)+      zh:", text)
    assert "    if:\n      contract: yes\n      topic: outage\n    except_if" in text
    assert text.count("#") == desk["rules.yaml"].decode().count("#")


def test_rows_of_a_table_are_added_taken_out_and_moved_with_their_comments(desk: Files, workbook: Workbook) -> None:
    first, second, third, _ = rows_of(workbook, "volume")
    moved = with_rows(workbook, "volume", [second, third, ["", "> 9", "clerk"], first])
    text = taken_back(moved, desk).files["desk.yaml"]
    assert (
        """      # An outage first
      - [outage, "< 100", clerk]  # few people can wait
      - [access | billing, "[10..50)", clerk]
      - ["-", "> 9", clerk]
      - [outage, ">= 100", engineer]
"""
        in text
    )
    assert loads({**rulebook_part(desk), "desk.yaml": text.encode()}).rule["volume.3"].propose == {"team": ("clerk",)}


def test_rows_of_a_csv_file_are_added_and_taken_out_and_the_others_stay_as_they_were(
    desk: Files, workbook: Workbook
) -> None:
    _, last = rows_of(workbook, "night")
    changed = with_rows(workbook, "night", [last, ["no", 'a "b", c', "robot"]])
    with pytest.raises(WhytuneError) as caught:
        taken_back(changed, desk)
    assert str(caught.value).startswith('Sheet "night", B4: unknown value `a "b", c`')
    changed = with_rows(workbook, "night", [last, ["no", "billing", "robot"]])
    text = taken_back(changed, desk).files["night.csv"]
    assert text == 'contract,topic,propose\r\n\r\nno,"access",robot\r\nno,billing,robot\r\n'


def test_rules_are_added_and_taken_out(desk: Files, workbook: Workbook) -> None:
    kept, _ = rows_of(workbook, "rules contracts")
    names = [column.name for column in sheet_of(workbook, "rules contracts").columns]
    new = {
        "id": "clerk_for_bills",
        "title.en": "A clerk: for bills",
        "title.zh": "账单",
        "if.topic": "billing",
        "propose.team": "clerk",
        "because.en": "Bills need a clerk.",
        "because.zh": "账单需要客服。",
        "source.document": "handbook",
        "source.place.en": "page 8",
        "source.place.zh": "第 8 页",
    }
    back = taken_back(with_rows(workbook, "rules contracts", [[new.get(name, "") for name in names], kept]), desk)
    text = back.files["rules.yaml"]
    rulebook = loads({**rulebook_part(desk), "rules.yaml": text.encode()})
    assert {rule.id for rule in rulebook.rules} >= {"clerk_for_bills", "engineer_by_contract"}
    assert "no_robot_by_contract" not in rulebook.rule
    assert rulebook.rule["clerk_for_bills"].all_of == {"topic": ("billing",)}
    assert text.startswith(desk["rules.yaml"].decode().partition("\n  - id: no_robot")[0])


def test_what_is_wrong_is_told_at_its_cell_all_at_once(desk: Files, workbook: Workbook) -> None:
    wrong = with_cells(
        workbook,
        ("volume", "outage", "topic", "outrage"),
        ("volume", "access | billing", "users", "many"),
        ("night", "no", "propose", "nobody"),
        ("rules contracts", "engineer_by_contract", "propose.team", "enginer"),
        ("rules contracts", "no_robot_by_contract", "besides", "nothing"),
        ("facts", "topic", "kind", "number"),
    )
    with pytest.raises(WhytuneError) as caught:
        taken_back(wrong, desk)
    assert [str(problem.span) for problem in caught.value.problems] == [
        'Sheet "facts", B3',
        'Sheet "night", C4',
        'Sheet "rules contracts", F3',
        'Sheet "rules contracts", O4',
        'Sheet "volume", A3',
        'Sheet "volume", B5',
    ]


def test_a_case_that_no_longer_fits_is_told_at_its_cell(desk: Files, workbook: Workbook) -> None:
    rows = rows_of(workbook, "cases")
    names = [column.name for column in sheet_of(workbook, "cases").columns]
    rows[1][names.index("given.users")] = "-3"
    rows[2][names.index("expect.team")] = "robt"
    with pytest.raises(WhytuneError) as caught:
        taken_back(with_rows(workbook, "cases", rows), desk)
    columns = {str(problem.span) for problem in caught.value.problems}
    assert columns == {
        f'Sheet "cases", {chr(65 + names.index(name))}{row}' for name, row in (("given.users", 4), ("expect.team", 5))
    }


def test_a_workbook_of_another_edition_is_not_laid_over_this_one(desk: Files, workbook: Workbook) -> None:
    later = {**desk, "desk.yaml": desk["desk.yaml"].replace(b"< 100", b"<= 100")}
    with pytest.raises(WhytuneError, match='Sheet "cover", B7: exported from another edition'):
        taken_back(workbook, later)


@pytest.mark.parametrize("rows", [[[]], [["digest"]], [["", ""], []]], ids=["blank", "one cell", "both"])
def test_a_cover_may_have_blank_and_short_rows(desk: Files, rows: list[list[str]]) -> None:
    written = write_csv(outgoing(desk)).files
    above, below = written["cover.csv"].decode(), io.StringIO()
    csv.writer(below).writerows(rows)
    files = {**written, "cover.csv": (above + below.getvalue()).encode()}
    if ["digest"] in rows:
        with pytest.raises(WhytuneError, match="exported from another edition"):
            read_csv(Incoming(files, "back", "en", into=desk))
    else:
        assert read_csv(Incoming(files, "back", "en", into=desk)).remarks == ()


ELSEWHERE = ["../facts.yaml", "/facts.yaml", "a/b.yaml", r"cases\x.yaml", "cases/../x.yaml", "translations.json/x"]
STRANGERS = ["conftest.py", "Makefile", "notes.txt", "cases/run.sh", "cases/.x.yaml", ".github/workflows/x.yaml"]


def test_a_workbook_brings_no_file_but_those_of_its_rulebook(desk: Files, workbook: Workbook) -> None:
    strangers = [[name, "1", "x: 1"] for name in (*ELSEWHERE, *STRANGERS)]
    back = taken_back(with_rows(workbook, "files", [*rows_of(workbook, "files"), *strangers]))
    assert {*back.files} == {*desk}
    (remark,) = back.remarks
    left_out = remark.removeprefix("files that do not belong to a rulebook are left out: ")
    assert sorted(left_out.split(", ")) == sorted([*ELSEWHERE, *STRANGERS])


@pytest.mark.parametrize("name", ["prices.yaml", "comparison.yaml", "translations.json", "cases/sub/old.yaml"])
def test_a_file_beside_a_rulebook_that_is_no_text_is_refused_by_its_name(tmp_path: Path, name: str) -> None:
    shutil.copytree(DESK, tmp_path / "desk")
    path = tmp_path / "desk" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"a: 1\nb: \xe4\n")
    with pytest.raises(WhytuneError) as caught:
        crossing_files(tmp_path / "desk")
    (problem,) = caught.value.problems
    assert (problem.code, problem.span and problem.span.line) == ("not-utf8", 2)
    assert problem.span is not None
    assert problem.span.source.endswith(name)


@pytest.mark.parametrize(
    "key",
    [
        *sampled(["a: b", "{", "", "k" * 2_000], 2),
        *(pytest.param(key, marks=pytest.mark.slow) for key in ("[x", "- x", "a #b", "'", "topic: {", "x, y", "null")),
    ],
)
def test_a_new_column_of_any_name_is_told_at_its_cell(desk: Files, workbook: Workbook, key: str) -> None:
    rules = sheet_of(workbook, "rules contracts")
    cells = [[*row.cells, "billing"] for row in rules.rows]
    sheets = tuple(
        one._replace(columns=(*rules.columns, SheetColumn(f"if.{key}", "new"))) if one is rules else one
        for one in workbook.sheets
    )
    edited_book = with_rows(workbook._replace(sheets=sheets), "rules contracts", cells)
    with pytest.raises(WhytuneError) as caught:
        taken_back(edited_book, desk)
    assert {problem.span.source for problem in caught.value.problems if problem.span} == {"rules contracts"}
    added = ["fresh" if column.name == "id" else "" for column in rules.columns]
    with pytest.raises(WhytuneError):
        taken_back(with_rows(workbook._replace(sheets=sheets), "rules contracts", [*cells, [*added, "billing"]]), desk)


def test_sheets_and_columns_that_are_missing_or_new_are_told(desk: Files, workbook: Workbook) -> None:
    sheets = [sheet for sheet in workbook.sheets if sheet.name != "volume"]
    facts = sheet_of(workbook, "facts")
    columns = (facts.columns[0], facts.columns[1]._replace(name="colour"), *facts.columns[2:])
    sheets[sheets.index(facts)] = facts._replace(columns=columns)
    with pytest.raises(WhytuneError) as caught:
        taken_back(workbook._replace(sheets=tuple(sheets)), desk)
    refusal = [str(problem).partition("\n")[0] for problem in caught.value.problems]
    assert refusal == [
        "the sheet `volume` is missing",
        'Sheet "facts", row 2: the column `kind` is missing',
        'Sheet "facts", B2: there is no column `colour` to fill',
    ]


def test_no_cell_is_a_formula(desk: Files) -> None:
    risky = desk["rules.yaml"].replace(b"page 3   #", b"'=1+2'   #").replace(b"No robot by contract", b"'+cmd|x'")
    files = {**desk, "rules.yaml": risky}
    written = write_xlsx(outgoing(files)).files[""]
    sheets = [part for name, part in parts_of(written).items() if "worksheets/sheet" in name]
    assert len(sheets) > 8
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    cells = [
        cell
        for data in write_csv(outgoing(files)).files.values()
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig")))
        for cell in row
    ]
    assert "'=1+2" in cells
    assert not [cell for cell in cells if re.match(r"[=+@\t\r]|-(?!\d+$|$)", cell)]
    assert read_csv(Incoming(write_csv(outgoing(files)).files, "d", "en")).files["rules.yaml"].encode() == risky


@given(st.text("='-+@ab1\t\r\n|", max_size=8))
def test_a_text_behind_an_apostrophe_comes_back_as_it_was(text: str) -> None:
    assert as_said(safe(text)) == text
    assert not re.match(r"[=+@\t\r]", safe(text)) or re.fullmatch(r"\+\d+", text)


_LINES = """# kept
a:
  - one   # kept
  - {k: v, l: [x, y]}
  # kept
  - >-
    folded
    text
b: {c: 'd', e: "f"}   # kept
g:
  h: i
  j:
    - k
    - l
m:
"""
_PLACES: list[tuple[str | int, ...]] = [
    *(("a", 0), ("a", 1, "k"), ("a", 1, "l"), ("a", 2), ("b", "c"), ("b", "e"), ("b", "n")),
    *(("g", "h"), ("g", "j"), ("g", "o", "p"), ("m",)),
]


@tries(100)
@given(
    st.dictionaries(
        st.sampled_from(_PLACES),
        st.one_of(
            st.text("ab:,-#'\"{}[]|>&*!%@` \\é中", min_size=1, max_size=9),
            st.lists(st.sampled_from(["x", "a b", "- y", "null"]), min_size=1, max_size=3),
        ),
        min_size=1,
        max_size=5,
    ),
    st.booleans(),
)
def test_edited_yaml_says_what_it_should_and_keeps_its_comments(
    edits: dict[tuple[str | int, ...], Any], windows: bool
) -> None:
    text = _LINES.replace("\n", "\r\n") if windows else _LINES
    new = edited(text, edits)
    data: Any = plain_data(new)
    for path, value in edits.items():
        here = data
        for step in path:
            here = here[step]
        assert here == value
    assert new.count("# kept") >= text.count("# kept")
    assert ("\r\n" in new) == windows


@given(st.permutations([0, 1, 2, "new", ["n", "- m"]]), st.integers(1, 5))
def test_a_list_in_another_order_holds_the_same_items(order: list[Any], length: int) -> None:
    items: Any = plain_data(_LINES)["a"]
    new: Any = plain_data(arranged(_LINES, ("a",), order[:length]))
    assert new["a"] == [items[item] if isinstance(item, int) else item for item in order[:length]]
    assert {**new, "a": 0} == {**plain_data(_LINES), "a": 0}


@tabled(
    ("text", "edits", "new"),
    [
        ("a: {b: 1, c: 2}\n", {("a", "b"): None}, "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", {("a", "c"): None}, "a: {b: 1}\n"),
        ("a: {b: 1}\n", {("a", "c"): "2"}, "a: {b: 1, c: 2}\n"),
        ("a: {}\n", {("a", "c"): "2"}, "a: {c: 2}\n"),
        ("- b: 1\n  c: 2\n", {(0, "b"): None}, "- c: 2\n"),
        ("- b: 1\n  c: 2\n", {(0, "c"): None}, "- b: 1\n"),
        ("a:\n  b: 1", {("a", "c"): "2"}, "a:\n  b: 1\n  c: 2\n"),
        ("a: 'it''s'\n", {("a",): "isn't"}, "a: 'isn''t'\n"),
        ("a: 1\n", {}, "a: 1\n"),
    ],
)
def test_an_edit_is_written_as_its_surroundings_are(text: str, edits: dict[Any, Any], new: str) -> None:
    assert edited(text, edits) == new


@tabled(
    ("impossible", "reason"),
    [
        (lambda: edited("- 1\n", {(4,): "2"}), "nothing stands there"),
        (lambda: arranged("a: 1\n", ("a",), [0]), "no list with items"),
        (lambda: arranged("a: []\n", ("a",), [0]), "no list with items"),
        (lambda: arranged("a:\n  - 1\n", ("a",), []), "shares a line"),
        (lambda: arranged("- - 1\n  - 2\n", (0,), [1, 0]), "shares a line"),
    ],
)
def test_what_is_not_laid_out_for_an_edit_is_not_edited(impossible: Callable[[], str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        impossible()


@given(st.text(max_size=12))
def test_a_text_on_one_line_is_read_as_it_was_meant(text: str) -> None:
    if text.isprintable() and text:
        assert plain_data(f"[{one_line(text)}]") == [text]
        assert plain_data(f"k: {one_line(text, in_flow=False)}") == {"k": text}


def test_records_keep_what_stands_around_them() -> None:
    text = 'a,b\n\n1,"x\ny"\n2,z'
    assert arranged_records(text, [0, 1]) == text
    assert arranged_records(text, [0, 1], {0: ("1", "y")}) == "a,b\n\n1,y\n2,z"
    assert arranged_records(text, [1, ("3", 'q"'), 0]) == 'a,b\n2,z\n3,"q"""\n\n1,"x\ny"\n'


def with_part(workbook: Workbook, name: str, content: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(xlsx(workbook))
    return packed(list({**parts, name: content(parts.get(name, b""))}.items()))


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "b">]>'
SHEET = "xl/worksheets/sheet2.xml"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("xl/vbaProject.bin", lambda _: b"\0", "refused-content: it holds macros, which are refused"),
        ("xl/externalLinks/externalLink1.xml", lambda _: b"<a/>", "refused-content: it holds links to other workbooks"),
        ("xl/connections.xml", lambda _: b"<a/>", "refused-content: it holds connections to data elsewhere"),
        ("xl/embeddings/a.bin", lambda _: b"\0", "refused-content: it holds other files, which are refused"),
        (SHEET, lambda data: DOCTYPE + data.split(b"?>", 1)[1], "refused-content: its XML declares"),
        (
            SHEET,
            lambda data: data.replace(b'r="A3"', b'r="XFD3"'),
            "too-large: a sheet of more than 50,000 rows or 300",
        ),
        (
            SHEET,
            lambda data: data.replace(b'<row r="3"', b'<row r="1048576"'),
            "too-large: a sheet of more than 50,000",
        ),
        (SHEET, lambda _: b"<a>" * 40, "bad-workbook: not a workbook that can be read"),
        (SHEET, lambda data: data[:-20], "bad-workbook: not a workbook that can be read"),
        pytest.param(
            SHEET,
            lambda _: b" " * (inspection.MAX_UNPACKED + 1),
            "too-large: more than 32 MiB unpacked",
            marks=pytest.mark.slow,
        ),
        ("xl/workbook.xml", lambda _: b"<a/>", "bad-workbook: not a workbook that can be read"),
    ],
    ids=[
        "macros",
        "links",
        "connections",
        "files",
        "entities",
        "far column",
        "far row",
        "deep",
        "cut",
        "bomb",
        "empty",
    ],
)
def test_what_is_dangerous_or_broken_in_a_workbook_is_refused(
    workbook: Workbook, name: str, content: Callable[[bytes], bytes], refusal: str
) -> None:
    with pytest.raises(WhytuneError) as caught:
        read_xlsx(Incoming({"": with_part(workbook, name, content)}, "x.xlsx", "en"))
    (problem,) = caught.value.problems
    assert f"{problem.code}: {problem.message}".startswith(refusal)


def test_a_text_that_many_cells_name_counts_for_each(workbook: Workbook) -> None:
    long = b"<si><t>" + b"x" * 30_000 + b"</t></si>"
    data = with_part(workbook, "xl/sharedStrings.xml", lambda text: text.replace(b"<si>", long + b"<si>", 1))
    cells = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % row for row in range(3, 903))
    parts = parts_of(data)
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", b'<row r="3">' + cells + b"</row></sheetData>")
    with pytest.raises(WhytuneError, match="more than 20,000,000 letters"):
        read_xlsx(Incoming({"": packed(list(parts.items()))}, "x.xlsx", "en"))


def test_numbers_dates_and_formulas_are_read_by_what_they_show() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("a")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_number(0, 0, 100)
        sheet.write_number(0, 1, 0.1)
        sheet.write_number(0, 2, 1e21)
        sheet.write_boolean(0, 3, True)
        sheet.write_number(0, 4, 46112, day)
        sheet.write_formula(0, 5, "=1+2", None, 3)
        sheet.write_string(0, 6, "=1+2")

    (grid,) = grids_of(stream.getvalue(), "a.xlsx")
    assert grid.rows == (("100", "0.1", "1000000000000000000000", "yes", "2026-03-31", "3", "=1+2"),)


def test_a_grid_tells_its_cells_by_letters_or_by_the_names_of_a_csv_file() -> None:
    rows = (("a", "b"), ("c", "d"))
    assert str(CellGrid("volume", rows).at(6, 2)) == 'Sheet "volume", C7'
    assert str(CellGrid("volume", rows).at(6, 701)) == 'Sheet "volume", ZZ7'
    assert str(CellGrid("volume", rows, "x/volume.csv").at(1, 1)) == "x/volume.csv:2, b"
    assert CellGrid("volume", rows).at(6, 2).to_dict() == {"sheet": "volume", "cell": "C7", "line": 7, "column": 3}


def test_what_a_cell_shows_is_what_its_place_in_the_rulebook_says(desk: Files, workbook: Workbook) -> None:
    checked = 0
    for sheet in workbook.sheets:
        for row in sheet.rows:
            if row.file.endswith(".yaml"):
                node = source.decode(desk[row.file], row.file)
                for cell, path in zip(row.cells, row.paths, strict=True):
                    if path and cell and (there := source.below(node, path)) is not None:
                        checked += 1
                        words = source.plain(there)
                        assert cell == (words if isinstance(words, str) else " | ".join(words))
    assert checked > 70


def test_edits_are_none_where_nothing_was_edited(workbook: Workbook) -> None:
    grids = [
        CellGrid(sheet.name, (tuple(column.name for column in sheet.columns), *(row.cells for row in sheet.rows)))
        for sheet in workbook.sheets
    ]
    edits = edits_between(workbook, grids)
    assert not edits.files
    assert not edits.problems
    assert len(edits.traced) > 100


def test_tasks_in_a_workbook_are_answered_as_those_in_a_csv_file(tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO((DESK.parent / "tasks.csv").read_text())))
    with xlsxwriter.Workbook(tmp_path / "tasks.xlsx") as book:
        book.add_worksheet("empty")
        sheet = book.add_worksheet("tasks")
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write(2 * number, column, int(cell) if cell.isdecimal() else cell)
    answers = [
        perform("bulk", file, "--map", "number of examples=examples")
        for file in (tmp_path / "tasks.xlsx", DESK.parent / "tasks.csv")
    ]
    assert answers[0].stdout == answers[1].stdout
    assert answers[0].stdout.count("\n") == len(rows) > 3
    (tmp_path / "none.xlsx").write_bytes(b"no workbook")
    refused = perform("bulk", tmp_path / "none.xlsx")
    assert "not a workbook that can be read" in refused.stderr
    assert refused.returncode == 3


@pytest.mark.parametrize("name", ["my.rules/", "v1.0/", "sheets.xlsx/", "sheets/"])
def test_a_folder_may_have_a_point_in_its_name(tmp_path: Path, desk: Files, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    for file, data in exported(name, outgoing(desk)).files.items():
        (folder / file).write_bytes(data)
    assert imported(f"{folder}/", into=desk).remarks == ()
    assert {file: text.encode() for file, text in imported(f"{folder}/").files.items()} == dict(desk)
