"""Tables of cases: what a sheet or a CSV file expects is what case files would, and comes back as one edit."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

import whytune
from whytune.engine import WhytuneError
from whytune.engine.language.case import resolve
from whytune.engine.language.casefile import WrittenCase, read_cases
from whytune.engine.language.casetable import decode_case_table
from whytune.engine.language.loading import loads
from whytune.engine.language.source import decode
from whytune.engine.review.casebook.reading import CheckedCase, cases_in_file, checked_cases, every_case_of
from whytune.exchange.crossing import Incoming, Outgoing, is_case, rulebook_part
from whytune.exchange.folder import crossing_files
from whytune.exchange.sheets.both_ways import read_csv, write_csv, write_xlsx
from whytune.exchange.sheets.case_sheet import cases_in_workbook
from whytune.named_cases import named_cases

from .laws import tries
from .looks import tabled
from .stage import perform

DESK = Path(__file__).parent / "data" / "desk"

NEEDS = b"""
rulebook: {name: needs, version: 1.0.0, languages: [en], title: Needs}
facts:
  - fact: needs
    kind: choices
    values: [speed, price, trust]
    labels: {speed: Speed, price: Price, trust: Trust}
    label: Needs
    ask: What is needed?
  - fact: colour
    kind: choice
    values: [red, blue, green]
    labels: {red: Red, blue: Blue, green: Green}
    label: Colour
    ask: Which colour?
  - {fact: size, kind: whole_number, range: {min: 0, max: 1000}, label: Size, ask: How large?}
decisions:
  - decision: pick
    ask: Which?
    options: [{option: a, label: A}, {option: b, label: B}]
    if_none_stands: a
    if_several_stand: [b, a]
documents: [{document: d, title: D}]
rules:
  - {id: fast, title: T, if: {needs.speed: yes}, propose: {pick: b}, because: B., source: {document: d, place: p}}
"""


def exported_cases(files: Mapping[str, bytes], language: str = "en") -> tuple[WrittenCase, ...]:
    """The cases on the sheet that an export writes, as whoever has no more than it reads them."""
    sheets = write_csv(Outgoing(loads(rulebook_part(files)), files, language)).files
    return cases_in_file(sheets["cases.csv"], "cases.csv")


def meaning(case: CheckedCase) -> tuple[Any, ...]:
    """All that a case gives and expects, wherever it stands."""
    states = {name: (state.state, str(state.value)) for name, state in case.facts.states.items()}
    expects = {(one.kind, one.decision, one.wanted, one.changes) for one in case.expects}
    return case.title, case.day, states, expects


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("guide", marks=pytest.mark.slow),
        pytest.param(str(DESK), id="desk"),
        pytest.param("practice", marks=pytest.mark.slow),
    ],
)
def test_the_sheet_of_cases_says_what_the_case_files_say(name: str) -> None:
    files = crossing_files(name)
    content = loads(rulebook_part(files))
    own = [case for case in every_case_of(name, content) if case.is_filled_in]
    assert [meaning(case) for case in checked_cases(content, exported_cases(files))] == [meaning(case) for case in own]
    if name != "practice":
        workbook = write_xlsx(Outgoing(content, files, "zh" if name == "guide" else "en")).files[""]
        read = checked_cases(content, cases_in_workbook(workbook, "a.xlsx"))
        assert [meaning(case) for case in read] == [meaning(case) for case in own]


CASES = """
case: Shared
as_of: 2026-03-31
given: {colour: red}
expect: {status: settled}
cases:
  - case: "=SUM(A1)"
    given: {needs: [speed, trust], size: {at_least: 5, below: 10}}
    expect: {pick: b, possible: [b], because: [fast], flips: [{given: {needs: [price]}, to: a}]}
  - given: {needs: [], colour: red | blue, size: 100..200}
    expect: {pick: }
