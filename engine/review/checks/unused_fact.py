"""A fact on which nothing depends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from ...language.vocabulary import member
from ...meaning.diagram import Function
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rulebook = examined.rulebook
    cautions = (where & examined.ground.possible for where in examined.diagram.cautions.values())
    answers: list[Function[Any]] = [*examined.diagram.possible_advice.values(), *cautions]
    awaited = {name for fact in rulebook.vocabulary.facts for name in examined.ground.waits_for(fact.fact)}
    for fact in rulebook.vocabulary.declared:
        cells = {member(fact, value) for value in fact.values} if fact.kind == "choices" else {fact.fact}
        if not (fact.used_for or cells & awaited):
            place = examined.place("fact", fact.fact)
            yield from examined.looked(fact.fact, place, _found(examined, fact.fact, cells, answers))


def _found(examined: Examination, fact: str, cells: Iterable[str], answers: Iterable[Function[Any]]) -> Iterator[Found]:
    if not any(_decides(examined, answers, name) for name in cells):
        key = "found_undecisive_fact" if examined.rulebook.testing(fact) else "found_unused_fact"
        yield Found(fact, examined.place("fact", fact), in_both(key, fact=fact))


def _decides(examined: Examination, answers: Iterable[Function[Any]], fact: str) -> bool:
    """Can one of the answers, advice or a caution, be another where the fact alone is?"""
    possible = examined.ground.possible
    for function in (function for function in answers if function.depends_on(fact)):
        if not possible.depends_on(fact):
            return True
        cells = range(len(examined.ground.cells[fact]))
        ways = [(function.at(fact, cell), possible.at(fact, cell)) for cell in cells]
        if any(one.differs(other) & here & there for (one, here), (other, there) in combinations(ways, 2)):
            return True
    return False
