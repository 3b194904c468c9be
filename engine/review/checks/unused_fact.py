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
    cautions = (where for _, where in examined.diagram.possible_cautions())
    answers: list[Function[Any]] = [*examined.diagram.possible_advice.values(), *cautions]
    awaited = {name for fact in rulebook.vocabulary.facts for name in examined.ground.waits_for(fact.fact)}
    for fact in rulebook.vocabulary.declared:
        cells = {member(fact, value) for value in fact.values} if fact.kind == "choices" else {fact.fact}
        if fact.used_for or cells & awaited or any(_decides(examined, answers, name) for name in cells):
            continue
        key = "found_undecisive_fact" if rulebook.testing(fact.fact) else "found_unused_fact"
        yield Found(fact.fact, examined.place("fact", fact.fact), in_both(key, fact=fact.fact))


def _decides(examined: Examination, answers: Iterable[Function[Any]], fact: str) -> bool:
    """Can one of the answers, advice or a caution, be another where the fact alone is?"""
    possible = examined.ground.possible
    for function in (function for function in answers if fact in function.facts):
        if fact not in possible.facts:
            return True
        cells = range(len(examined.ground.cells[fact]))
        ways = [(function.at(fact, cell), possible.at(fact, cell)) for cell in cells]
        if any(one.differs(other) & here & there for (one, here), (other, there) in combinations(ways, 2)):
            return True
    return False
