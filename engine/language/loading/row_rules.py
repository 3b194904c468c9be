"""Tables -> rules: a row is a rule whose parts are placed at their cells, so that a mistake is told there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from ..csvfile import Records
from ..problems import Sentence, Span, did_you_mean
from ..rulebook import ALWAYS, Rule, RuleTable
from ..source import Items, Map, Node, Scalar, below, plain
from ..vocabulary import Subject
from .cells import AskingColumn, CellCondition, conditions, is_any, listed
from .draft import Draft, Located, report_duplicates
from .shape import locate

EFFECTS = ("propose", "rule_out", "caution")
OWN = ("id", "title", "because", "source", "example", "owner", "valid", "reviewed_on", "keep")
"""What a row may say about itself, each in a column of that name; `because.en` and `source.place` are parts of one."""
SHARED = ("because", "source", "owner", "valid", "reviewed_on")
"""What a table may say for all rows that do not say it themselves."""


class TableCells(NamedTuple):
    """The cells of a table: its columns, and its rows below them."""

    located: Located[RuleTable]
    table: RuleTable
    columns: tuple[Scalar, ...]
    rows: tuple[Items, ...]


RowConditions = dict[int, CellCondition]
"""The conditions of one row, by column position."""


def expand(draft: Draft, files: Mapping[str, Records], subjects: Mapping[str, Subject]) -> None:
    """Adds a rule for each row of each table, and a band for each column of numbers; reports what is wrong.

    `files` are the CSV files beside the rulebook by name, `subjects` what conditions may test.
    """
    for position, located in enumerate(draft.of(RuleTable)):
        if located.part is None or (grid := _grid(located, located.part, files, draft)) is None:
            continue
        written = {"columns": tuple(column.text for column in grid.columns), "rows": tuple(map(_texts, grid.rows))}
        draft.of(RuleTable)[position] = replace(located, part=located.part.model_copy(update=written))
        if _says_why(grid, draft):
            _add_rules(grid, subjects, draft)


def rows_named(file: Node) -> tuple[str, ...]:
    """The names of the CSV files that a file's tables take their rows from; a name cannot lead to another folder."""
    tables = file.get("tables") if isinstance(file, Map) else None
    items = tables.items if isinstance(tables, Items) else ()
    named = (item.get("rows_from") for item in items if isinstance(item, Map))
    return tuple(name.text for name in named if isinstance(name, Scalar) and "/" not in name.text and not name.blank)


def _texts(row: Items) -> tuple[object, ...]:
    values = (plain(cell) for cell in row.items)
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def _grid(
    located: Located[RuleTable], table: RuleTable, files: Mapping[str, Records], draft: Draft
) -> TableCells | None:
    """The cells of the table, from its own rows or the file that it names; None, and a problem, if there are none."""
    if table.rows_from is not None:
        if table.rows or table.columns:
            message = Sentence("`rows_from` stands instead of `columns` and `rows`")
            draft.report("misplaced-key", message, located.key("rows_from"), Sentence("drop one of the two"))
            return None
        if (records := files.get(table.rows_from)) is None:
            hint = did_you_mean(table.rows_from, files) or Sentence("put a .csv file of this name beside the rulebook")
            draft.report("missing-file", Sentence("no such file"), located.at("rows_from"), hint)
            return None
        columns, rows = records
    else:
        if not table.columns or not table.rows:
            message = Sentence("a table without `{key}`", key="rows" if table.columns else "columns")
            hint = Sentence("write `columns:` and `rows:`, or `rows_from: table.csv`")
            draft.report("missing-key", message, located.at("table"), hint)
            return None
        columns, listed = _list(located.node, "columns"), _list(located.node, "rows")
        rows = tuple(row for row in listed.items if isinstance(row, Items))
    grid = TableCells(located, table, tuple(cell for cell in columns.items if isinstance(cell, Scalar)), rows)
    return grid if _is_even(grid, draft) else None


def _list(node: Node, key: str) -> Items:
    listed = below(node, (key,))
    assert isinstance(listed, Items)
    return listed


def _is_even(grid: TableCells, draft: Draft) -> bool:
    """Does each row have a cell for each column, and each column a name? If not, reports it."""
    before = len(draft.problems)
    report_duplicates([(column.text, column.span) for column in grid.columns], draft)
    for column in grid.columns:
        if column.blank:
            draft.report("missing-key", Sentence("a column without a name"), column.span)
    for row in grid.rows:
        if len(row.items) != len(grid.columns):
            parts = {"cells": len(row.items), "columns": len(grid.columns)}
            message = Sentence("a row of {cells} cells below {columns} columns", **parts)
            draft.report("uneven-row", message, row.span, Sentence("`-` stands for anything"))
    return len(draft.problems) == before


def _says_why(grid: TableCells, draft: Draft) -> bool:
    """Does each row have what every rule needs, its own or the table's? If not, reports it once."""
    heads = {column.text.partition(".")[0] for column in grid.columns}
    wanted = (("because", "missing-text"), ("source", "missing-source"))
    missing = [(key, code) for key, code in wanted if key not in heads and not _has(grid.table, key)]
    for key, code in missing:
        hint = Sentence("say it for the table, or for each row in a column `{key}`", key=key)
        draft.report(code, Sentence("no `{key}`", key=key), grid.located.at(), hint)
    if not heads & {*EFFECTS, "conclude"}:
        message = Sentence("the table `{table}` does nothing", table=grid.table.table)
        hint = Sentence("add a column `propose`, `rule_out`, `caution` or `conclude`")
        draft.report("no-effect", message, grid.located.at("table"), hint)
        return False
    return not missing and _is_about_a_decision(grid, draft)


