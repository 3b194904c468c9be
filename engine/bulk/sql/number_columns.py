"""Columns of numbers -> for each, an expression for the situation that a row is in.

Numbers of which one is never greater than another bound each other: what a row says about one leaves only some cells
for the other if the row leaves that out, and may contradict it if not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from ...language.intervals import Interval, PartlyKnown
from ...language.vocabulary import Fact, Vocabulary
from .dialects import Dialect
from .layers import SqlText, both, case, either, number, sql
from .number_texts import LARGEST, NumberColumn
from .situations import FactSituations

CaseWay = tuple[SqlText, SqlText]
"""A condition, and the value if it holds."""


class NumberColumns:
    """How the numbers of a vocabulary are read; `column_of` gives the column of a fact, None if there is none."""

    def __init__(self, vocabulary: Vocabulary, dialect: Dialect, column_of: Callable[[str], SqlText | None]) -> None:
        self._vocabulary, self._dialect, self._column_of = vocabulary, dialect, column_of

    def is_beyond(self, low: str, high: str) -> SqlText:
        """Is the first number greater than the second?"""
        return either(sql("{} > {}", *pair) for pair in zip(self._value(low), self._value(high), strict=False))

    def situation(self, situations: FactSituations) -> SqlText:
        """The number of the situation that a row is in."""
        fact = situations.domain.fact
        column, left_out = self._number(fact), self._left_out(situations)
        if column is None:
            return left_out
        own_cell = _own_cell(situations, column.value)
        wrong = number(situations.mistake("wrong-type"))
        at_once = [(column.is_null, left_out), (column.is_sound(fact.least, fact.greatest), own_cell)]
        return case(
            [
                *(at_once if self._dialect.tries else ()),
                (column.is_blank, left_out),
                (column.is_unknown, self._limited(situations)),
                *((mistake, wrong) for mistake in column.mistakes),
                *_outside(situations, column.value),
                *(self._not_whole(situations, column.value) if fact.kind == "whole_number" else ()),
            ],
            own_cell,
        )

    def _not_whole(self, situations: FactSituations, value: SqlText) -> Iterator[CaseWay]:
        for cell, beyond in ((0, f"< -{LARGEST}"), (len(situations.domain.cells) - 1, f"> {LARGEST}")):
            yield sql(f"{{}} {beyond}", value), number(situations.cells(frozenset((cell,))))
        rounded = sql(f"CAST({{}} AS {self._dialect.whole}) <> {{}}", value, value)
        yield rounded, number(situations.mistake("wrong-type"))

    def _left_out(self, situations: FactSituations) -> SqlText:
        """The situation of a row that leaves the number out."""
        lows, highs = self._bounds(situations)
        if not lows and not highs:
            return number(situations.nothing())
        limited = self._limited(situations)
        if situations.assumption is None:
            return limited
        fails = _is_excluded(situations.assumption, lows, highs)
        return case([(fails, limited)], _between(situations, situations.assumed_within, lows, highs))

    def _limited(self, situations: FactSituations) -> SqlText:
        """The situation of a row that says nothing about the number except its bounds."""
        lows, highs = self._bounds(situations)
        return _between(situations, situations.limited, lows, highs) if lows or highs else number(situations.unsaid)

    def _bounds(self, situations: FactSituations) -> tuple[list[SqlText], list[SqlText]]:
        """The numbers of the row that this one is not less than, and those that it is not greater than."""
        name = situations.domain.fact.fact
        lows = [value for low, high in self._vocabulary.orders if high == name for value in self._value(low)]
        highs = [value for low, high in self._vocabulary.orders if low == name for value in self._value(high)]
        return lows, highs

    def _number(self, fact: Fact) -> NumberColumn | None:
        column = self._column_of(fact.fact)
        return column and NumberColumn(column, self._dialect, whole=fact.kind == "whole_number")

    def _value(self, name: str) -> list[SqlText]:
        """The number that a row gives, NULL for what is not a number; nothing if it has no column."""
        column = self._number(self._vocabulary.by_name[name])
        return [] if column is None else [column.finite]


def _outside(situations: FactSituations, value: SqlText) -> Iterator[CaseWay]:
    fact = situations.domain.fact
    ends = [f"{{}} < {fact.least:f}"] if fact.least is not None else []
    ends += [f"{{}} > {fact.greatest:f}"] if fact.greatest is not None else []
    if ends:
        yield either(sql(end, value) for end in ends), number(situations.mistake("outside-range"))


def _own_cell(situations: FactSituations, value: SqlText) -> SqlText:
    """The name of the cell that this number is in."""
    cuts = situations.domain.cuts
    below = ((sql(f"{{}} < {cut:f}", value), number(situations.cells(frozenset((at,))))) for at, cut in enumerate(cuts))
    return case(below, number(situations.cells(frozenset((len(cuts),)))))


def _between(
    situations: FactSituations, named: Callable[[int, int], int], lows: list[SqlText], highs: list[SqlText]
) -> SqlText:
    """The names of the cells of the greatest of these lower bounds and the least of the upper ones."""
    cuts = situations.domain.cuts

    def up_from(low: int) -> SqlText:
        below = (
            (either(sql(f"{{}} < {cut:f}", high) for high in highs), number(named(low, cell)))
            for cell, cut in enumerate(cuts)
            if cell >= low
        )
        return case(below, number(named(low, len(cuts))))

    above = [
        (either(sql(f"{{}} >= {cut:f}", low) for low in lows), up_from(cell)) for cell, cut in enumerate(cuts, start=1)
    ]
    return case(reversed(above), up_from(0))


def _is_excluded(assumption: object, lows: list[SqlText], highs: list[SqlText]) -> SqlText:
    """Do these bounds exclude everything that is assumed?"""
    intervals = assumption.intervals if isinstance(assumption, PartlyKnown) else ()
    if isinstance(assumption, Decimal):
        intervals = (Interval(assumption, assumption),)
    return both(
        either(
            [
                *(sql(f"{{}} {'>' if low == high else '>='} {high:f}", bound) for bound in lows if high is not None),
                *(sql(f"{{}} < {low:f}", bound) for bound in highs if low is not None),
            ]
        )
        for low, high in intervals
    )
