"""A table of a spreadsheet as a rulebook: it decides as the table says, and what is wrong is told at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook, WhytuneError
from whytune.engine.language.case import fitting
from whytune.engine.language.csvfile import MAX_CELL, decode_csv
from whytune.engine.language.loading import loads
from whytune.engine.meaning.semantics import meaning
from whytune.exchange.crossing import Imported, Incoming
from whytune.exchange.sheets.both_ways import read_table
from whytune.exchange.sheets.cell_numbers import as_numbers
from whytune.exchange.sheets.grid import CellGrid
from whytune.exchange.sheets.guessed_columns import guessed
from whytune.exchange.sheets.single_table import rulebook_of_table

from .laws import tries
from .looks import tabled

HEAD = ("Colour", "Weight", "Urgent", "Way")
COLOURS = {
    "": None,
    "-": None,
    "Red": {"red"},
    "Blue": {"blue"},
    "red; Blue": {"red", "blue"},
    "not (Red, Blue)": {"other"},
}
WEIGHTS = {
    "": (0, 99),
    "*": (0, 99),
    "7": (7, 7),
    "= 7": (7, 7),
    "<= 7": (0, 7),
    "> 7": (8, 99),
    "≥ 7": (7, 99),
    "7+": (7, 99),
    "3-7": (3, 7),
    "3 to 7": (3, 7),
    "[3..7)": (3, 6),
    "3 | 9": (3, 9),
}
URGENT = {"": None, "yes": "yes", "no": "no", "No": "no", "TRUE": "yes", "n": "no"}


def imported(rows: Sequence[Sequence[str]], language: str = "en") -> Imported:
    return rulebook_of_table([CellGrid("costs", tuple(map(tuple, rows)))], "costs.xlsx", language)


def rulebook(rows: Sequence[Sequence[str]]) -> Rulebook:
    return loads({name: text.encode() for name, text in imported(rows).files.items()})


def holds(row: Sequence[str], colour: str, weight: int, urgent: str) -> bool:
    """Does a row of the table hold, read from its cells alone?"""
    colours, (low, high), wanted = COLOURS[row[0]], WEIGHTS[row[1]], URGENT[row[2]]
    fits = weight in (3, 9) if row[1] == "3 | 9" else low <= weight <= high
    is_colour = colours is None or colour in colours or ("other" in colours and colour not in ("red", "blue"))
    return is_colour and fits and wanted in (None, urgent)


@tries(100)
@given(
    st.lists(
        st.tuples(
            *(st.sampled_from([*cells]) for cells in (COLOURS, WEIGHTS, URGENT)), st.sampled_from(["Air", "5 %"])
        ),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["red", "blue", "something_else"]),
    st.sampled_from([0, 2, 3, 6, 7, 8, 9, 50]),
    st.sampled_from(["yes", "no"]),
)
def test_the_rulebook_decides_as_the_first_row_that_fits(
    rows: list[tuple[str, ...]], colour: str, weight: int, urgent: str
) -> None:
    table = [HEAD, *rows, ("Red", "7", "yes", "Air"), ("Blue", "7", "no", "Air")]
    made = rulebook([("hit policy", "FIRST"), *table])
    case = fitting(made.vocabulary, {"colour": colour, "weight": Decimal(weight), "urgent": urgent})
    (answer,) = meaning(made, case.knowledge).advice.values()
    first = next((row[3] for row in table[1:] if holds(row, colour, weight, urgent)), None)
    assert answer == {"Air": "air", "5 %": "n5", None: "refer"}[first]


def test_what_is_guessed_is_told() -> None:
    table = [("Shipping",), HEAD, ("Red", "1.5", "yes", "Air"), ("Blue", "-2", "no", "Sea")]
    assert list(imported(table).remarks) == [
        "`colour` is taken for one of red, blue, something_else",
        "`weight` is taken for a number",
        "`urgent` is taken for yes or no",
        "`way` is taken for the outcome",
        "no hit policy: rows that hold together must agree; else write `hit: first`",
    ]
    made = rulebook(table)
    assert made.title == {"en": "Shipping"}
    assert made.tables[0].hit == "one"
    assert made.vocabulary.by_name["weight"].kind == "number"
    assert imported([("F", *HEAD), ("1", *table[2]), ("2", *table[3])]).files["tables.yaml"].count("hit: first") == 1


@tabled(
    ("cell", "numbers"),
    [("10-50", "10..50"), ("50+", ">= 50"), ("≤ 5", "<= 5"), ("-5", "-5"), ("1|> 3", "1 | > 3"), ("10 till 50", None)],
)
def test_a_cell_of_numbers_is_read_as_people_write_it(cell: str, numbers: str | None) -> None:
    assert as_numbers(cell) == numbers


@tabled(
    ("cells", "kind"),
    [
        (["yes", "", "N"], "yes_no"),
        (["1", "10-50"], "whole_number"),
        (["1", "-5"], "number"),
        (["1.5"], "number"),
        (["1", "many"], "choice"),
        (["", "-"], "choice"),
    ],
)
def test_the_kind_of_a_fact_follows_from_all_cells_of_its_column(cells: list[str], kind: str) -> None:
    assert guessed("x", "X", cells, "en").fact["kind"] == kind


def test_a_choice_keeps_its_texts_as_labels_and_takes_capitals_as_one() -> None:
    column = guessed("x", "X", ["Gold, silver", "GOLD", "金"], "en")
    assert column.cells == ("gold | silver", "gold", "value")
    labels = {"gold": "Gold", "silver": "silver", "value": "金", "something_else": "something else"}
    assert column.fact["labels"] == labels


@tabled(
    ("cells", "named"),
    [
        (["1,5", "2,5", "many"], ("n1_5", "n2_5", "many")),
        (["1,000", "1,000 or so"], ("n1_000", "n1_000_or_so")),
        (["Gold,Silver", "Gold, 2"], ("gold | silver", "gold | n2")),
        (["not (1,5; a)", "-"], ("not n1_5 | a", "-")),
        (["10%", "20 %", "some"], ("n10", "n20", "some")),
        (["10 days", "20 weeks"], ("n10_days", "n20_weeks")),
    ],
)
def test_a_comma_within_a_number_parts_nothing_and_digits_tell_values_apart(
    cells: list[str], named: tuple[str, ...]
) -> None:
    assert guessed("x", "X", cells, "en").cells == named


@pytest.mark.parametrize("head", [b"a,b\n", b"a;b\n"])
def test_a_cell_too_large_is_told_at_its_line_as_such(head: bytes) -> None:
    for cell, code in ((b"x" * (MAX_CELL + 1), "too-large"), (b'"x', "csv-syntax")):
        with pytest.raises(WhytuneError) as caught:
            read_table(Incoming({"": head + b"1" + head[1:2] + b"x\n2" + head[1:2] + cell}, "costs.csv", "en"))
        (problem,) = caught.value.problems
        assert (problem.code, str(problem.span)) == (code, "costs.csv:3")
    with pytest.raises(WhytuneError, match=f"rows.csv:2: a cell of more than {MAX_CELL:,} letters"):
        decode_csv(b"a,b\n1," + b"x" * (MAX_CELL + 1), "rows.csv")


@tabled(
    ("rows", "problem"),
    [
        ([], "costs.xlsx: no sheet holds anything"),
        ([("a", "b")], 'Sheet "costs", row 1: a table has a row of names and rows below it'),
        ([("a",), ("1",), ("2",)], 'Sheet "costs", row 2: a table asks about something'),
        ([("a", ""), ("1", "2")], 'Sheet "costs", B1: a column without a name'),
        ([("#", "b"), ("1", "2")], 'Sheet "costs", row 1: a table asks about something and has an outcome'),
        ([("a", "b"), ("1", ""), ("2", "")], 'Sheet "costs", B2: no outcome stands here'),
        ([("hit policy", "COLLECT"), ("a", "b"), ("1", "x")], 'Sheet "costs", row 1: hit policy COLLECT cannot'),
        ([("C", "a", "b"), ("1", "1", "x")], 'Sheet "costs", row 1: hit policy C cannot be taken over'),
        ([("a", "b"), ("5-1", "x")], 'Sheet "costs", A2: '),
    ],
)
def test_what_is_no_table_is_told_at_its_cell(rows: list[tuple[str, ...]], problem: str) -> None:
    with pytest.raises(WhytuneError) as caught:
        imported(rows)
    assert str(caught.value).startswith(problem)


@tries(100)
@given(st.lists(st.lists(st.text("aY1-<>|.;[ )\té金'\"", max_size=4), max_size=4), max_size=5), st.booleans())
def test_any_sheet_is_taken_or_refused(rows: list[list[str]], zh: bool) -> None:
    with suppress(WhytuneError):
        assert imported(rows, "zh" if zh else "en").files


@tries(100)
@given(st.binary(max_size=60))
def test_any_file_of_rows_is_taken_or_refused(data: bytes) -> None:
    with suppress(WhytuneError):
        assert read_table(Incoming({"": b"a,b\n1,x\n" + data}, "costs.csv", "en")).files


def test_all_that_is_wrong_with_a_table_is_told_at_once_by_the_names_of_its_own_columns() -> None:
    rows = b"hit policy,FIRST\n\nWeight,Way\n50-10,Air\n20,\n"
    with pytest.raises(WhytuneError) as caught:
        read_table(Incoming({"": rows}, "costs.csv", "en"))
    assert [str(problem.span) for problem in caught.value.problems] == ["costs.csv:4, Weight", "costs.csv:5, Way"]
