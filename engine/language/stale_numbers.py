"""The label of a piece of a band -> the numbers in it that are none of the bounds of the piece."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from .numerals import counted_in_characters
from .vocabulary import Band, Fact

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<digits>(?:[0-9]{1,3}(?:[,\u202f\u00a0 ][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"\s?(?P<unit>[kKM](?![A-Za-z])|[%百千万亿])?"
)
_UNITS = {"%": "0.01", "k": "1e3", "K": "1e3", "M": "1e6", "百": "1e2", "千": "1e3", "万": "1e4", "亿": "1e8"}


def stale_numbers(fact: Fact, band: Band, piece: str, label: str) -> tuple[str, ...]:
    """The numbers that this label of a piece names and that are none of its bounds, as the label writes them."""
    numbers = numbers_in(label)
    bounds = _bounds(fact, band, piece) if numbers else frozenset()
    return tuple(number for number, worth in numbers if bounds.isdisjoint(worth))


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> tuple[tuple[str, frozenset[Decimal]], ...]:
    """Every number in the text, and what it may mean: its own value, or that times the word or sign after it."""
    return (
        *((match[0].strip(), _worth(match)) for match in _NUMBER.finditer(text)),
        *((counted.text, frozenset({Decimal(counted.number)})) for counted in counted_in_characters(text)),
    )


def _worth(match: re.Match[str]) -> frozenset[Decimal]:
    digits = Decimal(re.sub(r"[^0-9.]", "", match["digits"]))
    return frozenset({digits, digits * Decimal(_UNITS.get(match["unit"] or "", "1"))})


def _bounds(fact: Fact, band: Band, piece: str) -> frozenset[Decimal]:
    """The numbers that may name the ends of a piece, without sign: its cuts, and the last number before the next."""
    low, high = band.interval(piece)
    ends = {bound for bound in (low, high, fact.least, fact.greatest) if bound is not None}
    return frozenset(abs(end) for end in ends | ({high - fact.step} if high is not None else set()))
