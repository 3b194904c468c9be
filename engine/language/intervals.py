"""Stretches of a number line, partial knowledge of a fact, and what is not among the values of an open list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class Interval(NamedTuple):
    """The numbers from `low` up to, but not including, `high`; None is unbounded."""

    low: Decimal | None
    high: Decimal | None

    @property
    def is_empty(self) -> bool:
        return self.low is not None and self.high is not None and self.low >= self.high

    def holds(self, number: Decimal) -> bool:
        return (self.low is None or self.low <= number) and (self.high is None or number < self.high)

    def common(self, other: Interval) -> Interval:
        """The numbers in both; if there are none, its low end is not below its high end."""
        lows = [bound for bound in (self.low, other.low) if bound is not None]
        highs = [bound for bound in (self.high, other.high) if bound is not None]
        return Interval(max(lows, default=None), min(highs, default=None))

    def meets(self, other: Interval) -> bool:
        """Is there a number in both?"""
        return not self.common(other).is_empty

    def begins_before(self, other: Interval) -> bool:
        """Is there a number in it that is not greater than some number of the other?"""
        return self.low is None or other.high is None or self.low < other.high


ANYTHING = Interval(None, None)
"""All numbers."""


@dataclass(frozen=True, slots=True)
class PartlyKnown:
    """Partial knowledge of a fact: some of its values, or a number's intervals; `text` is how a case writes it."""

    text: str
    values: frozenset[str] = frozenset()
    intervals: tuple[Interval, ...] = ()

    def __str__(self) -> str:
        return self.text

    def holds(self, value: str | Decimal) -> bool:
        if isinstance(value, Decimal):
            return any(interval.holds(value) for interval in self.intervals)
        return value in self.values


OTHER = "other"
"""The value of an open list that stands for all that it does not name."""


@dataclass(frozen=True, slots=True)
class OtherText:
    """The value `other` of an open list, and the words in which a case says what it is."""

    text: str

    def __str__(self) -> str:
        return f"{OTHER}: {self.text}"


def cells_between(cuts: Iterable[Decimal]) -> tuple[Interval, ...]:
    """The intervals into which these cuts divide the number line."""
    ordered = sorted(cuts)
    return tuple(Interval(low, high) for low, high in zip((None, *ordered), (*ordered, None), strict=True))


def joined_intervals(cells: Iterable[Interval]) -> list[Interval]:
    """The intervals in order, each joined to those that begin in it or where it ends."""
    joined: list[Interval] = []
    for cell in sorted(cells, key=lambda cell: (cell.low is not None, cell.low or 0)):
        last = joined[-1] if joined else None
        if last is None or (last.high is not None and cell.low is not None and last.high < cell.low):
            joined.append(cell)
        else:
            ends = (last.high, cell.high)
            joined[-1] = Interval(last.low, None if None in ends else max(end for end in ends if end is not None))
    return joined


def joined_cells(cells: Iterable[str | Interval]) -> list[str | Interval]:
    """Cells of one fact for telling: values in their order, neighbouring intervals joined."""
    cells = tuple(cells)
    intervals = joined_intervals(cell for cell in cells if isinstance(cell, Interval))
    return [*(cell for cell in cells if not isinstance(cell, Interval)), *intervals]
