"""What a model says and a rulebook cannot: all reported at once, each at its place; or, in a partial import, noted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence

from .feel import Unsayable


class Spot(NamedTuple):
    """A place in a model, in words and as a span."""

    words: Sentence
    span: Span


@dataclass
class Refusals:
    """The problems so far, and the remarks on an import that succeeds."""

    partial: bool
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Sentence] = field(default_factory=list)

    def refuse(self, spot: Spot, unsayable: Unsayable) -> None:
        """Takes in what cannot be said, and where."""
        message = Sentence("{place}: {what}", place=spot.words, what=unsayable.what)
        if self.partial:
            self.remark(message)
        else:
            self.problems.append(Problem("unsayable", message, spot.span, unsayable.cure))

    def remark(self, remark: Sentence) -> None:
        if remark not in self.remarks:
            self.remarks.append(remark)

    def stop_if_any(self) -> None:
        """Raises WhytuneError with all problems so far."""
        if self.problems:
            raise WhytuneError(self.problems)


def in_table(table: str) -> Sentence:
    """A decision table, by its name."""
    return Sentence('table "{table}"', table=table)


def in_cell(table: str, row: int, column: str) -> Sentence:
    """A cell of a decision table, its row counted from 1."""
    return Sentence('table "{table}", row {row}, "{column}"', table=table, row=row, column=column)
