"""Why not this option: the state of every rule for and against it, and what separates the advice from it."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts
from ...meaning.semantics import OptionState, meaning
from ..advisor import Advisor
from ..standing import RuleStanding, standing_with_nearest


class WhyNot(NamedTuple):
    """How the rules for and against an option stand; empty for the advised option.

    `applies` says whether the decision applies at all, as far as that is decided. `missing` holds the parts of a
    combination that stand in no form.
    """

    decision: str
    option: str
    advice: str | None
    state: OptionState
    rules_for: tuple[RuleStanding, ...]
    rules_against: tuple[RuleStanding, ...]
    is_advised: bool
    applies: bool = True
    missing: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "option": self.option,
            "advice": self.advice,
            "state": self.state,
            "is_advised": self.is_advised,
            "applies": self.applies,
            "for": [rule.to_dict() for rule in self.rules_for],
            "against": [rule.to_dict() for rule in self.rules_against],
        }


def why_not(advisor: Advisor, facts: CaseFacts, decision: str, option: str) -> WhyNot:
    """Why the option is not the advice; empty for the advised option."""
    advisor.begin()
    outcome = advisor.recommend(facts).decisions[decision]
    means = meaning(advisor.rulebook, facts.knowledge)
    advised = outcome.advice == option

    def stand(rules: tuple[str, ...]) -> tuple[RuleStanding, ...]:
        return () if advised else tuple(standing_with_nearest(advisor.exact, rule, facts, means) for rule in rules)

    return WhyNot(
        decision,
        option,
        outcome.advice,
        outcome.options[option].state,
        stand(advisor.rulebook.bearing[decision, option]),
        stand(advisor.rulebook.ruling_out[decision, option]),
        advised,
        outcome.applies,
        () if advised else advisor.rulebook.decision[decision].missing(option, outcome.standing),
    )
