"""Tables: what a grid means, row by row and cell by cell, worked out here without the engine."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, combinations, product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import assume, event, given
from hypothesis import strategies as st

from whytune.cli import cli
from whytune.edits import edited
from whytune.engine import Advisor, Rulebook, WhytuneError, load
from whytune.engine.language.case import fitting
from whytune.engine.language.loading import files_of, loads
from whytune.engine.language.value import Value
from whytune.engine.meaning.semantics import meaning
from whytune.engine.meaning.study import Study, common_ground
from whytune.engine.review.checks import shorter_table
from whytune.engine.review.checks.shorter_table import Edit
from whytune.engine.review.difference import compare, difference
from whytune.engine.review.difference.row_pairs import row_pairs, rows_of
from whytune.engine.review.examination import Examination
from whytune.prose.two_speakers import two_speakers

from .generated import SOURCE, decision, fact, framed, written
from .generated_tables import tables
from .laws import tries
from .looks import tabled
from .second_reading import is_within

Row = list[Any]

COLOURS = ("red", "blue", "green")
NUMBERS = tuple(
    map(Decimal, ("0", "4", "4.999999", "5", "5.000001", "6", "99.5", "100", "100.000001", "150", "200", "201"))
)
FACTS = (
    fact("urgent", "yes_no"),
    {
        **fact("colour", "choice", values=list(COLOURS), labels={name: name for name in COLOURS}),
        "groups": [{"group": "cold", "values": ["blue", "green"], "label": "cold"}],
    },
    {**fact("score", "number"), "bands": [{"band": "size", "cut_at": [100], "values": ["small", "big"]}]},
)

SHAPES: Mapping[str, tuple[str, list[str], list[Row]]] = {
    "one row a value": ("one", ["colour", "propose"], [["red", "a"], ["blue", "b"], ["green", "a"]]),
    "anything": (
        "one",
        ["urgent", "colour", "propose"],
        [["yes", "-", "a"], ["no", "red", "b"], ["no", "not red", "b"]],
    ),
    "several values": ("one", ["colour", "propose"], [["red | blue", "a"], ["green", "b"]]),
    "a group, and all but it": ("one", ["colour", "propose"], [["cold", "a"], ["not cold", "b"]]),
    "at least and below": ("one", ["score", "propose"], [["< 100", "a"], [">= 100", "b"]]),
    "above and at most": ("one", ["score", "propose"], [["<= 100", "a"], ["> 100", "b"]]),
    "stretches with open and closed ends": (
        "any",
        ["score", "propose"],
        [["[5..100)", "a"], ["(100..200]", "b"], ["0..4", "b"], ["]4..5[", "a"]],
    ),
    "one number alone": ("one", ["score", "propose"], [["5", "a"], ["not 5", "b"]]),
    "several stretches": ("one", ["score", "propose"], [["< 5 | > 100", "a"], ["[5..100]", "b"]]),
    "a piece of a band": ("one", ["size", "propose"], [["small", "a"], ["big", "b"]]),
    "a piece by the name of its number": ("one", ["score", "propose"], [["small", "a"], [">= 100", "b"]]),
    "the first that holds": (
        "first",
        ["urgent", "score", "propose"],
        [["yes", "-", "a"], ["-", ">= 100", "b"], ["-", "> 4", "a"], ["-", "-", "b"]],
    ),
    "overlapping rows": ("any", ["urgent", "colour", "propose"], [["yes", "-", "a"], ["-", "red", "b"]]),
    "a row that always holds": ("any", ["colour", "propose", "rule_out"], [["-", "a", "-"], ["red", "-", "a"]]),
    "several options": ("any", ["colour", "propose", "rule_out"], [["red", "a | b", "-"], ["cold", "b", "a"]]),
}


def rulebook(hit: str, columns: list[str], rows: list[Row], **more: Any) -> dict[str, Any]:
    options = [{"option": name, "label": name} for name in ("a", "b", "none")]
    return {
        "rulebook": {"name": "grid", "version": "1.0.0", "title": "Grid", "languages": ["en"]},
        "documents": [{"document": "memo", "title": "Memo"}],
        "facts": list(FACTS),
        "decisions": [
            {
                "decision": "way",
                "ask": "Which way?",
                "options": options,
                "if_none_stands": "none",
                "if_several_stand": "refer",
            }
        ],
        "tables": [
            {
                "table": "grid",
                "decision": "way",
                "hit": hit,
                "because": "So it says.",
                "source": {"document": "memo", "place": "1"},
                **(more or {"columns": columns, "rows": rows}),
            }
        ],
    }


def built(document: dict[str, Any], **files: bytes) -> Rulebook:
    return loads({"a.yaml": json.dumps(document).encode(), **{f"{name}.csv": data for name, data in files.items()}})


def accepts(cell: str, value: Value) -> bool:
    """Does the cell hold of this value? Read from the cell alone."""
    cell = cell.strip()
    if cell == "-":
        return True
    if cell.startswith("not "):
        return not accepts(cell[4:], value)
    if "|" in cell:
        return any(accepts(part, value) for part in cell.split("|"))
    if not isinstance(value, Decimal):
        return value in {"cold": ("blue", "green")}.get(cell, (cell,))
    if cell in ("small", "big"):
        return (value < 100) == (cell == "small")
    return is_within(value, cell)


def expected(hit: str, columns: list[str], rows: list[Row], case: Mapping[str, Value]) -> str:
    """What the grid says of a case: by the first row that holds, or by all of them."""
    cells = [{name: str(cell) for name, cell in zip(columns, row, strict=True)} for row in rows]
    asked = [{k: v for k, v in row.items() if k not in ("propose", "rule_out")} for row in cells]
    fact_of = {"size": "score"}
    holding = [
        row
        for row, conditions in zip(cells, asked, strict=True)
        if all(accepts(cell, case[fact_of.get(name, name)]) for name, cell in conditions.items())
    ]
    holding = holding[:1] if hit == "first" else holding
    names = {
        key: {n.strip() for row in holding for n in row.get(key, "-").split("|")} for key in ("propose", "rule_out")
    }
    standing = sorted(names["propose"] - names["rule_out"] - {"-"})
    return "none" if not standing else standing[0] if len(standing) == 1 else "refer"


def cases() -> Iterator[dict[str, Value]]:
    for urgent, colour, score in product(("yes", "no"), COLOURS, NUMBERS):
        yield {"urgent": urgent, "colour": colour, "score": score}


@tabled("shape", SHAPES)
def test_a_grid_means_what_its_cells_say(shape: str) -> None:
    hit, columns, rows = SHAPES[shape]
    book = built(rulebook(hit, columns, rows))
    for case in cases():
        facts = fitting(book.vocabulary, case)
        assert meaning(book, facts.knowledge).advice["way"] == expected(hit, columns, rows, case), case


def one_table(hit: str, rows: list[Row]) -> dict[str, Any]:
    """A table of these rows on a count."""
    more = {"columns": ["count", "propose"], "rows": rows}
    return {"table": "grid", "decision": "way", "hit": hit, "because": "So.", "source": SOURCE, **more}


@tabled("bounds", [{}, {"range": {"min": 1, "max": 9}}])
@tabled("cell", ["not < 5", "not >= 5", "not [2..4]", "not 3", "not < 3 | > 6", "not ]2..5["])
def test_all_but_some_numbers_are_others_that_the_fact_may_be(cell: str, bounds: dict[str, Any]) -> None:
    count = {**fact("count", "whole_number"), **bounds}
    table = one_table("first", [[cell, "a"], ["-", "b"]])
    ways = decision("way", ["a", "b"], "b", "refer")
    advisor = Advisor(written(framed(facts=[count], decisions=[ways], rules=[], tables=[table])))
    for number in range(1, 10):
        wanted = "a" if accepts(cell, Decimal(number)) else "b"
        assert advisor.advise({"count": number}).decisions["way"].advice == wanted, number


def test_all_but_every_number_is_refused() -> None:
    table = one_table("one", [["not >= 0", "a"]])
    ways = decision("way", ["a", "b"], "b", "refer")
    with pytest.raises(WhytuneError, match="`not >= 0` leaves no value of `count`"):
        written(framed(facts=[fact("count", "whole_number")], decisions=[ways], rules=[], tables=[table]))


@pytest.mark.parametrize("shape", ["the first that holds", "stretches with open and closed ends"])
def test_durable_rules_agree_with_the_grid(shape: str) -> None:
    hit, columns, rows = SHAPES[shape]
    advisor = Advisor(built(rulebook(hit, columns, rows)))
    for case in list(cases())[::7]:
        answer = advisor.recommend(fitting(advisor.rulebook.vocabulary, case))
        assert answer.decisions["way"].possible == (expected(hit, columns, rows, case),), case


@tabled("shape", SHAPES)
def test_a_file_of_rows_means_the_same_as_rows(shape: str) -> None:
    hit, columns, rows = SHAPES[shape]
    text = io.StringIO()
    csv.writer(text).writerows([columns, *(["" if cell == "-" else cell for cell in row] for row in rows)])
    written = built(rulebook(hit, columns, rows))
    read = built(rulebook(hit, columns, rows, rows_from="grid.csv"), grid=text.getvalue().encode("utf-8-sig"))
    assert read.rules == written.rules
    assert read.facts == written.facts


def test_a_row_may_say_for_itself_what_the_table_says_for_all() -> None:
    columns = ["id", "colour", "propose", "because", "source.place", "title"]
    rows = [["for_red", "red", "a", "Red is a.", "page 7", "Red"], ["-", "blue", "b", "-", "-", "-"]]
    red, blue = built(rulebook("one", columns, rows)).rules
    assert (red.id, red.because["en"], red.sources[0].place, red.title["en"]) == (
        "for_red",
        "Red is a.",
        "page 7",
        "Red",
    )
    assert (blue.id, blue.because["en"], blue.sources[0].place, blue.title["en"]) == (
        "grid.2",
        "So it says.",
        "1",
        "grid (2)",
    )


def test_a_row_may_rule_out_and_caution_at_once() -> None:
    columns, rows = ["urgent", "rule_out", "caution"], [["yes", "a | b", "none"], ["-", "-", "none"]]
    advisor = Advisor(built(rulebook("any", columns, rows)))
    outcomes = [advisor.advise({"urgent": urgent}).decisions["way"] for urgent in ("yes", "no")]
    assert [tuple(outcome.cautions) for outcome in outcomes] == [("grid.1", "grid.2"), ("grid.2",)]


def test_a_name_with_a_dot_is_that_of_a_row_alone() -> None:
    document = rulebook("one", ["colour", "propose"], [["red", "a"]])
    rule = {"id": "grid.2", "title": "t", "because": "b", "source": {"document": "memo", "place": "1"}}
    document["rules"] = [{**rule, "if": {"colour": "blue"}, "propose": {"way": "b"}}]
    with pytest.raises(Exception, match=r"`grid\.2` cannot be a name"):
        built(document)


def test_the_order_of_rows_means_something_only_where_the_first_counts() -> None:
    columns, rows = ["urgent", "propose"], [["yes", "a"], ["-", "b"]]
    any_of, first = ([built(rulebook(hit, columns, order)) for order in (rows, rows[::-1])] for hit in ("any", "first"))
    case: dict[str, Value] = {"urgent": "yes", "colour": "red", "score": Decimal(1)}
    outcomes = [
        [meaning(book, fitting(book.vocabulary, case).knowledge).advice["way"] for book in books]
        for books in (any_of, first)
    ]
    assert outcomes == [["refer", "refer"], ["a", "b"]]


def test_a_single_file_and_a_folder_find_the_rows_beside_them(tmp_path: Path) -> None:
    document = rulebook("one", [], [], rows_from="grid.csv")
    (tmp_path / "a.yaml").write_text(json.dumps(document))
    (tmp_path / "grid.csv").write_text("colour,propose\nred,a\n")
    assert load(tmp_path).digest == load(tmp_path / "a.yaml").digest == loads(files_of(tmp_path / "a.yaml")).digest
    assert set(files_of(tmp_path)) == {"a.yaml", "grid.csv"}
    before = load(tmp_path).digest
    (tmp_path / "grid.csv").write_text("colour,propose\nred,b\n")
    assert load(tmp_path).digest != before


def test_a_grid_is_shown_with_the_rows_of_a_case(tmp_path: Path) -> None:
    columns, rows = (
        ["urgent", "score", "propose"],
        [["yes", "> 100 | < 5", "a"], ["-", "[5..100]", "b"], ["-", "-", "a"]],
    )
    (tmp_path / "a.yaml").write_text(json.dumps(rulebook("first", columns, rows)))
    (tmp_path / "case.yml").write_text("given: {urgent: yes, score: 7}")
    arguments = ["rules", "grid", "--rulebook", str(tmp_path / "a.yaml"), "--case", str(tmp_path / "case.yml")]
    shown = CliRunner().invoke(cli, arguments, catch_exceptions=False).output.splitlines()
    assert shown[1] == "Of the rows that hold, the first counts."
    assert [re.split("  +", line.strip()) for line in shown[4:7]] == [
        ["grid.1", "yes", "below 5 or above 100", "a", "not in force"],
        ["grid.2", "-", "5 to 100", "b", "in force"],
        ["grid.3", "-", "-", "a", "not in force"],
    ]
    data = json.loads(CliRunner().invoke(cli, [*arguments, "--format", "json"]).output)
    assert data["states"] == {"grid.1": "not_in_force", "grid.2": "in_force", "grid.3": "not_in_force"}
    assert CliRunner().invoke(cli, ["rules", *arguments[4:]]).exit_code == 2


@st.composite
def grids(draw: st.DrawFn) -> dict[str, Any]:
    """A rulebook with one table over few values, so that rows often have much in common."""
    document = rulebook("one", [], [])
    tests = {"urgent": ["yes", "no"], "colour": [*COLOURS, "cold"], "size": ["small", "big"], "score": []}
    document["tables"] = [draw(tables("grid", document["decisions"][0], tests, most_rows=7))]
    return document


Told = list[tuple[str, str, str, dict[str, Any]]]


def changes(hit: str, columns: list[str], rows: list[Row], after: list[Row]) -> Told:
    """What a difference tells of an edit of the rows, part by part, each value by its path."""
    old, new = (built(rulebook(hit, columns, some)) for some in (rows, after))
    return [
        (
            part.kind,
            part.name,
            part.change,
            {".".join(value.path): (value.before, value.after) for value in part.values},
        )
        for part in difference(compare(old, new)).parts
    ]


COLOURED = (["colour", "propose"], [["red", "a"], ["blue", "b"], ["green", "a"]])


def test_a_row_inserted_is_one_rule_more_and_no_other_is_called_changed() -> None:
    table, rule = changes("any", *COLOURED, [["cold", "b"], *COLOURED[1]])
    assert table == ("table", "grid", "changed", {"rows.inserted": (None, ["1: cold · b"])})
    assert rule[:3] == ("rule", "grid.1", "added")


def test_a_row_removed_is_one_rule_less_by_a_name_that_no_other_has() -> None:
    for position, name in enumerate(("grid.1.before", "grid.2.before", "grid.3")):
        left = [row for row in COLOURED[1] if row is not COLOURED[1][position]]
        table, rule = changes("any", *COLOURED, left)
        text = f"{position + 1}: {' · '.join(COLOURED[1][position])}"
        assert table == ("table", "grid", "changed", {"rows.removed": ([text], None)})
        assert rule[:3] == ("rule", name, "removed")


def test_a_row_moved_is_told_as_that_and_as_words_where_the_order_means_nothing() -> None:
    columns, (red, blue, green) = COLOURED
    for hit, path in (("first", "rows.moved"), ("one", "rows.reordered")):
        (table,) = changes(hit, columns, [red, blue, green], [green, red, blue])
        assert table == ("table", "grid", "changed", {path: (["3: green · a"], ["1: green · a"])})
        old, new = (built(rulebook(hit, columns, rows)) for rows in ([red, blue, green], [green, red, blue]))
        assert difference(compare(old, new)).level == ("reasons" if hit == "first" else "wording")


def test_a_row_moved_and_changed_is_told_as_that() -> None:
    columns = ["urgent", "colour", "score", "propose"]
    rows = [
        ["yes", "red", "< 5", "a"],
        ["no", "blue", "-", "b"],
        ["-", "green", ">= 5", "a"],
        ["yes", "cold", "-", "b"],
    ]
    edited_row = ["yes", "red", "< 7", "a"]
    moved = (["1: yes · red · < 5 · a"], ["4: yes · red · < 7 · a"])
    for hit, path in (("first", "rows.moved_and_changed"), ("one", "rows.changed")):
        told = {kind: values for kind, *_, values in changes(hit, columns, rows, [*rows[1:], edited_row])}
        assert told["table"] == {path: moved}, hit


def test_a_row_known_by_its_id_is_told_as_moved_and_changed_whatever_its_cells_say() -> None:
    rows = [["one", "red", "a"], ["two", "blue", "b"], ["three", "green", "a"]]
    table, *_ = changes("first", ["id", "colour", "propose"], rows, [*rows[1:], ["one", "cold", "b"]])
    assert table[3] == {"rows.moved_and_changed": (["1: one · red · a"], ["3: one · cold · b"])}


@tries(40)
@given(data=st.data())
def test_moves_of_rows_are_never_lost_though_their_cells_change(data: st.DataObject) -> None:
    """Rows of this grid have no cell in common, so that one that is edited leaves no doubt which row it was."""
    before = [[f"{column}{number}" for column in "abcd"] for number in range(data.draw(st.integers(2, 8)))]
    order = data.draw(st.permutations(range(len(before))))
    changed = data.draw(st.sets(st.sampled_from(order)))
    after = [[*before[number][:3], "e"] if number in changed else before[number] for number in order]
    old, new = (rows_of({"columns": list("wxyz"), "rows": rows}) for rows in (before, after))
    pairs = row_pairs(old, new)
    assert [pair.before.number - 1 for pair in pairs] == list(order)
    assert {pair.before.number - 1 for pair in pairs if pair.changed} == changed
    stayed = [pair.before.number for pair in pairs if not pair.moved]
    assert stayed == sorted(stayed)
    longest = max(len(some) for some in powerset(order) if list(some) == sorted(some))
    assert len(stayed) == longest


def powerset(items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def test_a_moved_row_is_blamed_for_other_advice() -> None:
    columns, rows = ["urgent", "colour", "propose"], [["yes", "-", "a"], ["-", "red", "b"]]
    old, new = (built(rulebook("first", columns, some)) for some in (rows, rows[::-1]))
    (change,) = difference(compare(old, new)).advice
    assert [region.blame for region in change.regions] == [(("table", "grid"),)]


def test_a_row_moved_and_changed_is_blamed_with_its_table() -> None:
    columns = ["urgent", "size", "colour", "propose"]
    rows = [["yes", "big", "-", "a"], ["-", "-", "red", "b"]]
    old, new = (built(rulebook("first", columns, some)) for some in (rows, [rows[1], ["yes", "-", "-", "a"]]))
    blamed = {
        part for change in difference(compare(old, new)).advice for region in change.regions for part in region.blame
    }
    assert ("table", "grid") in blamed


def test_a_cell_changed_is_told_as_it_is_written_and_the_rows_beside_it_stay() -> None:
    columns, rows = ["score", "propose"], [["< 5", "a"], ["[5..100)", "b"], [">= 100", "a"]]
    parts = changes("any", columns, rows, [*rows[:1], ["[5..50)", "b"], rows[2]])
    assert {(kind, name): values for kind, name, _, values in parts if kind != "fact"} == {
        ("table", "grid"): {"rows.changed": (["2: [5..100) · b"], ["2: [5..50) · b"])},
        ("rule", "grid.2"): {"if.score": ("[5..100)", "[5..50)")},
    }


def test_what_a_difference_tells_of_rows_is_written_out() -> None:
    columns, (red, blue, green) = COLOURED
    old, new = (built(rulebook("first", columns, rows)) for rows in ([red, blue, green], [["cold", "b"], blue, red]))
    both = two_speakers(old, new, "grid", "en")
    text = edited(compare(old, new), both, None, None, is_kept=False).write()
    assert "rows removed: 3: green · a" in text
    assert "rows inserted: 1: cold · b" in text
    assert "rows moved: " in text


@tries(100)
@given(document=grids(), data=st.data())
def test_an_edit_of_one_row_is_told_of_that_row_alone(document: dict[str, Any], data: st.DataObject) -> None:
    """Rows that say the same cannot be told apart, and rows of one cell resemble each other too easily."""
    (table,) = document["tables"]
    rows = list({str(row): row for row in table["rows"]}.values())
    added, rest = rows[0], rows[1:]
    assume(rest)
    place = data.draw(st.integers(0, len(rest)))
    fewer, more = (
        built({**document, "tables": [{**table, "rows": some}]})
        for some in (rest, [*rest[:place], added, *rest[place:]])
    )
    for old, new, change, kind in ((fewer, more, "added", "inserted"), (more, fewer, "removed", "removed")):
        parts = [part for part in difference(compare(old, new)).parts if part.kind in ("rule", "table")]
        assert [(part.kind, part.change) for part in parts] == [("table", "changed"), ("rule", change)]
        assert [value.path for value in parts[0].values] == [("rows", kind)]


def test_the_digest_of_a_table_stays_what_records_say_it_was() -> None:
    digests = {
        shape: built(rulebook(*SHAPES[shape])).digest[:16] for shape in ("at least and below", "the first that holds")
    }
    assert digests == {"at least and below": "28f470e04c4827e6", "the first that holds": "4347058741255e2f"}


def test_what_a_table_cuts_a_number_into_has_no_name_that_a_case_may_say() -> None:
    told = built(rulebook(*SHAPES["at least and below"]))
    pieces = told.vocabulary.bands[told.tables[0].band("score")].values
    assert len(pieces) == 2
    for piece in pieces:
        with pytest.raises(WhytuneError, match=f"`{piece}` is not a number"):
            Advisor(told).advise({"score": piece})


def test_a_rulebook_without_tables_has_the_digest_that_it_had() -> None:
    document = rulebook("one", ["colour", "propose"], [["red", "a"]])
    del document["tables"]
    assert built(document).digest == built({**document, "tables": []}).digest


def shortened(table: dict[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """The table with these edits made: of rows that become one the first has the cell."""
    rows = [list(row) for row in table["rows"]]
    gone = set()
    for edit in edits:
        first, *others = (int(name.removeprefix("grid.")) - 1 for name in edit.rows)
        rows[first][table["columns"].index(edit.column)] = edit.cell
        gone.update(others)
    return {**table, "rows": [row for at, row in enumerate(rows) if at not in gone]}


@tries(200)
@given(document=grids())
def test_a_table_with_all_edits_that_make_it_shorter_says_the_same(document: dict[str, Any]) -> None:
    old = built(document)
    edits = shorter_table.edits(Examination(old, date(2026, 11, 22)), old.tables[0])
    new = built({**document, "tables": [shortened(document["tables"][0], edits)]})
    event("shorter" if edits else "as it was")
    ground = common_ground(old, new)
    before, after = (Study(book, shared=ground).diagram for book in (old, new))
    assert before.advice["way"] == after.advice["way"]
    for option in ("a", "b", "none"):
        assert before.proposed["way", option] == after.proposed["way", option]
        assert before.ruled_out["way", option] == after.ruled_out["way", option]


@tabled(
    ("hit", "rows", "edits"),
    [
        ("one", [["red", "-", "a"], ["green", "-", "a"]], [(["grid.1", "grid.2"], "colour", "red | green")]),
        ("one", [["red", "-", "a"], ["cold", "-", "a"]], [(["grid.1", "grid.2"], "colour", "-")]),
        ("any", [["red", "< 5", "a"], ["red", "[5..9]", "a"]], [(["grid.1", "grid.2"], "score", "<= 9")]),
        ("any", [["red", "(4..5)", "a"], ["red", "> 7", "a"]], [(["grid.1", "grid.2"], "score", "(4..5) | > 7")]),
        (
            "first",
            [["red", "-", "a"], ["green", "-", "b"], ["blue", "-", "a"]],
            [(["grid.1", "grid.3"], "colour", "red | blue")],
        ),
        ("first", [["red", "-", "a"], ["-", "5", "b"], ["blue", "-", "a"]], []),
        ("first", [["-", "< 5", "a"], ["-", ">= 5", "b"]], [(["grid.2"], "score", "-")]),
        ("one", [["red", "-", "a"], ["not red", "-", "b"]], []),
        ("one", [["red", "-", "a"], ["-", "-", "a"]], []),
    ],
)
def test_the_edits_that_make_a_table_shorter_are_told_exactly(
    hit: str, rows: list[Row], edits: list[tuple[list[str], str, str]]
) -> None:
    book = built(rulebook(hit, ["colour", "score", "propose"], rows))
    made = shorter_table.edits(Examination(book, date(2026, 11, 22)), book.tables[0])
    assert [(list(edit.rows), edit.column, edit.cell) for edit in made] == edits


def test_a_row_that_others_need_by_its_name_is_left_as_it_is() -> None:
    document = rulebook("one", ["id", "colour", "propose"], [["of_red", "red", "a"], ["-", "blue", "a"]])
    rule = {"title": "t", "because": "b", "source": {"document": "memo", "place": "1"}}
    other = {"id": "other", **rule, "if": {"urgent": "yes"}, "propose": {"way": "b"}, "yields_to": ["grid.1"]}
    yielding = rulebook("one", ["colour", "propose"], [["red", "a"], ["blue", "a"]]) | {"rules": [other]}
    for grid in (document, yielding):
        book = built(grid)
        assert shorter_table.edits(Examination(book, date(2026, 11, 22)), book.tables[0]) == []
