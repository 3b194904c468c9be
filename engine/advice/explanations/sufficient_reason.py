"""A sufficient reason: a smallest set of a case's facts that alone forces the outcome, whatever the others are."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts
from ...language.problems import EngineDisagreement, WhytuneError
from ...language.value import Value, json_value
from ...meaning.search import CellMove, Choice, cheapest
from ..advisor import Advisor


class SufficientReason(NamedTuple):
    """Every case with these facts has this outcome; None if the case itself is open.

    None of the facts can be dropped. `smallest` says that no other set is smaller, which is not known if the search was
    too large; `alternatives` counts the others that are as small.
    """

    decision: str
    outcome: str | None
    facts: tuple[tuple[str, Value], ...]
    assumed: tuple[str, ...]
    smallest: bool
    alternatives: int

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "outcome": self.outcome,
            "facts": {name: json_value(value) for name, value in self.facts},
            "assumed": list(self.assumed),
            "smallest": self.smallest,
            "alternatives": self.alternatives,
        }


def sufficient_reason(advisor: Advisor, facts: CaseFacts, decision: str) -> SufficientReason:
    """A smallest sufficient reason, given facts before assumed ones; checked over all completions."""
    advisor.begin()
    outcomes = advisor.exact.outlook(decision, facts.given_places, facts.places).as_assumed
    if len(outcomes) != 1:
        return SufficientReason(decision, None, (), (), True, 0)
    outcome, cells = outcomes[0], facts.places
    reached = {outcome, None}

    def moves(fact: str, _: Choice) -> Sequence[CellMove]:
        free = CellMove(None, 0)
        return [free, CellMove(cells[fact], 1)] if fact in cells else [free]

    def assumptions(choice: Iterable[str]) -> int:
        return sum(facts.states[fact].state == "assumed" for fact in choice)

    try:
        searched = advisor.searched(decision)
        choices = [tuple(choice) for choice in cheapest(searched, moves, partial(operator.contains, reached))]
    except WhytuneError as error:
        if not error.is_too_large:
            raise
        best, alternatives, smallest = _irreducible(advisor, facts, decision, outcome), 0, False
    else:
        best, alternatives, smallest = min(choices, key=assumptions), len(choices) - 1, True
    advice = advisor.exact.possible_advice[decision]
    if advice.values({fact: cells[fact] for fact in best}) - {None} != {outcome}:
        raise EngineDisagreement(f"the facts {sorted(best)} do not force {outcome}")
    named = [
        (fact, value) for fact, state in facts.states.items() if fact in best and (value := state.value) is not None
    ]
    assumed = tuple(fact for fact, _ in named if facts.states[fact].state == "assumed")
    return SufficientReason(decision, outcome, tuple(named), assumed, smallest, alternatives)


def _irreducible(advisor: Advisor, facts: CaseFacts, decision: str, outcome: str) -> tuple[str, ...]:
    """Facts that force the outcome, none of which can be dropped; assumed ones are dropped first, then late ones."""
    advice = advisor.exact.possible_advice[decision]
    kept: dict[str, int | frozenset[int]] = dict(facts.places)
    late_first = tuple(reversed(tuple(kept)))
    for fact in sorted(late_first, key=lambda name: facts.states[name].state != "assumed"):
        without = {name: cell for name, cell in kept.items() if name != fact}
        if advice.values(without) - {None} == {outcome}:
            kept = without
    return tuple(kept)
