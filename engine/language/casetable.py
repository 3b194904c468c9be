"""A table of cases, one a row -> its cases as written.

The columns are those of the sheet `cases` of a workbook: `case`, `as_of`, `given.FACT`, `expect.DECISION`, `expect.KEY`
for what else a case file has below `expect`, and `file`. A column of any other name gives the fact of that name, as in
a table of tasks. Of several rows that name one `file` the first says what the others share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from .casefile import WrittenCase, read_cases
from .csvfile import decode_csv
from .problems import Problem, Sentence, WhytuneError, short
from .source import CellNames, Items, KeyPath, Map, Node, Scalar, parse

BETWEEN = "|"
"""Stands between several names in one cell."""

NAMES_STAND_WITHIN = 5
"""The names of columns stand in one of so many first rows."""

FILE = "file"
"""The column of the file that a case is of."""
_ALONE = ("case", "as_of")
_PARTS = ("given", "expect")

_YAML = ("{", "[{", "[]")
"""How a cell begins that says what a case file would say in braces."""

CellRow = Sequence[Scalar]


def decode_case_table(data: bytes, label: str, name: str | None = None) -> tuple[WrittenCase, ...]:
    """The cases of a CSV file, each called after it; raises WhytuneError as `decode_csv` and `cases_of_rows` do."""
    rows = decode_csv(data, label, of_sheets=True).cells
    names = [cell.text for cell in rows[head_of(rows)]]
    return cases_of_rows([_by_column(row, names) for row in rows], name or PurePath(label).stem)


def cases_of_rows(rows: Sequence[CellRow], name: str) -> tuple[WrittenCase, ...]:
    """The cases of these rows, of which some say something; each is called after the file that it names, or the table.

    Raises WhytuneError: duplicate-key, for columns that say the same; empty-file; and all that `read_cases` raises.
    """
    head = head_of(rows)
    columns = rows[head]
    problems = list(_columns_twice(columns))
    cases: list[WrittenCase] = []
    for file, group in _by_file(columns, rows[head + 1 :]):
        try:
            called = PurePath(file).with_suffix("").as_posix() if file else name
            cases += read_cases(_file(columns, group, problems, has_shared=bool(file)), called)
        except WhytuneError as error:
            problems += error.problems
    if not (cases or problems):
        message = Sentence("no row stands below the names of the columns")
        hint = Sentence("write a case in each row: what is given, and what should come out")
        problems.append(Problem("empty-file", message, columns[0].span._replace(column=None, field=None), hint))
    if problems:
        raise WhytuneError(list(dict.fromkeys(problems)))
    return tuple(cases)


def head_of(rows: Sequence[CellRow]) -> int:
    """Which row names the columns: of the first ones that with the most names of this kind."""
    counts = [sum(_is_named(cell.text) for cell in row) for row in rows[:NAMES_STAND_WITHIN]]
    return max(range(len(counts)), key=counts.__getitem__, default=0)


def path_of(column: str) -> KeyPath:
    """Where a case file has what stands in the column of this name."""
    head, dot, rest = column.partition(".")
    if column in _ALONE:
        return (column,)
    return (head, rest) if dot and head in _PARTS else ("given", column)


def _by_column(row: CellRow, names: Sequence[str]) -> list[Scalar]:
    """The row with each cell placed by the name of its column, for which the first record may have other words."""
    fields = [names[at] if at < len(names) else None for at in range(len(row))]
    return [cell._replace(span=cell.span._replace(field=field)) for cell, field in zip(row, fields, strict=True)]


def _is_named(column: str) -> bool:
    head, dot, _ = column.partition(".")
    return column in (*_ALONE, FILE) or (bool(dot) and head in _PARTS)


def _columns_twice(columns: CellRow) -> Iterator[Problem]:
    """Each column that says the same as one before it."""
    paths: set[KeyPath] = set()
    for cell in columns:
        path = path_of(cell.text)
        if not cell.blank and path in paths:
            message = Sentence("the column `{name}` {how}", name=short(cell.text), how=Sentence("appears twice"))
            yield Problem("duplicate-key", message, cell.span, Sentence("keep one of the two"))
        paths.add(path)


def _by_file(columns: CellRow, rows: Iterable[CellRow]) -> Iterable[tuple[str, list[CellRow]]]:
    """The rows that say something, by the file that they name; "" for those that name none."""
    at = next((index for index, cell in enumerate(columns) if cell.text == FILE), None)
    groups: dict[str, list[CellRow]] = {}
    for row in rows:
        if any(not cell.blank for cell in row):
            groups.setdefault(row[at].text if at is not None and at < len(row) else "", []).append(row)
    return groups.items()


def _file(columns: CellRow, rows: Sequence[CellRow], problems: list[Problem], has_shared: bool) -> Map:
    """What a case file with these rows would say; notes what is wrong in cells."""
    first, *others = [_case(columns, row, problems) for row in rows]
    if not others:
        return first
    shared, cases = (first.entries, others) if has_shared else ((), [first, *others])
    span = cases[0].span
    return Map((*shared, (Scalar("cases", False, span), Items(tuple(cases), span))), first.span)


def _case(columns: CellRow, row: CellRow, problems: list[Problem]) -> Map:
    """The case that one row says."""
    span = row[0].span._replace(column=None, field=None)
    parts: dict[str, list[tuple[Scalar, Node]]] = {"given": []}
    alone: list[tuple[Scalar, Node]] = []
    if stray := next((cell for cell in row[len(columns) :] if not cell.blank), None):
        message = Sentence("a row of {cells} cells below {columns} columns", cells=len(row), columns=len(columns))
        problems.append(Problem("uneven-row", message, stray.span))
    for column, cell in zip(columns, row, strict=False):
        if cell.blank or column.text == FILE:
            continue
        if column.blank:
            problems.append(Problem("uneven-row", Sentence("a column without a name"), cell.span))
            continue
        head, *rest = path_of(column.text)
        if not rest:
            alone.append((column, cell))
        else:
            key = column._replace(text=str(rest[0]))
            parts.setdefault(str(head), []).append((key, _node(cell, problems)))
    below = [(Scalar(name, False, span), Map(tuple(entries), span)) for name, entries in parts.items()]
    return Map((*alone, *below), span)


def _node(cell: Scalar, problems: list[Problem]) -> Node:
    """What a cell says: a text, names with bars between them, or what a case file would have in braces."""
    if cell.text.startswith(_YAML):
        try:
            return _at(parse(cell.text, cell.span.source), cell)
        except WhytuneError as error:
            problems += [problem._replace(span=cell.span) for problem in error.problems]
    if BETWEEN in cell.text:
        names = [name.strip() for name in cell.text.split(BETWEEN)]
        return CellNames(tuple(Scalar(name, not name, cell.span) for name in names), cell.span)
    return cell


def _at(node: Node, cell: Scalar) -> Node:
    """The node as standing in this cell."""
    if isinstance(node, Map):
        return Map(tuple((key._replace(span=cell.span), _at(value, cell)) for key, value in node.entries), cell.span)
    if isinstance(node, Items):
        return Items(tuple(_at(item, cell) for item in node.items), cell.span)
    return node._replace(span=cell.span)
