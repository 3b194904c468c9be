"""A rulebook with the files of its cases, saved or not: what the checks find, and how the cases come out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from whytune.engine import Problem, WhytuneError
from whytune.engine.review.casebook import CheckedCase, every_case_of
from whytune.engine.review.casebook.reading import cases_in

from .rulebook import Rulebook, whole_speaker
from .verdicts import Checked, Tested, checked, run_cases


class BookAndCases(NamedTuple):
    """A rulebook, and the files of its cases by name; without any, the cases are those beside it."""

    book: Rulebook
    case_files: Mapping[str, bytes]

    def cases(self) -> tuple[CheckedCase, ...]:
        """Its cases; raises WhytuneError with every mistake in them."""
        if not self.case_files:
            return every_case_of(self.book.place, self.book.content)
        return cases_in(self.case_files, self.book.content)

    def misfits(self) -> tuple[Problem, ...]:
        """Every mistake in its cases."""
        try:
            self.cases()
        except WhytuneError as error:
            return error.problems
        return ()

    def check(self) -> Checked:
        """What is wrong with it, proved over all tasks; raises WhytuneError."""
        book = self.book
        return checked(book.content, book.place, book.asked_day, whole_speaker(book), every=self.cases())

    def test(self) -> Tested:
        """How its cases come out; raises WhytuneError."""
        book = self.book
        return run_cases(book.content, book.place, book.asked_day, whole_speaker(book), there=self.cases())
