"""Tables as pictures: every cell is in them, and the rows in force on a case are marked."""

from __future__ import annotations

from functools import cache
from itertools import product
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

import whytune
from whytune import Rulebook
from whytune.cli import cli
from whytune.diagrams.graph import DrawnTable
from whytune.diagrams.picture import Picture
from whytune.prose import markdown, page, rule_table
from whytune.prose.document import Document, document
from whytune.shown import Format

from . import drawn

DESK = Path(__file__).parent / "data" / "desk"
HOSTILE = "<b>&amp; \\N {x|y}</b>"


@cache
def desk(language: str = "en") -> Rulebook:
    return whytune.load(DESK, language=language)


def tables(picture: Picture) -> list[DrawnTable]:
    return [box.table for box in picture.graph.nodes if box.table]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_picture_of_tables_says_what_the_tables_say(language: str) -> None:
    book = desk(language)
    grids = [rule_table.grid(table, None, book.speaker) for table in book.content.tables]
    picture = book.picture("table")
    assert [(table.head, table.rows) for table in tables(picture)] == [(grid.head, grid.rows) for grid in grids]
    root = ElementTree.fromstring(picture.svg())
    letters = drawn.letters("".join("".join(text.itertext()) for text in root.iter(f"{drawn.SVG}text")))
    told = drawn.letters(root.findtext(f"{drawn.SVG}desc") or "")
    for cell in (cell for grid in grids for row in (grid.head, *grid.rows) for cell in row):
        assert drawn.letters(cell) in letters
    for cell in (cell for grid in grids for row in grid.rows for cell in row):
        assert drawn.letters(cell) in told
        assert cell in picture.outline()


def test_the_rows_in_force_are_marked_and_no_others() -> None:
    rows, marks = {row for table in desk().content.tables for row in table.rules}, set()
    for topic, users, contract in product(["billing", "access", "outage"], [5, 20, 200], [True, False]):
        case = desk().case(topic=topic, users=users, contract=contract)
        steps = [step for step in case.recommendation.trace if step.kind == "rule"]
        in_force = {step.name for step in steps if step.state == "in_force"} & rows
        picture = case.picture("table")
        assert {table.rows[place][0] for table in tables(picture) for place in table.marked} == in_force
        marked = [line for line in picture.outline().splitlines() if line.startswith("  => ")]
        assert {line.removeprefix("  => ").split(":")[0] for line in marked} == in_force
        assert picture.svg().count("➤") == len(in_force)
        marks |= in_force
    assert len(marks) > 3
    assert not any(table.marked for table in tables(desk().picture("table")))


def test_letters_that_graphviz_reads_as_commands_stand_in_a_table_as_they_are() -> None:
    graph = desk().picture("table").graph
    picture = Picture(graph.labelled(lambda text: f"{text} {HOSTILE}"))
    shown = drawn.letters(
        "".join("".join(text.itertext()) for text in ElementTree.fromstring(picture.svg()).iter(f"{drawn.SVG}text"))
    )
    assert shown.count(drawn.letters(HOSTILE)) == sum(
        1 + len(table.head) * (1 + len(table.rows)) for table in tables(picture)
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("format_", ["html", "markdown"])
def test_tables_are_told_as_a_page_and_in_markdown_as_each_is_by_its_name(
    language: str, format_: Format, tmp_path: Path
) -> None:
    book, to_file = desk(language), tmp_path / f"tables.{ENDING[format_]}"
    case = ["--set", "topic=outage", "--set", "users=20"]
    tell = ["graph", "--view", "table", "--rulebook", str(DESK), "--language", language, *case]
    printed = CliRunner().invoke(cli, [*tell, "--format", format_]).stdout
    assert CliRunner().invoke(cli, [*tell, "--output", str(to_file)]).exit_code == 0
    assert to_file.read_text(encoding="utf-8") == printed
    answer = book.case(topic="outage", users=20).recommendation
    for table in book.content.tables:
        for block in rule_table.table(table, answer, book.speaker).blocks[1:]:
            assert _body(document("", language, [block]), format_) in printed


def _body(told: Document, format_: Format) -> str:
    """What stands in the body of a page, or all of a Markdown text."""
    return (page.fragment(told) if format_ == "html" else markdown.text(told)).strip()


ENDING = {"html": "html", "markdown": "md"}


def test_a_flowchart_is_drawn_and_not_told() -> None:
    refused = CliRunner().invoke(cli, ["graph", "--format", "markdown"])
    assert refused.exit_code == 2
    assert "--format markdown goes with --view table" in refused.output
