"""CSV and JSON Lines -> rows, and back with their answers; a row is read when it is needed, and none is lost."""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import PurePath
from typing import IO, Any, NamedTuple

from ..language.csvfile import unreadable_record
from ..language.problems import Problem, Sentence, Span, WhytuneError, listing, short

PARQUET = "parquet"
FORMATS = ("csv", "jsonl", PARQUET)
"""The formats of tables, by the suffix of their files; `.tsv` is CSV, too. Parquet is not read row by row."""

_ENDINGS = {".csv": "csv", ".tsv": "csv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": PARQUET}
_DELIMITERS = ",;\t"

MAX_LINE = 2**20
"""The longest line, in characters; no row of facts needs as many."""


class TableRow(NamedTuple):
    """One row as it is written, with its values by column; or what is wrong with its form."""

    written: Any
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


class RowTable(ABC):
    """A table that is read row by row, and written row by row with its answers."""

    columns: tuple[str, ...] = ()
    """Its columns, if it names them before the rows."""

    @abstractmethod
    def __iter__(self) -> Iterator[TableRow]:
        """Its rows; raises WhytuneError if what is read is not such a table."""

    @abstractmethod
    def head(self, added: Sequence[str]) -> str:
        """What comes before the rows, with these columns added."""

    @abstractmethod
    def line(self, row: TableRow, answers: Mapping[str, Any], added: Sequence[str]) -> str:
        """A row with its answers."""


def format_by_ending(name: str) -> str | None:
    """The format of a file by its suffix; None if it names none."""
    return _ENDINGS.get(PurePath(name).suffix.lower())


def format_of(name: str) -> str:
    """The format of a file by its suffix; raises WhytuneError: unknown-format."""
    format_ = format_by_ending(name)
    if format_ is None:
        message = Sentence("`{file}` is not a table that whytune reads", file=short(name))
        hint = Sentence("it reads .csv, .tsv, .xlsx, .jsonl and .parquet; --format says which where a name does not")
        raise WhytuneError([Problem("unknown-format", message, None, hint)])
    return format_


def table(stream: IO[bytes], label: str, format_: str) -> RowTable:
    """The table in this stream, CSV or JSON Lines; raises WhytuneError if it has no columns."""
    lines = _lines(stream, label)
    return Delimited(lines, label) if format_ == "csv" else JsonLines(lines, label)


def _lines(stream: IO[bytes], label: str) -> Iterator[str]:
    """The lines of a text in UTF-8, with their ends; raises WhytuneError: not-utf8, too-large."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(MAX_LINE)
        except UnicodeDecodeError:
            hint = Sentence("save the file as UTF-8")
            raise WhytuneError([Problem("not-utf8", Sentence("not UTF-8 text"), Span(label, number), hint)]) from None
        if not line:
            return
        if len(line) == MAX_LINE:
            message = Sentence("a line of more than {most:,} letters", most=MAX_LINE)
            raise WhytuneError([Problem("too-large", message, Span(label, number))])
        yield line


class Delimited(RowTable):
    """CSV, with the delimiter that is most frequent in its first line: comma, semicolon or tab."""

    def __init__(self, lines: Iterator[str], label: str) -> None:
        self.label = label
        first = next(lines, "")
        self._delimiter = max(_DELIMITERS, key=first.count)
        self._end = "\r\n" if first.endswith("\r\n") else "\n"
        self._reader = csv.reader(_with(first, lines), delimiter=self._delimiter, strict=True)
        self.columns = tuple(name.strip() for name in self._next() or ())
        if not any(self.columns):
            raise WhytuneError([Problem("empty-file", Sentence("a table without columns"), Span(label, 1))])
        for name in self.columns:
            if name and self.columns.count(name) > 1:
                message = Sentence("two columns are called `{name}`", name=short(name))
                raise WhytuneError([Problem("duplicate-key", message, Span(label, 1))])

    def __iter__(self) -> Iterator[TableRow]:
        while (cells := self._next()) is not None:
            if not cells:  # an empty line
                continue
            problems = () if len(cells) == len(self.columns) else (self._unfit(cells),)
            yield TableRow(cells, dict(zip(self.columns, cells, strict=False)), problems)

    def head(self, added: Sequence[str]) -> str:
        return self._written([*self.columns, *added])

    def line(self, row: TableRow, answers: Mapping[str, Any], added: Sequence[str]) -> str:
        cells = [*row.written[: len(self.columns)], *[""] * (len(self.columns) - len(row.written))]
        return self._written([*cells, *(_as_text(answers.get(column)) for column in added)])

    def _next(self) -> list[str] | None:
        try:
            return next(self._reader, None)
        except csv.Error as error:
            raise unreadable_record(Span(self.label, self._reader.line_num), error) from None

    def _unfit(self, cells: list[str]) -> Problem:
        counts = {"count": len(cells), "columns": len(self.columns)}
        message = Sentence("{count} values for {columns} columns", **counts)
        if rest := cells[len(self.columns) :]:
            message = Sentence("{message}; beyond them: {rest}", message=message, rest=listing(rest))
        return Problem("wrong-type", message, Span(self.label, self._reader.line_num))

    def _written(self, cells: Sequence[str]) -> str:
        text = io.StringIO()
        csv.writer(text, delimiter=self._delimiter, lineterminator=self._end).writerow(cells)
        return text.getvalue()


class JsonLines(RowTable):
    """One JSON object per line; what is in it is written back as it was."""

    def __init__(self, lines: Iterator[str], label: str) -> None:
        self.label = label
        self._lines = lines

    def __iter__(self) -> Iterator[TableRow]:
        for number, line in enumerate(self._lines, start=1):
            if line.strip():
                yield self._row(line.strip(), Span(self.label, number))

    def head(self, added: Sequence[str]) -> str:
        return ""

    def line(self, row: TableRow, answers: Mapping[str, Any], added: Sequence[str]) -> str:
        answered = json.dumps({column: answers.get(column) for column in added}, ensure_ascii=False)
        if not row.written.startswith("{"):
            return f'{{"row": {row.written}, {answered[1:]}\n'
        return f"{row.written[:-1].rstrip()}{', ' if row.values else ''}{answered[1:]}\n"

    def _row(self, line: str, span: Span) -> TableRow:
        try:
            row = json.loads(line, parse_float=Decimal, parse_constant=_refuse, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            reason = error.args[0] if isinstance(error, _Twice) else Sentence("not JSON")
            return TableRow(json.dumps(line, ensure_ascii=False), {}, (Problem("wrong-type", reason, span),))
        if not isinstance(row, dict):
            return TableRow(line, {}, (Problem("wrong-type", Sentence("not a JSON object"), span),))
        return TableRow(line, row)


class _Twice(ValueError):
    """A key appears twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) < len(pairs):
        twice = next(key for key in entries if [name for name, _ in pairs].count(key) > 1)
        raise _Twice(Sentence("`{key}` appears twice", key=short(twice)))
    return entries


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _with(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others


def _as_text(cell: Any) -> str:
    if cell is None:
        return ""
    return cell if isinstance(cell, str) else "|".join(cell)
