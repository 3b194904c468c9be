"""An option that is never the advice."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.rulebook import Decision
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for decision in examined.rulebook.decisions:
        place = examined.place("decision", decision.decision)
        yield from examined.looked(decision.decision, place, _found(examined, decision))


def _found(examined: Examination, decision: Decision) -> Iterator[Found]:
    advised = examined.diagram.possible_advice[decision.decision].values()
    for option in (offered.option for offered in decision.options):
        if not advised & {option, *decision.kinds[option]}:
            message = in_both("found_dead_option", option=option, decision=decision.decision)
            place = examined.place("decision", decision.decision, "options", option)
            yield Found(f"{decision.decision}.{option}", place, message)
