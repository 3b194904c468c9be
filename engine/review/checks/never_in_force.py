"""A rule that is never in force."""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.conflicts import conflicts
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.rulebook.rules:
        if examined.diagram.rules[rule.id]:
            continue
        contradictions = list(conflicts(examined.diagram, rule))
        if contradictions and not contradictions[0].alternative:
            if len(contradictions[0].conditions) == 1:  # else conditions contradict each other, which says more
                message = in_both("found_never_met", rule=rule.id, condition=str(contradictions[0]))
                yield Found(rule.id, examined.place("rule", rule.id, "if"), message)
        elif not contradictions or len(contradictions) < len(rule.any_of):
            bare = examined.rulebook.premises[rule.id]._replace(yields_to=())
            yields = bool(examined.diagram.premise(bare))
            key, place = ("found_always_yields", "yields_to") if yields else ("found_never_in_force", "except_if")
            yield Found(rule.id, examined.place("rule", rule.id, place), in_both(key, rule=rule.id))
