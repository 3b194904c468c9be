"""An assumption that decides."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.case import read_value
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "note"


def look(examined: Examination) -> Iterator[Found]:
    diagram = examined.diagram
    for fact in examined.rulebook.vocabulary.facts:
        if fact.assume is None:
            continue
        cell = diagram.domains[fact.fact].cell_of(read_value(fact, fact.assume[0]))
        otherwise = examined.ground.any_of(
            advice.differs(advice.at(fact.fact, cell)) for advice in diagram.advice.values()
        )
        if otherwise:
            message = in_both("found_assumption_matters", fact=fact.fact, value=fact.assume[0])
            declared, _, _ = fact.fact.partition(".")  # where the members of `choices` are assumed, too
            place = examined.place("fact", declared, "assume")
            yield Found(fact.fact, place, message, examined.ground.in_some_way(otherwise))
