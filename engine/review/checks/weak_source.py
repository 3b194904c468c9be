"""A rule that rests on practice alone."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "note"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.rulebook.rules:
        if {source.strength for source in rule.sources} == {"practice"}:
            place = examined.place("rule", rule.id, "source")
            yield Found(rule.id, place, in_both("found_weak_source", rule=rule.id), examined.diagram.rules[rule.id])
