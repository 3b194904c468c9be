"""A label that names another number than the cut beside it."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.stale_numbers import stale_numbers
from ...language.vocabulary import Band
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for band in examined.whole.vocabulary.bands.values():
        fact = examined.whole.vocabulary.fact_of[band.band]
        for piece, language, text in _labels(band):
            if wrong := stale_numbers(fact, band, piece, text):
                parts = {"band": band.band, "piece": piece, "language": language}
                message = in_both("found_stale_label", **parts, fact=fact.label or fact.fact, said=", ".join(wrong))
                span = examined.place("fact", fact.fact, "bands", band.band, "labels", piece)
                yield Found(f"{band.band}.{piece}", span, message)


def _labels(band: Band) -> Iterator[tuple[str, str, str]]:
    """Every piece with a label, a language, and the label in that language."""
    for piece, label in sorted(band.labels.items()):
        yield from ((piece, language, text) for language, text in label.items())
