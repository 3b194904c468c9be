"""No rule decides: only the fallback answers."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.problems import Span
from ...meaning.deciding import Deciding
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        place = examined.place("decision", name, "if_none_stands")
        yield from examined.looked(name, place, _found(examined, deciding, place))


def _found(examined: Examination, deciding: Deciding, place: Span | None) -> Iterator[Found]:
    if deciding.nothing_stands:
        advice = examined.rulebook.decision[deciding.decision].if_none_stands.advise or "refer"
        message = in_both("found_undecided", decision=deciding.decision, option=advice)
        yield Found(deciding.decision, place, message, deciding.nothing_stands)
