"""Everything that a row can say about one fact, numbered: each situation with the cells that the fact may then be in.

A row gives a value, nothing, `unknown`, or a mistake; what it says about other numbers may bound one that it leaves
out. However many numbers there are, they are in finitely many situations.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from ...language.value import UNKNOWN, Value, assumed, read_value
from ...language.vocabulary import Domain
from .layers import FALSE, TRUE, SqlText, among, case

CellSet = frozenset[int]


class Situation(NamedTuple):
    """The cells that a row leaves for a fact, and those left while the assumption holds; None is all.

    `stated` says that the row gives the fact, `mistake` is the code of what is wrong.
    """

    given: CellSet | None
    assumed: CellSet | None
    stated: bool = False
    mistake: str | None = None


class FactSituations:
    """The situations of one fact; without `assume`, nothing is assumed about it.

    A fact that no condition tests says no more than whether it is given, and that only if it may not apply.
    """

    def __init__(self, domain: Domain, assume: bool, *, is_tested: bool = True) -> None:
        self.domain = domain
        self._is_tested = is_tested
        self.assumption: Value | None = assumed(domain.fact) if assume else None
        self.all: list[Situation] = []
        self.unsaid = self._numbered(Situation(None, None))

    def _numbered(self, situation: Situation) -> int:
        if not self._is_tested:
            stated = situation.stated and bool(self.domain.fact.only_if)
            situation = Situation(None, None, stated or situation.mistake is not None, situation.mistake)
        if situation not in self.all:
            self.all.append(situation)
        return self.all.index(situation)

    def saying(self, word: str) -> int:
        """The number of the situation in which the row gives this value or group."""
        value = read_value(self.domain.fact, word)
        return self.unsaid if value == UNKNOWN else self.cells(self.domain.cells_of(value))

    def cells(self, cells: CellSet) -> int:
        """The number of the situation in which what the row says leaves these cells."""
        return self._numbered(Situation(cells, cells, stated=True))

    def nothing(self) -> int:
        """The number of the situation in which the row leaves the fact out."""
        value = self.assumption
        return self.unsaid if value is None else self._numbered(Situation(None, self.domain.cells_of(value)))

    def mistake(self, code: str) -> int:
        """The number of the situation in which what the row says is wrong."""
        return self._numbered(Situation(None, None, stated=True, mistake=code))

    def limited(self, low: int, high: int) -> int:
        """The number of the situation in which the row leaves the number out, and others leave it these cells."""
        cells = self._left(low, high)
        return self.unsaid if cells is None else self._numbered(Situation(cells, cells))

    def assumed_within(self, low: int, high: int) -> int:
        """The number of the situation in which the row leaves the number out and its assumption fits these cells."""
        if self.assumption is None:
            return self.unsaid
        cells = self.domain.cells_of(self.assumption) & frozenset(range(low, high + 1))
        return self._numbered(Situation(self._left(low, high), cells)) if cells else self.unsaid

    def _left(self, low: int, high: int) -> CellSet | None:
        """These cells, if they leave out any in which the number can lie."""
        cells = frozenset(range(low, high + 1))
        return None if cells >= self._in_range else cells

    @property
    def _in_range(self) -> CellSet:
        """The cells in which a number within the range of the fact can lie."""
        return self.domain.cells_within(self.domain.fact.whole)

    # what conditions and diagrams ask the column that holds the number

    def may_be(self, column: SqlText, cells: Collection[int], *, as_assumed: bool) -> SqlText:
        """May the fact be in one of these cells?"""

        def meets(situation: Situation) -> bool:
            place = situation.assumed if as_assumed else situation.given
            return place is None or not place.isdisjoint(cells)

        return self.being(column, meets)

    def test(self, column: SqlText, subject: str, accepts: frozenset[str]) -> SqlText:
        """Does the subject, which rests on this fact, have one of these values? NULL if that is not known."""
        holds = self.being(column, lambda situation: self._values(situation, subject, accepts) <= accepts)
        return case([(holds, TRUE), (self.fails(column, subject, accepts), FALSE)])

    def fails(self, column: SqlText, subject: str, accepts: frozenset[str]) -> SqlText:
        """Is it known that the subject has none of these values?"""
        return self.being(column, lambda situation: accepts.isdisjoint(self._values(situation, subject, accepts)))

    def _values(self, situation: Situation, subject: str, accepts: frozenset[str]) -> frozenset[str]:
        """The values that the subject may have; if nothing is known, one that is accepted and one that is not."""
        if situation.assumed is None:
            return frozenset(("", next(iter(accepts))))
        return frozenset(self.domain.subjects[subject][cell] for cell in situation.assumed)

    @property
    def mistakes(self) -> dict[int, str]:
        """The code of each mistake, by its number."""
        return {index: situation.mistake for index, situation in enumerate(self.all) if situation.mistake}

    def being(self, column: SqlText, holds: Callable[[Situation], bool]) -> SqlText:
        """Is the row in a situation that meets this?"""
        numbers = [index for index, situation in enumerate(self.all) if holds(situation)]
        return TRUE if len(numbers) == len(self.all) else among(column, numbers)
