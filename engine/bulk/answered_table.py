"""A table of tasks -> the same table with an answer in each row, part by part, so that few rows are held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from ..advice.recommendation import Recommendation
from .row_answers import Bulk, RowAnswer
from .row_formats import RowTable, TableRow

TOGETHER = 1_000
"""How many rows are recorded together."""

Keep = Callable[[Sequence[tuple[int, Recommendation]]], Sequence[str]]
"""Keeps the recommendations for rows, each with its number; returns the id of every record."""


class AnsweredTable:
    """A table with its answers, in one language; counts its rows, and those that are `refused`, as they are read.

    `watch` is told how many rows are done; `keep` records the answers. Raises WhytuneError if no column is a fact, or
    two are the same fact.
    """

    def __init__(
        self,
        answering: Bulk,
        read: RowTable,
        language: str,
        watch: Callable[[int], None] = lambda rows: None,
        keep: Keep | None = None,
    ) -> None:
        self.answering, self.read, self.language, self.watch, self.keep = answering, read, language, watch, keep
        self.rows = self.refused = 0
        if read.columns:
            answering.check_columns(read.columns)

    def parts(self) -> Iterator[bytes]:
        """The head of the table, then row after row; raises WhytuneError if what is read is not such a table."""
        yield self.read.head(self.answering.columns).encode()
        for row, answer, record in answered(self.answering, self._apart(), self.keep):
            columns = self.answering.columns_in(answer, self.language, record)
            yield self.read.line(row, columns, self.answering.columns).encode()
            self.rows += 1
            self.refused += bool(answer.problems)
            self.watch(self.rows)

    def _apart(self) -> Iterator[TableRow]:
        """The rows; raises WhytuneError if one has a key that is the name of an answer."""
        for row in self.read:
            if not self.read.columns:  # each row has keys of its own
                self.answering.check_apart(row.values)
            yield row


def answered(
    answering: Bulk, rows: Iterable[TableRow], keep: Keep | None = None
) -> Iterator[tuple[TableRow, RowAnswer, str | None]]:
    """Each row with its answer, and the id of its record if it is kept and not refused."""
    if keep is None:
        yield from ((row, _answer(answering, row), None) for row in rows)
        return
    waiting = iter(rows)
    count = 0
    while batch := [(row, _answer(answering, row)) for row in islice(waiting, TOGETHER)]:
        fit = [at for at, (_, answer) in enumerate(batch) if not answer.problems]
        advised = [(count + at + 1, answering.recommendation(batch[at][0].values)) for at in fit]
        ids = dict(zip(fit, keep(advised) if advised else (), strict=True))
        yield from ((row, answer, ids.get(at)) for at, (row, answer) in enumerate(batch))
        count += len(batch)


def _answer(answering: Bulk, row: TableRow) -> RowAnswer:
    return RowAnswer({}, row.problems) if row.problems else answering.answer(row.values)
