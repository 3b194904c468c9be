"""A new table for a decision and columns, in a file of its own, with its rows in YAML or in a CSV file beside it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import NamedTuple

from ...language.cell_text import stretches_text
from ...language.csvfile import ENDING
from ...language.intervals import cells_between
from ...language.loading import loads
from ...language.loading.cells import ANYTHING
from ...language.named import decision_among, unknown
from ...language.problems import Problem, Sentence, WhytuneError
from ...language.rulebook import Rulebook
from ...words.catalogue import phrase
from ..schema import RULEBOOK_MODELINE
from .new_rule import check_name, first, own_file, resting_on
from .templates import comment, quoted, text_lines

PROPOSE = "propose"


class TableAsked(NamedTuple):
    """A new table's name, its decision (None: the main one), and its columns (none given: it gets one that fits)."""

    name: str
    decision: str | None = None
    columns: tuple[str, ...] = ()
    in_csv: bool = False


class NewTable(NamedTuple):
    """The files of a new table, and the rulebook that results."""

    files: Mapping[str, str]
    rulebook: Rulebook


def new_table(files: Mapping[str, bytes], asked: TableAsked, language: str) -> NewTable:
    """A table with a row for each value of its first column, every row proposing the first option.

    Raises WhytuneError if the rulebook has no such decision, or its rules cannot test such a column.
    """
    before = loads(files)
    check_name(asked.name)
    _refuse_twice(before, asked.name)
    decision = decision_among(before.decision_order, asked.decision)
    columns = _columns(before, decision, asked.columns)
    grid = [[*columns, PROPOSE], *_rows(before, decision, columns)]
    file = own_file(files, asked.name)
    lines = _head(before, asked.name, decision, columns, language)
    texts = {file: ""}
    if asked.in_csv:
        beside = str(PurePath(file).with_suffix(ENDING))
        texts[beside] = _csv(grid)
        lines += [f"    rows_from: {PurePath(beside).name}"]
    else:
        lines += [f"    columns: {_listed(grid[0])}", "    rows:", *(f"      - {_listed(row)}" for row in grid[1:])]
    texts[file] = "\n".join((RULEBOOK_MODELINE.rstrip(), "", *lines, ""))
    return NewTable(texts, loads({**files, **{name: text.encode() for name, text in texts.items()}}))


def _refuse_twice(rulebook: Rulebook, name: str) -> None:
    if name in {table.table for table in rulebook.tables}:
        message = Sentence("there is a table `{table}` already", table=name)
        hint = Sentence("it stands at {place}", place=rulebook.places["table", name])
        raise WhytuneError([Problem("duplicate-id", message, None, hint)])


def _testable(rulebook: Rulebook, decision: str) -> list[str]:
    """What a table about the decision may test: a number by its bands, and also itself."""
    numbers = [fact.fact for fact in rulebook.facts if fact.is_number and fact.used_for != "costs"]
    cut = {table.band(number) for table in rulebook.tables for number in numbers}
    barred = resting_on(rulebook, ("decision", decision)) | cut
    return [*(name for name in rulebook.subjects if name not in barred), *numbers]


def _columns(rulebook: Rulebook, decision: str, asked: Sequence[str]) -> list[str]:
    testable = _testable(rulebook, decision)
    for name in asked:
        if name not in testable:
            raise WhytuneError([unknown("fact", name, testable)])
    return [*asked] or [first(testable, Sentence("the rulebook has no fact that a rule could test"))]


def _rows(rulebook: Rulebook, decision: str, columns: Sequence[str]) -> list[list[str]]:
    options = rulebook.decision[decision].options
    option = next(option.option for option in options if not option.combines)
    rest = [ANYTHING] * (len(columns) - 1)
    return [[cell, *rest, option] for cell in _cells(rulebook, columns[0])]


def _cells(rulebook: Rulebook, column: str) -> list[str]:
    """The cells that together leave nothing out: every value, or every stretch of a number between its cuts."""
    if column in rulebook.subjects:
        return list(rulebook.subjects[column].values)
    fact = rulebook.vocabulary.by_name[column]
    cuts = {cut for band in fact.bands for cut in band.cut_at}
    return [stretches_text(fact, [stretch]) for stretch in cells_between(cuts)]


def _head(rulebook: Rulebook, name: str, decision: str, columns: Sequence[str], language: str) -> list[str]:
    document = first(rulebook.documents, Sentence("the rulebook has no document that a rule could cite"))
    others = [name for name in _testable(rulebook, decision) if name not in columns]
    options = ", ".join(option.option for option in rulebook.decision[decision].options)
    return [
        "tables:",
        f"  - table: {name}",
        *text_lines("    title:", "todo_title", rulebook.languages),
        f"    # {options}",
        f"    decision: {decision}",
        *comment(phrase("about_hit", language), "    "),
        "    hit: one",
        *text_lines("    because:", "todo_because", rulebook.languages),
        "    source:",
        f"      document: {document.document}",
        f"      place: {quoted(phrase('todo_place', language))}",
        *comment(phrase("about_columns", language, names=", ".join(others)), "    "),
        *comment(phrase("about_cells", language), "    "),
    ]


def _listed(cells: Sequence[str]) -> str:
    return f"[{', '.join(cell if cell.replace('.', '').isidentifier() else quoted(cell) for cell in cells)}]"


def _csv(grid: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(grid)
    return text.getvalue()
