"""Stretches of a number line -> the table cell that asks for them."""

from __future__ import annotations

from collections.abc import Iterable

from .bounds import bound_at
from .intervals import Interval, joined_intervals
from .text import EXACT
from .vocabulary import Fact


def stretches_text(fact: Fact, intervals: Iterable[Interval]) -> str:
    """The cell that means exactly these numbers of the fact: `>= 100`, `[100..200)`, `5`, or several of these."""
    return " | ".join(_stretch(fact, interval) for interval in joined_intervals(intervals))


def _stretch(fact: Fact, interval: Interval) -> str:
    low, high = (None if end is None else bound_at(end) for end in interval)
    if low and high:
        if interval.low is not None and interval.high == EXACT.add(interval.low, fact.step):
            return f"{interval.low:f}"
        return f"{'(' if low.above else '['}{low.number:f}..{high.number:f}{']' if high.above else ')'}"
    if high:
        return f"{'<=' if high.above else '<'} {high.number:f}"
    return f"{'>' if low.above else '>='} {low.number:f}" if low else "-"
