"""A sheet with one table that whytune never wrote -> a rulebook, with all that was guessed of it told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple, NoReturn

from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError, listing, short
from whytune.engine.words.catalogue import phrase

from ..crossing import Imported
from ..fresh_names import FreshNames, readable, snake
from ..yaml_text import Inline, InlineMap, yaml_text
from .applied import mistakes_at_cells
from .grid import CellGrid
from .guessed_columns import GuessedColumn, guessed
from .returned import Traced

_HITS = {**dict.fromkeys(("u", "unique", "a", "any", "one"), "one"), **dict.fromkeys(("f", "first"), "first")}
_REFUSED_HITS = frozenset({"p", "priority", "r", "rule order", "o", "output order", "c", "collect"})
_REASONS = frozenset({"because", "reason", "annotation", "comment", "note", "description", "理由", "备注", "说明"})
_NUMBERS = frozenset({"#", "no", "no.", "nr", "nr.", "row", "rule", "序号", "编号"})
_OUTCOMES = frozenset({"outcome", "result", "decision", "output", "then", "advice", "结果", "决策", "结论"})
_SOURCE = "spreadsheet"


class TableParts(NamedTuple):
    """Where the parts of a table stand in its sheet: rows and columns by position."""

    title: str
    hit: str | None
    head: int
    rows: tuple[int, ...]
    inputs: tuple[int, ...]
    outcome: int
    reasons: int | None


def rulebook_of_table(grids: Sequence[CellGrid], label: str, language: str) -> Imported:
    """The rulebook of the first sheet that holds something; raises WhytuneError: not-a-table, and its mistakes."""
    used = [grid for grid in grids if grid.filled]
    if not used:
        raise WhytuneError([Problem("not-a-table", Sentence("no sheet holds anything"), Span(label))])
    grid, *others = used
    table = _parts(grid)
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


def _parts(grid: CellGrid) -> TableParts:
    """Finds the table in its sheet; raises WhytuneError: not-a-table."""
    rows = grid.filled
    title, hit = "", None
    while rows:
        texts = [cell.strip() for cell in grid.rows[rows[0]] if cell.strip()]
        if texts[0].lower() in ("hit", "hit policy", "命中策略") and len(texts) == 2:
            hit = _hit(texts[1], grid, rows[0])
        elif len(texts) == 1 and len(rows) > 2 and not title:
            title = texts[0]
        else:
            break
        rows.pop(0)
    if len(rows) < 2:
        _refuse(Sentence("a table has a row of names and rows below it"), grid, rows[0] if rows else None)
    head, *below = rows
    return _columns(grid._replace(head=head), TableParts(title, hit, head, tuple(below), (), 0, None))


def _columns(grid: CellGrid, table: TableParts) -> TableParts:
    """Tells the columns apart: what is asked, the outcome, the reasons; a policy may stand at the first."""
    width = max(len(grid.rows[row]) for row in (table.head, *table.rows))
    names = {at: grid.cell(table.head, at).strip() for at in range(width)}
    hit, reasons, outcome = table.hit, None, None
    wanted: list[int] = []
    for at, name in names.items():
        is_used = any(grid.cell(row, at).strip() for row in table.rows)
        if not name and is_used:
            _refuse(Sentence("a column without a name"), grid, table.head, at)
        elif at == 0 and hit is None and _is_policy(name, [grid.cell(row, at) for row in table.rows]):
            hit = _hit(name, grid, table.head)
        elif name.lower().rstrip("s") in _REASONS and reasons is None:
            reasons = at
        elif name and name.lower() not in _NUMBERS:
            wanted.append(at)
            outcome = at if name.lower() in _OUTCOMES else outcome
    if len(wanted) < 2:
        _refuse(Sentence("a table asks about something and has an outcome: two columns at least"), grid, table.head)
    last = wanted[-1] if outcome is None else outcome
    inputs = tuple(at for at in wanted if at != last)
    return table._replace(hit=hit, reasons=reasons, outcome=last, inputs=inputs)


def _is_policy(name: str, cells: Sequence[str]) -> bool:
    """Is this the head of a column that only numbers the rows, below the hit policy in capitals?"""
    is_named = name.isupper() and (name.lower() in _HITS or name.lower() in _REFUSED_HITS)
    return is_named and all(not cell.strip() or cell.strip().isdecimal() for cell in cells)


def _hit(text: str, grid: CellGrid, row: int) -> str:
    if (hit := _HITS.get(text.strip().lower())) is None:
        message = Sentence("hit policy {policy} cannot be taken over", policy=short(text))
        hint = Sentence("write one of UNIQUE, ANY, FIRST")
        raise WhytuneError([Problem("not-a-table", message, grid.at(row), hint)])
    return hit


def _refuse(message: Sentence, grid: CellGrid, row: int | None, column: int | None = None) -> NoReturn:
    hint = Sentence("one table a sheet: names in its first row, below that a row for each rule, the outcome last")
    raise WhytuneError([Problem("not-a-table", message, grid.at(row, column), hint)])


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
            self.columns.append(guessed(self.names.new(text, "fact"), text, self._cells(at), language))
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
            yield _told(column.fact)
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
        first, *_ = self.options.values()  # stands where no outcome does, which is refused
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

    def _options(self) -> dict[str, str]:
        """The option for each text of the outcome; notes each row without one, raises WhytuneError if all are."""
        names, options = FreshNames(), dict[str, str]()
        for row in self.table.rows:
            text = readable(self.grid.cell(row, self.table.outcome))
            if text:
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


def _told(fact: dict[str, Any]) -> Sentence:
    """What a column is taken for."""
    name = fact["fact"]
    if fact["kind"] == "yes_no":
        return Sentence("`{name}` is taken for yes or no", name=name)
    if fact["kind"] == "choice":
        return Sentence("`{name}` is taken for one of {values}", name=name, values=listing(fact["values"]))
    if fact["kind"] == "number":
        return Sentence("`{name}` is taken for a number", name=name)
    return Sentence("`{name}` is taken for a whole number from 0", name=name)
