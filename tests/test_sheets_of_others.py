"""Spreadsheets as people and their programs write them: each is read as it is meant, or refused at its cell."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from whytune.engine import WhytuneError
from whytune.exchange.crossing import Imported, Incoming
from whytune.exchange.sheets.both_ways import read_table, read_xlsx
from whytune.exchange.sheets.grid import CellGrid
from whytune.exchange.sheets.guessed_columns import guessed
from whytune.exchange.sheets.single_table import rulebook_of_table

from .looks import tabled

Rows = Sequence[Sequence[str]]

TABLE = [("Tier", "Weight", "Carrier"), ("Gold", "<= 10", "Courier"), ("Silver", "> 10", "Post")]
ROWS = "      - [gold, <= 10, courier]\n      - [silver, '> 10', post]\n"


def read(rows: Rows) -> Imported:
    return rulebook_of_table([CellGrid("costs", tuple(map(tuple, rows)))], "costs.xlsx", "en")


def test_what_stands_around_a_table_does_not_change_it() -> None:
    around: dict[str, list[tuple[str, ...]]] = {
        "as it is": [*TABLE],
        "blank rows": [(), TABLE[0], ("", "", ""), TABLE[1], (), (), TABLE[2]],
        "a title": [("Shipping",), (), *TABLE],
        "a title and notes": [("Shipping",), ("As of March",), ("Ask Ann",), *TABLE],
        "heads of groups": [("Conditions", "", ""), *TABLE],
        "a note in the last column": [("", "", "confidential"), *TABLE],
        "a column that is blank": [(*row[:1], "", *row[1:]) for row in TABLE],
        "a column before it": [("", *row) for row in TABLE],
        "numbered rows": [("Nr.", *TABLE[0]), ("1", *TABLE[1]), ("2", *TABLE[2])],
        "spaces": [tuple(f"  {cell}\n " for cell in row) for row in TABLE],
        "a policy beside its colon": [("Hit policy:", "UNIQUE"), *TABLE],
    }
    for name, rows in around.items():
        assert read(rows).files["tables.yaml"].endswith(ROWS), name
    assert "above the table, this is left out: `As of March`" in read(around["a title and notes"]).remarks


WIDE = [("Tier", "Weight", "Express", "Carrier"), ("Gold", "<= 10", "yes", "Courier"), ("Silver", "> 10", "no", "Post")]


def test_heads_of_groups_are_told_apart_from_names() -> None:
    made = read([("Conditions", "", "", "Result"), *WIDE])
    assert "columns: [tier, weight, express, propose]" in made.files["tables.yaml"]
    with pytest.raises(WhytuneError, match="a column without a name"):
        read([("Tier", "Weight", ""), ("Gold", "1", "Courier"), ("Silver", "2", "Post")])


@tabled(
    ("rows", "place", "words"),
    [
        ([*TABLE, ("Total", "", "")], "C4", "no outcome stands here"),
        ([*TABLE, ("Gold", "2", "-")], "C4", "no outcome stands here"),
        ([*TABLE, ("Gold", "heavy", "Post")], "B4", "`heavy` is no number"),
        ([*TABLE, ("Gold", "> 5 kg", "Post")], "B4", "`> 5 kg` is no number"),
        ([*TABLE, ("Gold", "10k", "Post")], "B4", "`10k` is no number"),
        ([*TABLE, ("Gold", "> 1,000", "Post")], "B4", "`> 1,000` is no number"),
        ([*TABLE, ("Gold", "> 31/03/2026", "Post")], "B4", "`> 31/03/2026` is no number"),
        ([*TABLE, (), ("Class", "Load", "Lane"), ("A", "1", "x")], "B5", "`Load` is no number"),
        ([*TABLE, (), *TABLE], "5", "another table begins here"),
        ([("Tier", "Tier", "Way"), ("a", "b", "c")], "B1", "two columns are called `Tier`"),
        ([("Tier", "TIER ", "Way"), ("a", "b", "c")], "B1", "two columns are called `TIER`"),
        ([(*row, "", *row) for row in TABLE], "E1", "two columns are called `Tier`"),
        ([("CONDITION", "CONDITION", "ACTION"), ("age", "tier", "way"), ("1", "a", "b")], "B1", "two columns"),
        ([("Price", "Way"), ("1,000", "a"), ("2,500", "b")], "A2", "`1,000` is no number"),
        ([("Day", "Way"), ("2026-03-31", "a"), ("soon", "b")], "A3", "`soon` is no number"),
        ([("Day", "Way"), ("2026-03-31", "a"), ("2026-02-30", "b")], "A3", "`2026-02-30` is no number"),
        ([("Day", "Way"), ("2026-03-31", "a"), ("5", "b")], "A3", "`5` is no number"),
    ],
)
def test_what_a_table_cannot_mean_is_told_at_its_cell_with_a_hint(rows: Rows, place: str, words: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        read(rows)
    problem = caught.value.problems[0]
    assert str(problem.span) in (f'Sheet "costs", {place}', f'Sheet "costs", row {place}')
    assert words in problem.message
    assert problem.hint


@tabled(
    ("cells", "meant", "fact"),
    [
        (["1,5", "<= 2,75"], ("1.5", "<= 2.75"), {"kind": "number"}),
        (["1.250,50", "3,5"], ("1250.50", "3.5"), {"kind": "number"}),
        (["1,250.50", "3"], ("1250.50", "3"), {"kind": "number"}),
        (["1,000,000", "> 5"], ("1000000", "> 5"), {"kind": "whole_number"}),
        (["10 000", "1'000"], ("10000", "1000"), {"kind": "whole_number"}),
        (["10 %", "> 20%", "-"], ("10", "> 20", "-"), {"kind": "whole_number", "unit": "%"}),
        (["5 kg", "5-10 kg"], ("5", "5..10"), {"kind": "whole_number", "unit": "kg"}),
        (["€ 5", ">= €10,50"], ("5", ">= 10.50"), {"kind": "number", "unit": "€"}),
        (["3 bis 7", "=> 8"], ("3..7", ">= 8"), {"kind": "whole_number"}),
        (["3至7", "8+"], ("3..7", ">= 8"), {"kind": "whole_number"}),
        (["1970-01-02", ">= 1970-02-01"], ("1", ">= 31"), {"kind": "whole_number"}),
        (["02.01.1970", "1.2.1970 - 3.2.1970"], ("1", "31..33"), {"kind": "whole_number"}),
        (["ja", "nein", "-"], ("yes", "no", "-"), {"kind": "yes_no"}),
        (["Oui", "NON"], ("yes", "no"), {"kind": "yes_no"}),
        (["WAHR", "FALSCH"], ("yes", "no"), {"kind": "yes_no"}),
        (["sí", "no"], ("yes", "no"), {"kind": "yes_no"}),
        (["✓", "✗"], ("yes", "no"), {"kind": "yes_no"}),
        (["10", "A3"], ("n10", "a3"), {"kind": "choice"}),
        (["18-25 years", "old"], ("n18_25_years", "old"), {"kind": "choice"}),
    ],
)
def test_the_cells_of_a_column_are_read_alike_as_people_write_them(
    cells: list[str], meant: tuple[str, ...], fact: dict[str, str]
) -> None:
    column = guessed("x", "X", cells, "en")
    assert column.cells == meant
    assert not column.wrong
    assert {key: column.fact.get(key) for key in fact} == fact


def test_a_table_that_takes_minutes_to_load_is_refused_before_it_is() -> None:
    with pytest.raises(WhytuneError, match="2,001 rows of tables, more than 2,000"):
        read([TABLE[0], *[TABLE[1]] * 2_001])


@tabled("head", ["Ergebnis", "Résultat", "Resultado", "结果", "OUTCOME"])
def test_an_outcome_need_not_be_last_where_it_is_called_so(head: str) -> None:
    made = read([(head, "Weight", "Begründung"), ("Post", "<= 10", "Light"), ("Freight", "> 10", "Heavy")])
    assert "columns: [weight, propose, because]" in made.files["tables.yaml"]


def workbook(write: Callable[[Any], None]) -> Incoming:
    """A workbook of another program, made by XlsxWriter."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        write(book)
    return Incoming({"": stream.getvalue()}, "costs.xlsx", "en")


