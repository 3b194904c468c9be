"""What if some facts were different: the differences between two recommendations, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts, FactState
from ...language.value import json_value
from ...meaning.semantics import OptionState, RuleState, meaning, rule_state
from ..advisor import Advisor
from ..recommendation import DecisionOutcome


class Shift(NamedTuple):
    """A rule or an option whose state differs before and after."""

    name: str
    before: RuleState | OptionState
    after: RuleState | OptionState

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "before": self.before, "after": self.after}


class DecisionShift(NamedTuple):
    """What changes in one decision: its outcome with status, and the states of options."""

    decision: str
    before: DecisionOutcome
    after: DecisionOutcome
    options: tuple[Shift, ...]

    def __repr__(self) -> str:
        return brief(self)

    @property
    def changes(self) -> bool:
        def answer(outcome: DecisionOutcome) -> tuple[object, ...]:
            return outcome.advice, outcome.referred, outcome.status, outcome.possible

        return answer(self.before) != answer(self.after)

    def to_dict(self) -> dict[str, Any]:
        def answer(outcome: DecisionOutcome) -> dict[str, Any]:
            return {
                "advice": outcome.advice,
                "referred": outcome.referred,
                "status": outcome.status,
                "possible": list(outcome.possible),
            }

        return {
            "decision": self.decision,
            "before": answer(self.before),
            "after": answer(self.after),
            "options": [shift.to_dict() for shift in self.options],
        }


class WhatIf(NamedTuple):
    """Every difference; empty parts are the same before and after. `stays` holds the answers that do not change."""

    facts: tuple[tuple[str, FactState, FactState], ...]
    rules: tuple[Shift, ...]
    decisions: tuple[DecisionShift, ...]
    stays: Mapping[str, DecisionOutcome] = {}

    @property
    def is_empty(self) -> bool:
        """Is nothing different?"""
        return not (self.facts or self.rules or self.decisions)

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "facts": [
                {"fact": name, "before": _fact(before), "after": _fact(after)} for name, before, after in self.facts
            ],
            "rules": [shift.to_dict() for shift in self.rules],
            "decisions": [shift.to_dict() for shift in self.decisions],
            "stays": {
                name: {"advice": outcome.advice, "status": outcome.status} for name, outcome in self.stays.items()
            },
        }


def what_if(advisor: Advisor, before: CaseFacts, after: CaseFacts) -> WhatIf:
    """The differences between the recommendations for two cases."""
    first, second = advisor.recommend(before), advisor.recommend(after)
    was, becomes = (meaning(advisor.rulebook, facts.knowledge).rules for facts in (before, after))
    facts = tuple(
        (name, state, after.states[name]) for name, state in before.states.items() if state != after.states[name]
    )
    rules = tuple(
        Shift(rule, rule_state(was[rule]), rule_state(becomes[rule]))
        for rule in sorted(was)
        if was[rule] is not becomes[rule]
    )
    shifts = [_shift(name, first.decisions[name], second.decisions[name]) for name in first.decisions]
    stays = {shift.decision: shift.after for shift in shifts if not shift.changes}
    return WhatIf(facts, rules, tuple(shift for shift in shifts if shift.options or shift.changes), stays)


def _shift(name: str, before: DecisionOutcome, after: DecisionOutcome) -> DecisionShift:
    options = tuple(
        Shift(option, outcome.state, after.options[option].state)
        for option, outcome in before.options.items()
        if outcome.state != after.options[option].state
    )
    return DecisionShift(name, before, after, options)


def _fact(state: FactState) -> dict[str, Any]:
    return {"value": json_value(state.value), "state": state.state}
