"""No rule decides: only the fallback answers."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        if deciding.nothing_stands:
            advice = examined.rulebook.decision[name].if_none_stands.advise or "refer"
            yield Found(
                name,
                examined.place("decision", name, "if_none_stands"),
                in_both("found_undecided", decision=name, option=advice),
                deciding.nothing_stands,
            )