"""


def test_lists_maps_flips_and_what_is_open_stand_on_the_sheet_too() -> None:
    files = {
        "a.yaml": NEEDS,
        "cases/x/y.yaml": CASES.encode(),
        "cases/z.json": b'{"given": {}, "expect": {"pick": "a"}}',
    }
    rulebook = loads({"a.yaml": NEEDS})
    own = [case for name in files if is_case(name) for case in read_cases(decode(files[name], name), name[6:-5])]
    assert len(own) == 3
    ours = [(case.name, meaning(checked)) for case, checked in zip(own, checked_cases(rulebook, own), strict=True)]
    read = exported_cases(files)
    assert [(case.name, meaning(one)) for case, one in zip(read, checked_cases(rulebook, read), strict=True)] == ours


def test_what_bars_part_is_all_of_several_and_one_of_one() -> None:
    rulebook = loads({"a.yaml": NEEDS})
    (case,) = decode_case_table(b"given.needs,colour,size,expect.pick\nspeed|price,red | blue,5..9,b\n", "t.csv")
    facts = resolve(rulebook.vocabulary, *case.facts)
    assert [facts.states[f"needs.{name}"].value for name in ("speed", "price", "trust")] == ["yes", "yes", "no"]
    assert str(facts.states["colour"].value).replace(" ", "") == "red|blue"
    assert case.title is None


ROWS = [
    ["case", "topic", "users", "given.contract", "expect.team", "expect.status"],
    ["a", "billing", "1", "no", "robot", "settled"],
]


def tables(folder: Path, rows: Sequence[Sequence[str]]) -> list[Path]:
    """The same table in every form that it may have."""
    with xlsxwriter.Workbook(folder / "t.xlsx") as book:
        book.add_worksheet("notes").write(0, 0, "what this is")
        sheet = book.add_worksheet("Cases")
        for at, row in enumerate([["A label", "another"], *rows]):
            for column, cell in enumerate(row):
                sheet.write(at, column, int(cell) if cell.isdecimal() else cell)
    for name, delimiter in (("t.csv", ","), ("semicolons.CSV", ";"), ("tabs.csv", "\t")):
        with (folder / name).open("w", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    return [folder / name for name in ("t.xlsx", "t.csv", "semicolons.CSV", "tabs.csv")]


def test_a_table_is_tested_in_every_form_from_everywhere(tmp_path: Path) -> None:
    desk = whytune.load(DESK)
    paths = tables(tmp_path, [*ROWS, ["b", "billing", "1", "no", "engineer", ""]])
    for path in paths:
        assert [bool(result.failures) for result in desk.test(cases=path)] == [False, True]
    ran = perform("test", DESK, *paths[:2])
    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (1, "2 failed, 2 passed")
    assert "of 2" in desk.difference(DESK, cases=paths[0]).write()


def test_a_table_alone_is_of_the_rulebook_that_goes_without_saying(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("case,prompt_enough,expect.approach\na,yes,prompt\n")
    assert perform("test", table, "-k", "a").stdout == "1 passed\n"
    refused = perform("test", table, "-k", "nothing", WHYTUNE_RULEBOOK=str(DESK))
    assert "unknown fact `prompt_enough`" in refused.stderr


@pytest.mark.parametrize(
    ("cell", "code", "message"), [("", "empty-file", "no sheet holds anything"), ("a\x01b", "bad-text", "A1")]
)
def test_a_workbook_that_holds_nothing_or_what_is_no_text_is_refused(cell: str, code: str, message: str) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("cases").write_string(0, 0, cell)
    with pytest.raises(WhytuneError, match=message) as refused:
        cases_in_workbook(file.getvalue(), "t.xlsx")
    assert [problem.code for problem in refused.value.problems] == [code]


MISTAKES = [
    ["a", "bill", "1", "no", "robot", "settled"],
    ["b", "billing", "many", "no", "robt", "settled"],
    ["c", "billing", "1", "no", "", "sure"],
]
PLACES = [(2, "topic"), (3, "users"), (3, "expect.team"), (4, "expect.status"), (1, "given.usrs")]


def test_all_mistakes_of_a_table_are_told_once_each_at_their_cell(tmp_path: Path) -> None:
    columns = [[*ROWS[0], "given.usrs"], *([*row, "1"] for row in MISTAKES)]
    for path in tables(tmp_path, columns):
        with pytest.raises(WhytuneError) as caught:
            whytune.load(DESK).test(cases=path)
        places = [str(problem.span) for problem in caught.value.problems]
        if path.suffix == ".xlsx":
            assert sorted(places) == [f'Sheet "Cases", {cell}' for cell in ("B3", "C4", "E4", "F5", "G2")]
        else:
            assert sorted(places) == sorted(f"{path}:{row}, {column}" for row, column in PLACES)


@tabled(
    ("text", "refusal"),
    [
        ("case,need\n", "t.csv:1: no row stands below"),
        ("case,need,given.need,expect.approach\na,x,x,lora\n", "t.csv:1, given.need: the column `given.need` appears"),
        ("case,need\na,domain_terms\n", "t.csv:2: the case expects nothing"),
        ("case,expect.approach,as_of\na,lora,soon\n", "t.csv:2, as_of: `as_of` is a date"),
        ("case,expect.flips\na,[{to: x\n", "t.csv:2, expect.flips: "),
        ('case,expect.flips\na,"{x: 1, x: 2}"\n', "t.csv:2, expect.flips: "),
        ('case,expect.approach\na,"lora\n', "t.csv:2: a quote is not closed"),
        ("case,expect.approach\na,lora,more\n", "t.csv:2: a row of 3 cells below 2 columns"),
        ("case,,expect.approach\na,more,lora\n", "t.csv:2: a column without a name"),
        ("Our cases\ncase;expect.approach\na;lora | rag\n", "t.csv:3, expect.approach: the advice is one option"),
        ("case,expect.approach\na,lora | rag\n", "t.csv:2, expect.approach: the advice is one option"),
    ],
)
def test_what_is_wrong_with_a_table_of_cases_is_told_at_its_place(text: str, refusal: str) -> None:
    content = whytune.load("guide").content
    with pytest.raises(WhytuneError) as caught:
        checked_cases(content, decode_case_table(text.encode(), "t.csv"))
    assert str(caught.value.problems[0]).startswith(refusal)


@tries(40)
@given(st.lists(st.lists(st.sampled_from(["", "case", "given.need", "expect.approach", "a | b", "{a: [", "'=x", "~"]))))
def test_any_table_of_cases_is_read_or_refused(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    with suppress(WhytuneError):
        assert decode_case_table(stream.getvalue().encode(), "t.csv")


TABLE = "case;given.topic;given.users;expect.team\r\n'=one;outage;5000;engineer\r\n\r\ntwo;billing;1;robot\r\n"


@pytest.fixture(scope="module")
def desk_with_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk") / "desk"
    shutil.copytree(DESK, folder)
    (folder / "cases" / "more.csv").write_bytes(TABLE.encode())
    return folder


def test_a_table_beside_a_rulebook_is_tested_with_it_and_crosses_with_it(desk_with_table: Path) -> None:
    titles = [result.case.title for result in whytune.load(desk_with_table).test()]
    assert titles == ["Requests: the site is down", "Requests: a bill", "=one", "two"]
    files = crossing_files(desk_with_table)
    whole = read_csv(Incoming(write_csv(Outgoing(loads(rulebook_part(files)), files, "en")).files, "b", "en"))
    assert {name: text.encode() for name, text in whole.files.items()} == files
    assert [case.title for case in exported_cases(files)] == titles


@pytest.mark.parametrize(
    ("before", "after", "file", "line", "new"),
    [
        ("more.csv,two,,billing,1,,robot", "more.csv,two,,outage,1,,robot", "cases/more.csv", 3, "two;outage;1;robot"),
        (
            "all.yaml,a bill,,billing,1,",
            "all.yaml,a bill,,billing,2,",
            "cases/all.yaml",
            8,
            "    given: {topic: billing, users: 2}",
        ),
    ],
)
def test_an_edited_case_comes_back_into_its_file_as_that_edit(
    desk_with_table: Path, before: str, after: str, file: str, line: int, new: str
) -> None:
    files = crossing_files(desk_with_table)
    sheets = dict(write_csv(Outgoing(loads(rulebook_part(files)), files, "en")).files)
    assert before in sheets["cases.csv"].decode()
    sheets["cases.csv"] = sheets["cases.csv"].decode().replace(before, after).encode()
    back = read_csv(Incoming(sheets, "back", "en", into=files))
    changed = {name for name, text in back.files.items() if text.encode() != files[name]}
    assert changed == {file}
    was, now = files[file].decode().split("\n"), back.files[file].split("\n")
    assert [(at, now[at].rstrip("\r")) for at in range(len(was)) if was[at] != now[at]] == [(line, new)]


def test_a_folder_of_tables_is_one_place_of_cases(tmp_path: Path) -> None:
    tables(tmp_path, ROWS)
    assert [case.name for case in named_cases(str(tmp_path))] == ["semicolons", "t", "tabs"]