def test_a_cell_that_is_merged_with_those_below_it_stands_in_each_row() -> None:
    def write(book: Any) -> None:
        page = book.add_worksheet("costs")
        page.merge_range(0, 0, 0, 2, "Shipping")
        page.write_row(1, 0, ["Tier", "Weight", "Carrier"])
        page.merge_range(2, 0, 3, 0, "Gold")
        page.merge_range(4, 0, 5, 0, "Silver")
        for row, (weight, carrier) in enumerate([("<= 10", "a"), ("> 10", "b"), ("<= 10", "c"), ("> 10", "d")], 2):
            page.write_row(row, 1, [weight, carrier])

    rows = read_xlsx(workbook(write)).files["tables.yaml"].rpartition("rows:\n")[2]
    assert [line.split(",")[0].strip() for line in rows.splitlines()] == ["- [gold"] * 2 + ["- [silver"] * 2


def test_numbers_days_and_truths_of_a_workbook_are_read_by_value_and_hidden_sheets_are_left_out() -> None:
    def write(book: Any) -> None:
        notes = book.add_worksheet("notes")
        notes.write_row(0, 0, ["a", "b"])
        page = book.add_worksheet("costs")
        page.activate()
        notes.hide()
        page.write_row(0, 0, ["Share", "Day", "Member", "Way"])
        for row, (share, day, member) in enumerate([(0.1, date(1970, 1, 2), True), (0.25, date(1970, 2, 1), False)], 1):
            page.write_number(row, 0, share, book.add_format({"num_format": "0 %"}))
            page.write_datetime(row, 1, day, book.add_format({"num_format": "dd.mm.yyyy"}))
            page.write_boolean(row, 2, member)
            page.write_formula(row, 3, '="a"', None, f"way {row}")
        page.set_column(1, 1, None, None, {"hidden": True})

    made = read_xlsx(workbook(write))
    assert "      - [0.1, 1, yes, way_1]\n      - [0.25, 31, no, way_2]\n" in made.files["tables.yaml"]
    assert "`day` is a day and is given as a number of days since 1970-01-01" in made.remarks


def test_a_file_of_excel_in_german_is_read_with_its_semicolons() -> None:
    text = "Stufe;Gewicht;Versand\nGold;<= 1,5;Kurier\nSilber;> 1,5;Post\n"
    made = read_table(Incoming({"": text.encode("utf-8-sig")}, "kosten.csv", "en"))
    assert "      - [gold, <= 1.5, kurier]\n" in made.files["tables.yaml"]
    with pytest.raises(WhytuneError, match="save the file as UTF-8"):
        read_table(Incoming({"": text.replace("Stufe", "Größe").encode("cp1252")}, "kosten.csv", "en"))