def _is_about_a_decision(grid: TableCells, draft: Draft) -> bool:
    """Does each column of options say which decision they belong to? If not, reports it."""
    bare = [column for column in grid.columns if column.text in EFFECTS and grid.table.decision is None]
    for column in bare:
        message = Sentence("the column `{column}` is about no decision", column=column.text)
        hint = Sentence("say `decision:` for the table, or name the column `{column}.DECISION`", column=column.text)
        draft.report("missing-key", message, column.span, hint)
    return not bare


def _has(table: RuleTable, key: str) -> bool:
    return bool(table.because if key == "because" else table.sources)


def _add_rules(grid: TableCells, subjects: Mapping[str, Subject], draft: Draft) -> None:
    asked: list[RowConditions] = [{} for _ in grid.rows]
    for index, column in enumerate(grid.columns):
        if _is_condition(column.text, subjects):
            asking = AskingColumn(column, grid.table)
            cells = [row.items[index] for row in grid.rows]
            for row, condition in zip(asked, conditions(asking, cells, subjects, draft), strict=True):
                row.update({index: condition} if condition else {})
    names = [_name(grid, index) for index in range(len(grid.rows))]
    context = {"languages": draft.languages, "as_kept": draft.as_kept, "is_row": True}
    extra = {"section": grid.table.section} if grid.table.section else {}
    for index in range(len(grid.rows)):
        above = [names[other] for other in range(index) if _can_meet(asked[other], asked[index])]
        node = _rule(grid, index, names[index], asked[index], above if grid.table.hit == "first" else [], draft)
        draft.of(Rule).append(locate(Rule, "id", node, context, draft, extra))


def _is_condition(column: str, subjects: Mapping[str, Subject]) -> bool:
    return column in subjects or column.partition(".")[0] not in {*EFFECTS, "conclude", *OWN}


def _name(grid: TableCells, index: int) -> Scalar:
    """The name that a row gives its rule, if it does."""
    own = next((cell for cell in _cells(grid, index, "id") if isinstance(cell, Scalar) and not is_any(cell)), None)
    return own or Scalar(f"{grid.table.table}.{index + 1}", False, grid.rows[index].span)


def _cells(grid: TableCells, index: int, column: str) -> Iterator[Node]:
    """The cell of a row in the column of this name, if there is one."""
    cells = zip(grid.columns, grid.rows[index].items, strict=True)
    return (cell for head, cell in cells if head.text == column)


def _can_meet(one: RowConditions, other: RowConditions) -> bool:
    """Can both rows hold at once, judging by their cells?"""
    return all(one[column].accepts & other[column].accepts for column in one.keys() & other.keys())


def _rule(
    grid: TableCells, index: int, name: Scalar, asked: RowConditions, yields_to: Iterable[Scalar], draft: Draft
) -> Map:
    """The rule of a row as its author could have written it."""
    row = grid.rows[index]
    entries: dict[str, Node] = {"id": name, "title": _title(grid, index, draft), **_shared(grid)}
    for column, cell in zip(grid.columns, row.items, strict=True):
        head, _, rest = column.text.partition(".")
        if head == "conclude" and not is_any(cell):
            entries[head] = cell
        elif head in EFFECTS and not is_any(cell):
            decision = rest or grid.table.decision or ""
            entries[head] = _with(entries.get(head), decision, listed(cell), column.span)
        elif head in OWN and not is_any(cell):
            entries[head] = _with(entries.get(head), rest, cell, column.span) if rest else cell
    entries["if"] = _premise(asked, row.span)
    if others := tuple(yields_to):
        entries["yields_to"] = Items(others, row.span)
    return Map(tuple((Scalar(key, False, row.span), node) for key, node in entries.items()), row.span)


def _title(grid: TableCells, index: int, draft: Draft) -> Map:
    table, span = grid.table, grid.rows[index].span
    titles = table.title or dict.fromkeys(draft.languages, table.table.replace("_", " "))
    return Map(
        tuple(
            (Scalar(language, False, span), Scalar(f"{title} ({index + 1})", False, span))
            for language, title in titles.items()
        ),
        span,
    )


def _shared(grid: TableCells) -> dict[str, Node]:
    node = grid.located.node
    return {key: value for key in SHARED if isinstance(node, Map) and (value := node.get(key)) is not None}


def _with(part: Node | None, key: str, value: Node, span: Span) -> Map:
    """The map with this entry in place of the one with its key."""
    entries = part.entries if isinstance(part, Map) else ()
    return Map((*(entry for entry in entries if entry[0].text != key), (Scalar(key, False, span), value)), value.span)


def _premise(asked: RowConditions, span: Span) -> Node:
    if not asked:
        return Scalar(ALWAYS, False, span)
    entries = (
        (
            condition.subject,
            Items(tuple(Scalar(name, False, condition.span) for name in condition.names), condition.span),
        )
        for condition in asked.values()
    )
    return Map(tuple(entries), span)
