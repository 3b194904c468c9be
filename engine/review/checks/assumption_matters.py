"""An assumption that decides."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.value import assumed
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "note"


def look(examined: Examination) -> Iterator[Found]:
    diagram = examined.diagram
    for fact in examined.rulebook.vocabulary.facts:
        assumption = assumed(fact)
        if assumption is None:
            continue
        cells = diagram.domains[fact.fact].cells_of(assumption)
        differing = (advice.differs(advice.at(fact.fact, cell)) for advice in diagram.advice.values() for cell in cells)
        otherwise = examined.ground.any_of(differing) - examined.ground.choice(fact.fact, cells)
        if otherwise:
            message = in_both("found_assumption_matters", fact=fact.fact, value=str(assumption))
            declared, _, _ = fact.fact.partition(".")  # the members of `choices` may be assumed, too
            place = examined.place("fact", declared, "assume")
            yield Found(fact.fact, place, message, examined.ground.in_some_way(otherwise))
