"""A label that names another number than the cut beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...language.numerals import counted_in_characters
from ...language.vocabulary import Band, Fact
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"

_NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])(?P<digits>(?:[0-9]{1,3}(?:[,\u202f\u00a0 ][0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"\s?(?P<unit>[kKM](?![A-Za-z])|[%百千万亿])?"
)
_UNITS = {"%": "0.01", "k": "1e3", "K": "1e3", "M": "1e6", "百": "1e2", "千": "1e3", "万": "1e4", "亿": "1e8"}


def look(examined: Examination) -> Iterator[Found]:
    for band in examined.whole.vocabulary.bands.values():
        fact = examined.whole.vocabulary.fact_of[band.band]
        for piece, language, text in _labels(band):
            bounds = _bounds(fact, band, piece)
            if wrong := [number for number, worth in _numbers(text) if bounds.isdisjoint(worth)]:
                parts = {"band": band.band, "piece": piece, "language": language}
                message = in_both("found_stale_label", **parts, fact=fact.label or fact.fact, said=", ".join(wrong))
                span = examined.place("fact", fact.fact, "bands", band.band, "labels", piece)
                yield Found(f"{band.band}.{piece}", span, message)


def _labels(band: Band) -> Iterator[tuple[str, str, str]]:
    """Every piece with a label, a language, and the label in that language."""
    for piece, label in sorted(band.labels.items()):
        yield from ((piece, language, text) for language, text in label.items())


def _numbers(text: str) -> Iterator[tuple[str, set[Decimal]]]:
    """Every number in the text, and what it may mean: its own value, or that times the word or sign after it."""
    for match in _NUMBER.finditer(text):
        digits = Decimal(re.sub(r"[^0-9.]", "", match["digits"]))
        yield match[0].strip(), {digits, digits * Decimal(_UNITS.get(match["unit"] or "", "1"))}
    yield from ((counted.text, {Decimal(counted.number)}) for counted in counted_in_characters(text))


def _bounds(fact: Fact, band: Band, piece: str) -> set[Decimal]:
    """The numbers that may name the ends of a piece, without sign: its cuts, and the last number before the next."""
    low, high = band.interval(piece)
    ends = {bound for bound in (low, high, fact.least, fact.greatest) if bound is not None}
    return {abs(end) for end in ends | ({high - fact.step} if high is not None else set())}
