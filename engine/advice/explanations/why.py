"""Why this advice: what decided it, and what each rival lacked or which rule ruled it out."""

from __future__ import annotations

from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts
from ...language.rulebook import REFER
from ...meaning.semantics import Meaning, OptionState, meaning
from ..advisor import Advisor
from ..recommendation import DecisionOutcome, Firing, Recommendation
from ..standing import RuleStanding, standing, standing_with_nearest


class Rival(NamedTuple):
    """An option that is not the advice: its state, the rules against it, and what kept the rules for it out of force.

    `yields_to` is the standing option that it gives way to, if it stands: a kind or a combination of it, or what is
    preferred. `missing` holds the parts of a combination that do not stand.
    """

    option: str
    state: OptionState
    against: tuple[str, ...]
    lacking: tuple[RuleStanding, ...]
    yields_to: str | None
    missing: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "option": self.option,
            "state": self.state,
            "against": list(self.against),
            "lacking": [rule.to_dict() for rule in self.lacking],
            "yields_to": self.yields_to,
            "missing": list(self.missing),
        }


class Why(NamedTuple):
    """The advice with its status, what decided it down to the facts, its rivals, and the steps of its proof.

    `others` are the rules that are open or not in force; `waits_for` the unknown facts that an open decision depends
    on. All of it is about `recommendation`.
    """

    decision: str
    outcome: DecisionOutcome
    deciding: tuple[Firing, ...]
    rivals: tuple[Rival, ...]
    proof: tuple[Firing, ...]
    others: tuple[RuleStanding, ...]
    waits_for: tuple[str, ...]
    recommendation: Recommendation

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "advice": self.outcome.advice,
            "status": self.outcome.status,
            "decided_by": list(self.outcome.decided_by),
            "rivals": [rival.to_dict() for rival in self.rivals],
            "proof": [firing.number for firing in self.proof],
            "not_in_force": [rule.to_dict() for rule in self.others],
            "waits_for": list(self.waits_for),
        }


def why(advisor: Advisor, facts: CaseFacts, decision: str) -> Why:
    """Why the case has the outcome it has, or what it waits for."""
    advisor.begin()
    answer = advisor.recommend(facts)
    outcome = answer.decisions[decision]
    means = meaning(advisor.rulebook, facts.knowledge)
    others = tuple(
        standing(advisor.exact, rule, facts, means) for rule, truth in sorted(means.rules.items()) if truth is not True
    )
    return Why(
        decision,
        outcome,
        answer.all_grounds(decision),
        _rivals(advisor, facts, decision, outcome, means),
        answer.proof(decision),
        others,
        advisor.exact.outlook(decision, facts.places, facts.places).matters,
        answer,
    )


def _rivals(
    advisor: Advisor, facts: CaseFacts, decision: str, outcome: DecisionOutcome, means: Meaning
) -> tuple[Rival, ...]:
    rivals = []
    for option, rival in outcome.options.items():
        if option == outcome.advice:
            continue
        stands = rival.state == "stands"
        lacking = tuple(
            standing_with_nearest(advisor.exact, rule, facts, means)
            for rule in advisor.rulebook.bearing[decision, option]
            if means.rules[rule] is not True and not stands
        )
        yields_to = _yields_to(advisor, decision, option, outcome) if stands else None
        missing = () if stands else advisor.rulebook.decision[decision].missing(option, outcome.standing)
        rivals.append(Rival(option, rival.state, rival.speaks_against, lacking, yields_to, missing))
    return tuple(rivals)


def _yields_to(advisor: Advisor, decision: str, option: str, outcome: DecisionOutcome) -> str | None:
    others = advisor.rulebook.decision[decision].gives_way[option]
    standing = next((other for other in sorted(others) if outcome.options[other].state == "stands"), None)
    return standing or (REFER if outcome.referred else outcome.advice)
