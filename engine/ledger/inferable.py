"""A recommendation, and the facts whose values its record keeps out -> which of these the rest of the record tells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import product
from math import prod

from ..advice.recommendation import Recommendation
from ..language.case import complete
from ..language.intervals import Interval, PartlyKnown
from ..language.problems import WhytuneError
from ..language.rulebook import Rulebook
from ..language.value import UNKNOWN, Value
from ..language.vocabulary import Domain
from ..meaning.semantics import meaning

MOST_TRIED = 32
"""How many cases, each with other values of what is kept out, are compared with a record: under 1 millisecond each."""


def inferable(answer: Recommendation, rulebook: Rulebook, hidden: Collection[str]) -> frozenset[str]:
    """The facts among these `hidden` ones of which one value alone, of a number one cell, goes with the facts that are
    kept and the rules that were in force or not; none if too many cases would have to be tried.

    A fact that is not named may be told all the same.
    """
    rulebook = rulebook.as_of(answer.as_of)
    domains = {name: rulebook.vocabulary.domains[name] for name in sorted(hidden)}
    if prod(len(domain.cells) for domain in domains.values()) > MOST_TRIED:
        return frozenset()
    kept = _kept(answer, rulebook, hidden)
    fitting = [
        cells
        for cells in product(*(range(len(domain.cells)) for domain in domains.values()))
        if _fits(answer, rulebook, {**kept, **_within(domains, cells)})
    ]
    left = zip(domains.items(), zip(*fitting, strict=True), strict=True) if fitting else ()
    return frozenset(name for (name, domain), cells in left if len({*cells}) == 1 < len(domain.cells))


def _kept(answer: Recommendation, rulebook: Rulebook, hidden: Collection[str]) -> dict[str, Value]:
    """What is given of the facts that are kept, as a case gives it."""
    facts: dict[str, Value] = {}
    for name, state in answer.facts.items():
        if name not in hidden and state.state == "given" and state.value is not None:
            facts[name] = state.value
        elif state.state in ("unknown", "implied") and rulebook.vocabulary.by_name[name].assume is not None:
            facts[name] = UNKNOWN
    return facts


def _within(domains: Mapping[str, Domain], cells: Iterable[int]) -> dict[str, Value]:
    """Each fact as known to be in its one of these cells, whichever number that is."""
    return {
        name: PartlyKnown("", intervals=(cell,)) if isinstance(cell := domain.cells[place], Interval) else cell
        for (name, domain), place in zip(domains.items(), cells, strict=True)
    }


def _fits(answer: Recommendation, rulebook: Rulebook, given: Mapping[str, Value]) -> bool:
    """Could the case with these facts have led to the rules in force, and the facts that apply, that were recorded?"""
    try:
        facts = complete(rulebook.vocabulary, given)
    except WhytuneError:
        return False
    for name, recorded in answer.facts.items():
        if (facts.states[name].state == "not_applicable") != (recorded.state == "not_applicable"):
            return False
    rules = meaning(rulebook, facts.knowledge).rules
    fired = [step for step in answer.trace if step.kind == "rule"]
    return all(rules[step.name] in (None, step.state == "in_force") for step in fired)
