"""A sheet with one table, not written by whytune -> a rulebook, with remarks on everything that was guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError, listing, short
from whytune.engine.words.catalogue import phrase

from ..crossing import Imported, check_rows
from ..fresh_names import FreshNames, readable, snake
from ..yaml_text import Inline, InlineMap, yaml_text
from .applied import mistakes_at_cells
from .cell_numbers import ANY
from .grid import CellGrid
from .guessed_columns import GuessedColumn, guessed
from .returned import Traced
from .table_place import TableParts, table_in

_SOURCE = "spreadsheet"


def rulebook_of_table(grids: Sequence[CellGrid], label: str, language: str) -> Imported:
    """The rulebook of the first sheet that holds something; raises WhytuneError: not-a-table, and its mistakes."""
    used = [grid for grid in grids if grid.filled and not grid.is_hidden]
    if not used:
        raise WhytuneError([Problem("not-a-table", Sentence("no sheet holds anything"), Span(label))])
    grid, *others = used
    table = table_in(grid)
    check_rows(len(table.rows), grid.at())
    made = _Guess(grid._replace(head=table.head), table, label, language)
    files = made.files()
    problems = [*made.problems, *mistakes_at_cells({n: text.encode() for n, text in files.items()}, made.traced())]
    if problems:
        raise WhytuneError(problems)
    remarks = list(made.remarks())
    if others:
        names = listing(other.name for other in others)
        remarks.append(Sentence("other sheets are left out: {names}", names=names))
    return Imported(files, tuple(remarks))


class _Guess:
    """What a table is taken for."""

    def __init__(self, grid: CellGrid, table: TableParts, label: str, language: str) -> None:
        self.grid, self.table, self.language = grid, table, language
        self.file = PurePath(label).name
        self.title = readable(table.title or PurePath(label).stem) or "rulebook"
        self.names = FreshNames()
        self.problems: list[Problem] = []
        self.columns: list[GuessedColumn] = []
        for at in table.inputs:
            text = self._head(at)
            column = guessed(self.names.new(text, "fact"), text, self._cells(at), language)
            self.columns.append(column)
            self.problems += [self._no_number(table.rows[row], at, what) for row, what in column.wrong.items()]
        self.outcome = self._head(table.outcome)
        self.decision = self.names.new(self.outcome, "decision")
        self.options = self._options()

    def files(self) -> dict[str, str]:
        say = self._say
        name = snake(self.title) or "rulebook"
        identity = {"name": name, "version": "0.1.0", "title": self.title, "languages": Inline([self.language])}
        document = {"document": _SOURCE, "title": self.file}
        facts = [self._written(column.fact) for column in self.columns]
        none, several = (
            {"advise": "refer", "because": say(key)} for key in ("guessed_none_fits", "guessed_rows_differ")
        )
        decision = {
            "decision": self.decision,
            "ask": phrase("guessed_ask", self.language, name=self.outcome),
            "options": [InlineMap({"option": option, "label": label}) for label, option in self.options.items()],
            "if_none_stands": none,
            "if_several_stand": several,
        }
        about = say("guessed_about")
        return {
            "rulebook.yaml": yaml_text(about, {"rulebook": identity, "documents": [document]}),
            "facts.yaml": yaml_text(about, {"facts": facts}),
            "decisions.yaml": yaml_text(about, {"decisions": [decision]}),
            "tables.yaml": yaml_text(about, {"tables": [self._table()]}),
        }

    def remarks(self) -> Iterator[Sentence]:
        """Each guess."""
        for column in self.columns:
            yield _told(column)
        for row in self.table.above:
            text = " | ".join(cell.strip() for cell in self.grid.rows[row] if cell.strip())
            yield Sentence("above the table, this is left out: `{text}`", text=short(text))
        yield Sentence("`{name}` is taken for the outcome", name=self.decision)
        if self.table.hit is None:
            yield Sentence("no hit policy: rows that hold together must agree; else write `hit: first`")

    def traced(self) -> list[Traced]:
        """Where the rows and cells of the rulebook's table came from."""
        positions = [*self.table.inputs, self.table.outcome]
        positions += [] if self.table.reasons is None else [self.table.reasons]
        traced = []
        for index, row in enumerate(self.table.rows):
            path = ("tables", 0, "rows", index)
            traced.append(Traced("tables.yaml", path, self.grid.at(row)))
            traced += (
                Traced("tables.yaml", (*path, place), self.grid.at(row, at)) for place, at in enumerate(positions)
            )
        return traced

    def _table(self) -> dict[str, Any]:
        reasons = [] if self.table.reasons is None else ["because"]
        cells = [column.cells for column in self.columns]
        first, *_ = self.options.values()  # for rows without an outcome, which are refused
        outcomes = [self.options.get(readable(text), first) for text in self._cells(self.table.outcome)]
        rows = [list(row) for row in zip(*cells, outcomes, strict=True)]
        if self.table.reasons is not None:
            for row, text in zip(rows, self._cells(self.table.reasons), strict=True):
                row.append(readable(text) or "-")
        return {
            "table": self.names.new("rows", "rows"),
            "title": self.title,
            "decision": self.decision,
            "hit": self.table.hit or "one",
            "because": self._say("guessed_says_so"),
            "source": InlineMap({"document": _SOURCE, "place": self.grid.name}),
            "columns": Inline([*(column.fact["fact"] for column in self.columns), "propose", *reasons]),
            "rows": [Inline(row) for row in rows],
        }

    def _no_number(self, row: int, at: int, message: Sentence) -> Problem:
        hint = Sentence(
            "write numbers without separators of thousands, `<= 10`, `10..50`, or days as 2026-03-31; one unit, or "
            "none; leave texts to a column of their own"
        )
        return Problem("not-a-table", message, self.grid.at(row, at), hint)

    def _options(self) -> dict[str, str]:
        """The option for each text of the outcome; notes each row without one, raises WhytuneError if none has one."""
        names, options = FreshNames(), dict[str, str]()
        for row in self.table.rows:
            text = readable(self.grid.cell(row, self.table.outcome))
            if text.lower() not in ANY:
                options.setdefault(text, "")
                options[text] = options[text] or names.new_value(text, "option")
            else:
                message, hint = Sentence("no outcome stands here"), Sentence("write what comes out, or delete the row")
                self.problems.append(Problem("not-a-table", message, self.grid.at(row, self.table.outcome), hint))
        if not options:
            raise WhytuneError(self.problems)
        return options

    @staticmethod
    def _written(fact: dict[str, Any]) -> dict[str, Any]:
        if "values" not in fact:
            return fact
        return {**fact, "values": Inline(fact["values"])}

    def _head(self, at: int) -> str:
        return readable(self.grid.cell(self.table.head, at))

    def _cells(self, at: int) -> list[str]:
        return [self.grid.cell(row, at) for row in self.table.rows]

    def _say(self, key: str) -> str:
        return phrase(key, self.language)


def _told(column: GuessedColumn) -> Sentence:
    """What a column is taken for."""
    fact = column.fact
    name = fact["fact"]
    if fact["kind"] == "yes_no":
        return Sentence("`{name}` is taken for yes or no", name=name)
    if fact["kind"] == "choice":
        return Sentence("`{name}` is taken for one of {values}", name=name, values=listing(fact["values"]))
    if column.are_days:
        return Sentence("`{fact}` is a day and is given as a number of days since 1970-01-01", fact=name)
    if unit := fact.get("unit"):
        return Sentence("`{name}` is taken for a number of {unit}", name=name, unit=unit)
    if fact["kind"] == "number":
        return Sentence("`{name}` is taken for a number", name=name)
    return Sentence("`{name}` is taken for a whole number from 0", name=name)
