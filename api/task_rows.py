"""Many tasks as a program has them -> the rows of facts in them, with a warning for a column that is misspelt."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from inspect import currentframe
from typing import Any

from whytune.engine import Problem, WhytuneError
from whytune.engine.bulk.row_answers import Bulk, no_facts
from whytune.engine.language.problems import Sentence, Span, did_you_mean, listing, short
from whytune.engine.words.catalogue import phrase, translated

from .frames import DataFrame, TaskRows, rows_of


def rows_among(rows: TaskRows, bulk: Bulk, language: str) -> Iterator[Mapping[str, Any]]:
    """The rows of a frame, or those of mappings, one by one.

    Warns of each column that gives no fact but may be meant to. Raises WhytuneError: wrong-type, at once for what holds
    no rows, and when it is met for what is no row; as `frames.rows_of` does.
    """
    if isinstance(rows, DataFrame):
        return _watched(rows_of(rows, bulk), bulk, language)
    if isinstance(rows, str | bytes | Mapping) or not isinstance(rows, Iterable):
        raise _no_rows(rows)
    return _watched(_checked(rows), bulk, language)


def _checked(rows: Iterable[Any]) -> Iterator[Mapping[str, Any]]:
    """The rows as mappings; raises WhytuneError, wrong-type, for one that does not say which fact each value is of."""
    for number, row in enumerate(rows):
        yield row_as_mapping(row, Span(f"rows[{number}]"))


def row_as_mapping(row: Any, place: Span | None = None) -> Mapping[str, Any]:
    """The values of a row by column; raises WhytuneError, wrong-type, if it does not say which fact each is of."""
    if not (hasattr(row, "keys") and hasattr(row, "__getitem__")):
        message = Sentence("a row names a fact for each value, which `{row}` does not", row=short(repr(row)))
        raise WhytuneError([Problem("wrong-type", message, place, Sentence('write it as {{"examples": 100}}'))])
    return row if isinstance(row, Mapping) else {column: row[column] for column in row.keys()}  # noqa: SIM118


def _watched(rows: Iterable[Mapping[str, Any]], bulk: Bulk, language: str) -> Iterator[Mapping[str, Any]]:
    """The rows, with a warning where a column first comes up that gives no fact but may be meant to."""
    known: set[str] = set()
    for row in rows:
        if not known.issuperset(row):
            new = [column for column in row if column not in known]
            known.update(new)
            _warn_of_idle(new, bulk, language)
        yield row
    _warn_at_the_end(bulk, language)


def _warn_at_the_end(bulk: Bulk, language: str) -> None:
    """Warns where no column gave a fact or was warned of, and where one that should give a fact never came up."""
    if not bulk.taken and bulk.passed_on and not any(bulk.idle(bulk.passed_on).values()):
        _warn(translated(no_facts(bulk.passed_on).in_python(), language))
    if bulk.absent:
        _warn(phrase("python_absent_column", language, columns=listing(bulk.absent)))


def _warn_of_idle(columns: Iterable[str], bulk: Bulk, language: str) -> None:
    for column in columns:
        meant = None if bulk.fact_of(column) else did_you_mean(str(column), bulk.vocabulary.by_name)
        if meant is not None:
            hint = translated(meant, language)
            text = phrase("python_idle_column", language, column=short(str(column)), hint=hint)
            _warn(text)


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=_level_outside())


def _level_outside() -> int:
    """The `stacklevel` with which a warning of the caller points at the line outside whytune that led to it."""
    frame, level = currentframe(), 0
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == __package__:
        frame, level = frame.f_back, level + 1
    return level


def _no_rows(rows: object) -> WhytuneError:
    """The error for what holds no rows: a file's name, one task alone, or a value."""
    if isinstance(rows, Mapping):
        hint = Sentence("one task is asked about by `case(...)`; to ask about many, put each into a list")
    else:
        hint = Sentence('read a file first: `csv.DictReader(open("tasks.csv", encoding="utf-8-sig"))`, or a frame')
    message = Sentence("`{rows}` holds no rows, each with its facts by name", rows=short(repr(rows)))
    return WhytuneError([Problem("wrong-type", message, None, hint)])
