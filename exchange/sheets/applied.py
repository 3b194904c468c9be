"""Edits of sheets -> the files of a rulebook with them, checked; mistakes are reported at their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from whytune.engine.language import source
from whytune.engine.language.csvfile import ENDING as ROWS
from whytune.engine.language.csvfile import decode_csv, delimiter_of
from whytune.engine.language.folders import has_ending
from whytune.engine.language.loading import loads
from whytune.engine.language.problems import Problem, Sentence, Span, WhytuneError
from whytune.engine.language.source import Items, KeyPath, Map, Node
from whytune.engine.review.casebook.reading import cases_in_file, checked_cases

from ..crossing import is_case, rulebook_part
from .csv_edits import arranged_records
from .csv_folder import safe
from .returned import FileEdits, SheetEdits, Traced
from .workbook import BETWEEN
from .yaml_edits import Plain, arranged, edited


def with_edits(files: Mapping[str, bytes], edits: SheetEdits) -> dict[str, bytes]:
    """The files with these edits; raises WhytuneError with every mistake in them, each at its cell.

    A file without an edit is as it was, byte for byte.
    """
    problems = list(edits.problems)
    new = dict(files)
    if not edits.files and not problems:
        return new
    for name, changes in edits.files.items():
        try:
            new[name] = _file(files[name].decode(), name, changes).encode()
        except ValueError:
            problems += _unfit(files[name].decode(), name, changes, edits.traced)
    problems += mistakes_at_cells(new, edits.traced)
    if problems:
        raise WhytuneError(problems)
    return new


def mistakes_at_cells(files: Mapping[str, bytes], traced: Sequence[Traced]) -> list[Problem]:
    """What is wrong with the rulebook in these files, or with its cases, each at the cell that it came from."""
    problems = _mistakes(files)
    wrong = {problem.span.source for problem in problems if problem.span} & files.keys()
    cells = {name: dict(_cells_by_span(files[name], name, traced)) for name in wrong}
    return [
        problem._replace(span=cells[span.source].get(span, span))
        if (span := problem.span) and span.source in cells
        else problem
        for problem in problems
    ]


def _file(text: str, name: str, changes: FileEdits) -> str:
    """One file with its changes; raises ValueError if the layout of its text does not allow them."""
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    if _holds_rows(name):
        return mark + _records(text, name, changes)
    text = edited(text, changes.values)
    for path, order in changes.orders.items():
        text = arranged(text, path, order)
    return mark + text


def _records(text: str, name: str, changes: FileEdits) -> str:
    """A CSV file with its changes."""
    of_sheets = is_case(name)
    escaped: Callable[[str], str] = safe if of_sheets else str
    records = decode_csv(text.encode(), name, of_sheets=of_sheets)
    rows = [[escaped(source.plain(cell) or "") for cell in row.items] for row in records.rows]
    for path, value in changes.values.items():
        row, column = path
        rows[int(row)][int(column)] = escaped(_as_cell(value))
    rewritten = {int(path[0]): rows[int(path[0])] for path in changes.values}
    order = changes.orders.get((), list(range(len(rows))))
    items = [item if isinstance(item, int) else tuple(map(str, item)) for item in order]
    return arranged_records(text, items, rewritten, delimiter_of(text) if of_sheets else ",")


def _as_cell(value: Plain | None) -> str:
    """A value in one cell: for a list its names, with bars between them."""
    return BETWEEN.join(map(str, value)) if isinstance(value, list) else str(value or "")


def _unfit(text: str, name: str, changes: FileEdits, traced: Iterable[Traced]) -> Iterator[Problem]:
    """The problems for those changes that the layout of a file does not allow."""
    cells = _cells_by_path(name, traced)
    single = [(path, FileEdits(values={path: value})) for path, value in changes.values.items()]
    single += [(path, FileEdits(orders={path: order})) for path, order in changes.orders.items()]
    for path, change in single:
        try:
            _file(text, name, change)
        except ValueError:
            yield _cannot(_nearest(cells, path) or Span(name))
    if not single:
        yield _cannot(Span(name))


def _cannot(span: Span) -> Problem:
    message = Sentence("the file is not laid out so that this can be changed in it")
    return Problem("unfit-sheet", message, span, Sentence("change it in YAML"))


def _mistakes(files: Mapping[str, bytes]) -> Sequence[Problem]:
    """What is wrong with the rulebook that these files hold, or with its cases."""
    try:
        rulebook = loads(rulebook_part(files))
    except WhytuneError as error:
        return error.problems
    problems: list[Problem] = []
    for name, data in files.items():
        if is_case(name):
            try:
                checked_cases(rulebook, cases_in_file(data, name))
            except WhytuneError as error:
                problems += error.problems
    return problems


def _holds_rows(name: str) -> bool:
    return has_ending(PurePath(name).name, (ROWS,))


def _cells_by_span(data: bytes, name: str, traced: Iterable[Traced]) -> Iterator[tuple[Span, Span]]:
    """For each place in a file, the cell, or else the row, that its content came from."""
    cells = _cells_by_path(name, traced)
    for path, span in _spans(_node(data, name)):
        if nearest := _nearest(cells, path):
            yield span, nearest


def _cells_by_path(name: str, traced: Iterable[Traced]) -> dict[KeyPath, Span]:
    return {one.path: one.span for one in traced if one.file == name}


def _node(data: bytes, name: str) -> Node:
    if _holds_rows(name):
        records = decode_csv(data, name)
        return Items(records.rows, records.span)
    return source.decode(data, name)


def _spans(node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Span]]:
    """The path to everything at and below a node, with its place and the place of its key."""
    yield path, node.span
    if isinstance(node, Map):
        for key, value in node.entries:
            yield (*path, key.text), key.span
            yield from _spans(value, (*path, key.text))
    elif isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from _spans(item, (*path, index))


def _nearest(cells: Mapping[KeyPath, Span], path: KeyPath) -> Span | None:
    """The place of the cell or row that is about this path, or about most of it."""
    ways = (path[:length] for length in range(len(path), -1, -1))
    return next((cells[way] for way in ways if way in cells), None)
