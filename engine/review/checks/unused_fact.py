"""A fact that nothing depends on."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.vocabulary import member
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rulebook = examined.rulebook
    awaited = {name for fact in rulebook.vocabulary.facts for name in examined.ground.waits_for(fact.fact)}
    diagram = examined.diagram
    decisive = frozenset().union(
        *(advice.facts for advice in diagram.advice.values()), *(caution.facts for caution in diagram.cautions.values())
    )
    for fact in rulebook.vocabulary.declared:
        cells = {member(fact, value) for value in fact.values} if fact.kind == "choices" else {fact.fact}
        if fact.used_for or cells & (awaited | decisive):
            continue
        key = "found_undecisive_fact" if rulebook.testing(fact.fact) else "found_unused_fact"
        yield Found(fact.fact, examined.place("fact", fact.fact), in_both(key, fact=fact.fact))
