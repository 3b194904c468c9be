"""A sheet that anybody wrote -> where its one table is: what is above it, its heads, its columns and its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, NoReturn

from whytune.engine.language.problems import Problem, Sentence, WhytuneError, short

from ..fresh_names import readable
from .grid import CellGrid

_HITS = {**dict.fromkeys(("u", "unique", "a", "any", "one"), "one"), **dict.fromkeys(("f", "first"), "first")}
_REFUSED_HITS = frozenset({"p", "priority", "r", "rule order", "o", "output order", "c", "collect"})
_POLICIES = frozenset({"hit", "hit policy", "命中策略"})
_REASONS = frozenset(
    {
        *("because", "reason", "annotation", "comment", "note", "description", "理由", "备注", "说明"),
        *("begründung", "grund", "kommentar", "bemerkung", "raison", "motif", "commentaire", "motivo", "comentario"),
    }
)
_NUMBERS = frozenset({"#", "no", "no.", "nr", "nr.", "nº", "n°", "row", "rule", "rule no.", "序号", "编号"})
_OUTCOMES = frozenset(
    {
        *("outcome", "result", "decision", "output", "then", "advice", "结果", "决策", "结论"),
        *("ergebnis", "entscheidung", "dann", "résultat", "décision", "resultado", "decisión"),
    }
)


MAX_ABOVE = 50
"""The most rows of notes and heads of groups above a table."""


class TableParts(NamedTuple):
    """Where the parts of a table are in its sheet: rows and columns by position; `above` are rows left out."""

    title: str
    hit: str | None
    head: int
    rows: tuple[int, ...]
    inputs: tuple[int, ...]
    outcome: int
    reasons: int | None
    above: tuple[int, ...] = ()


def table_in(grid: CellGrid) -> TableParts:
    """Finds the table in its sheet; raises WhytuneError: not-a-table."""
    rows = grid.filled
    title, hit = "", None
    above: list[int] = []
    while rows:
        texts = [cell.strip() for cell in grid.rows[rows[0]] if cell.strip()]
        if texts[0].lower().rstrip(":") in _POLICIES and len(texts) == 2:
            hit = _hit(texts[1], grid, rows[0])
        elif len(texts) == 1 and len(rows) > 2 and not title:
            title = texts[0]
        elif len(rows) > 2 and len(above) < MAX_ABOVE and _stands_above(grid, rows):
            above.append(rows[0])
        else:
            break
        rows.pop(0)
    if len(rows) < 2:
        refuse(Sentence("a table has a row of names and rows below it"), grid, rows[0] if rows else None)
    head, *below = rows
    parts = TableParts(title, hit, head, tuple(below), (), 0, None, tuple(above))
    return _columns(grid._replace(head=head), parts)


def _stands_above(grid: CellGrid, rows: Sequence[int]) -> bool:
    """Is the first of these rows not the row of names, but a note or the heads of groups of columns?

    If so, it names few of the columns that are used below it, and the next row with more texts names them all.
    """
    names = [at for at, cell in enumerate(grid.rows[rows[0]]) if cell.strip()]
    wider = (row for row in rows[1:] if sum(map(bool, map(str.strip, grid.rows[row]))) > len(names))
    head = next(wider, None)
    if head is None:
        return False
    used = {at for row in rows[1:] if row >= head for at, cell in enumerate(grid.rows[row]) if cell.strip()}
    named = {at for at, cell in enumerate(grid.rows[head]) if cell.strip()}
    return used <= named and (len(names) == 1 or 2 * len(names) <= len(named))


def _columns(grid: CellGrid, table: TableParts) -> TableParts:
    """Tells the columns apart: what is asked, the outcome, the reasons; a hit policy may be in the first."""
    width = max(len(grid.rows[row]) for row in (table.head, *table.rows))
    names = {at: readable(grid.cell(table.head, at)) for at in range(width)}
    hit, reasons, outcome = table.hit, None, None
    wanted: list[int] = []
    for at, name in names.items():
        is_used = any(grid.cell(row, at).strip() for row in table.rows)
        if not name and is_used:
            refuse(Sentence("a column without a name"), grid, table.head, at)
        elif at == 0 and hit is None and _is_policy(name, [grid.cell(row, at) for row in table.rows]):
            hit = _hit(name, grid, table.head)
        elif name.lower().rstrip("s") in _REASONS and reasons is None:
            reasons = at
        elif name and name.lower() not in _NUMBERS:
            wanted.append(at)
            outcome = at if name.lower() in _OUTCOMES else outcome
    if len(wanted) < 2:
        refuse(Sentence("a table asks about something and has an outcome: two columns at least"), grid, table.head)
    _refuse_another_table(grid, table, names, wanted)
    last = wanted[-1] if outcome is None else outcome
    inputs = tuple(at for at in wanted if at != last)
    return table._replace(hit=hit, reasons=reasons, outcome=last, inputs=inputs)


def _refuse_another_table(grid: CellGrid, table: TableParts, names: Mapping[int, str], wanted: Sequence[int]) -> None:
    """Raises WhytuneError if names of columns occur twice, or once more below the table."""
    at_first: dict[str, int] = {}
    for at in wanted:
        if at_first.setdefault(names[at].casefold(), at) != at:
            message = Sentence("two columns are called `{name}`", name=short(names[at]))
            hint = Sentence("put both conditions into one column, give each a name, or each table a sheet of its own")
            raise WhytuneError([Problem("not-a-table", message, grid.at(table.head, at), hint)])
    for before, row in zip((table.head, *table.rows), table.rows, strict=False):
        if row - before > 1 and all(readable(grid.cell(row, at)) == names[at] for at in wanted):
            refuse(Sentence("another table begins here"), grid, row)


def _is_policy(name: str, cells: Sequence[str]) -> bool:
    """Is this the head of a column that only numbers the rows: a hit policy in capitals?"""
    is_named = name.isupper() and (name.lower() in _HITS or name.lower() in _REFUSED_HITS)
    return is_named and all(not cell.strip() or cell.strip().isdecimal() for cell in cells)


def _hit(text: str, grid: CellGrid, row: int) -> str:
    if (hit := _HITS.get(text.strip().lower())) is None:
        message = Sentence("hit policy {policy} cannot be taken over", policy=short(text))
        hint = Sentence("write one of UNIQUE, ANY, FIRST")
        raise WhytuneError([Problem("not-a-table", message, grid.at(row), hint)])
    return hit


def refuse(message: Sentence, grid: CellGrid, row: int | None, column: int | None = None) -> NoReturn:
    """Raises WhytuneError for a sheet that is not one table, at a place of it."""
    hint = Sentence("one table a sheet: names in its first row, below that a row for each rule, the outcome last")
    raise WhytuneError([Problem("not-a-table", message, grid.at(row, column), hint)])
