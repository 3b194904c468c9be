"""A label that names another number than the cut beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.stale_numbers import stale_numbers
from ...language.vocabulary import Band, Fact
from ...words.catalogue import in_both, listed
from ...words.values import cut_at
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for band in examined.whole.vocabulary.bands.values():
        fact = examined.whole.vocabulary.fact_of[band.band]
        if stale := _stale(fact, band):
            cuts = listed(map(cut_at, band.cut_at))
            wrong = "; ".join(f"`{piece}` ({', '.join(spoken)}) {number}" for (piece, number), spoken in stale.items())
            message = in_both("found_stale_label", band=band.band, fact=fact.label or fact.fact, cuts=cuts, said=wrong)
            first, _ = next(iter(stale))
            span = examined.place("fact", fact.fact, "bands", band.band, "labels", first)
            yield Found(band.band, span, message)


def _stale(fact: Fact, band: Band) -> dict[tuple[str, str], list[str]]:
    """Each piece with a number that its label names wrongly, and the languages in which it does."""
    stale: dict[tuple[str, str], list[str]] = {}
    for piece in band.values:
        for language, text in band.labels.get(piece, {}).items():
            for number in stale_numbers(fact, band, piece, text):
                stale.setdefault((piece, number), []).append(language)
    return stale
