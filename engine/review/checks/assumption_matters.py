"""An assumption that decides."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.problems import Span
from ...language.value import Value, assumed
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "note"


def look(examined: Examination) -> Iterator[Found]:
    for fact in examined.rulebook.vocabulary.facts:
        if (assumption := assumed(fact)) is not None:
            declared, _, _ = fact.fact.partition(".")  # the members of `choices` may be assumed, too
            place = examined.place("fact", declared, "assume")
            yield from examined.looked(fact.fact, place, _found(examined, fact.fact, assumption, place))


def _found(examined: Examination, fact: str, assumption: Value, place: Span | None) -> Iterator[Found]:
    diagram = examined.diagram
    cells = diagram.domains[fact].cells_of(assumption)
    differing = (advice.differs(advice.at(fact, cell)) for advice in diagram.advice.values() for cell in cells)
    otherwise = examined.ground.any_of(differing) - examined.ground.choice(fact, cells)
    if otherwise:
        message = in_both("found_assumption_matters", fact=fact, value=str(assumption))
        yield Found(fact, place, message, examined.ground.in_some_way(otherwise))
