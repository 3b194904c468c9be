"""A rule that is never in force."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count

from ...language.rulebook import Rule
from ...meaning.conflicts import conflicts
from ...meaning.diagram import Where
from ...words.catalogue import in_both
from ..examination import Examination, Found, Texts

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    return examined.looked_at_rules(partial(_found, examined))


def _found(examined: Examination, rule: Rule) -> Iterator[Found]:
    if examined.in_force(rule.id):
        return
    contradictions = list(conflicts(examined.diagram, rule))
    if contradictions and not contradictions[0].alternative:
        if len(contradictions[0].conditions) == 1:  # otherwise conditions contradict each other, which says more
            message = in_both("found_never_met", rule=rule.id, condition=str(contradictions[0]))
            yield Found(rule.id, examined.place("rule", rule.id, "if"), message)
    elif not any(group <= {conflict.alternative for conflict in contradictions} for group in _numbered(rule)):
        premise = examined.rulebook.premises[rule.id]._replace(yields_to=())
        bare = examined.atlas.among_tasks(examined.diagram.premise(premise))
        place = examined.place("rule", rule.id, "yields_to" if bare else "except_if")
        yield Found(rule.id, place, _never(examined, rule, bare))


def _never(examined: Examination, rule: Rule, bare: Where) -> Texts:
    """Which rules it always yields to; or that its exception leaves nothing."""
    if not bare:
        return in_both("found_never_in_force", rule=rule.id)
    in_the_way = []
    for other in examined.rulebook.premises[rule.id].yields_to:
        if bare & examined.diagram.rules[other]:
            in_the_way.append(f"`{other}`")
            bare -= examined.diagram.rules[other]
    return in_both("found_always_yields", rule=rule.id, others=", ".join(in_the_way))


def _numbered(rule: Rule) -> Iterator[set[int]]:
    """The numbers of the alternatives in every list of them."""
    numbers = count(1)
    yield from ({next(numbers) for _ in group} for group in rule.any_of)
