"""A table of tasks -> the same table with an answer in each row, part by part: one row is held at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .row_answers import Bulk, RowAnswer
from .row_formats import RowTable


class AnsweredTable:
    """A table with its answers, told in one language; counts its rows, and those that are `refused`, as they are read.

    `watch` hears how many rows are done. Raises WhytuneError where no column is a fact, or two are the same.
    """

    def __init__(
        self, answering: Bulk, read: RowTable, language: str, watch: Callable[[int], None] = lambda rows: None
    ) -> None:
        self.answering, self.read, self.language, self.watch = answering, read, language, watch
        self.rows = self.refused = 0
        if read.columns:
            answering.check_columns(read.columns)

    def parts(self) -> Iterator[bytes]:
        """The head of the table, then row after row; raises WhytuneError where what is read is no such table."""
        added = self.answering.columns
        yield self.read.head(added).encode()
        for row in self.read:
            if not self.read.columns:  # each row has keys of its own
                self.answering.check_apart(row.values)
            answer = RowAnswer({}, row.problems) if row.problems else self.answering.answer(row.values)
            columns = self.answering.columns_in(answer, self.language)
            yield self.read.line(row, columns, added).encode()
            self.rows += 1
            self.refused += bool(answer.problems)
            self.watch(self.rows)
