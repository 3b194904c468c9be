"""A threshold that is not tested on both sides."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ...words.values import cut_at
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    if (covered := examined.covered) is None:
        return
    for cut in examined.rulebook.vocabulary.cuts:
        sides = ((cut.below, covered.below), (cut.above, covered.above))
        if missing := [piece for piece, reached in sides if cut not in reached]:
            pieces = ", ".join(f"`{piece}`" for piece in missing)
            message = in_both("found_untested_boundary", cut=cut_at(cut.at), band=cut.band, pieces=pieces)
            yield Found(cut.name, examined.place("fact", cut.fact, "bands", cut.band, "cut_at"), message)
