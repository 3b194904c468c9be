"""The answers to many tasks, one by one as they are asked for, and which columns of the rows gave a fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.language.problems import listing

from .frames import TaskRows
from .shown import Suggesting
from .task_rows import rows_among


class AnsweredRows(Suggesting, Iterator[dict[str, Any]]):
    """The answers to rows, each worked out when it is asked for; `taken` and `left_out` tell of the rows read so far.

    >>> import whytune
    >>> answers = whytune.load("guide").decide([{"prompt_enough": True, "how many": 3}])
    >>> answers
    <AnsweredRows: no column read yet>
    >>> [answer["advice"] for answer in answers]
    ['prompt']
    >>> answers
    <AnsweredRows: facts from prompt_enough; left out: how many>
    >>> answers.taken, answers.left_out
    ({'prompt_enough': 'prompt_enough'}, ('how many',))
    """

    def __init__(self, answers: Iterator[dict[str, Any]], bulk: Bulk) -> None:
        self._answers, self._bulk = answers, bulk

    def __next__(self) -> dict[str, Any]:
        return next(self._answers)

    @property
    def taken(self) -> Mapping[str, str]:
        """The columns that gave a fact, each with that fact, as `facts=` says it."""
        return self._bulk.taken

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns that gave no fact."""
        return self._bulk.passed_on

    def __repr__(self) -> str:
        if not self.taken and not self.left_out:
            return "<AnsweredRows: no column read yet>"
        facts = ", ".join(column if column == fact else f"{column} ({fact})" for column, fact in self.taken.items())
        left = f"; left out: {listing(map(str, self.left_out))}" if self.left_out else ""
        return f"<AnsweredRows: facts from {facts or 'no column'}{left}>"


def decided(bulk: Bulk, rows: TaskRows, language: str) -> AnsweredRows:
    """The answers to these rows; raises WhytuneError as `rows_among` does."""
    read = rows_among(rows, bulk, language)
    return AnsweredRows((bulk.columns_in(bulk.answer(row), language) for row in read), bulk)
