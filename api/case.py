"""The facts of one task under a rulebook, and all that can be asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from whytune.engine import Advisor, Recommendation
from whytune.engine.advice.recommendation import OPEN, DecisionOutcome, Status
from whytune.engine.language import source
from whytune.engine.language.case import CaseFacts, resolve


@dataclass(frozen=True, eq=False, repr=False)
class Case:
    """What is `given` of one task, as written, under the rules of an advisor. A value: asking changes nothing."""

    advisor: Advisor
    given: source.Map

    def __post_init__(self) -> None:
        """Raises WhytuneError with every mistake in what is given."""
        self.facts  # noqa: B018  nobody holds a case that cannot be

    def __repr__(self) -> str:
        count = len(self.facts.given)
        by = self.advisor.identity
        given = f"{count} fact{'' if count == 1 else 's'} given"
        return f"<Case {self._answer.outcome or OPEN} ({self.status}), {given}, by {by.name} {by.version}>"

    @cached_property
    def facts(self) -> CaseFacts:
        """What is known of every fact: given, assumed, unknown or not applicable."""
        return resolve(self.advisor.rulebook.vocabulary, self.given)

    @cached_property
    def recommendation(self) -> Recommendation:
        """Advice on every decision, with the trace that led to it.

        Raises WhytuneError: diagram-too-large, too-many-rules, engine-missing.
        """
        return self.advisor.recommend(self.facts)

    @property
    def advice(self) -> str | None:
        """The option that is advised; None while the decision is open, or where it is referred to a person."""
        return self._answer.advice

    @property
    def status(self) -> Status:
        """ "settled", "provisional" (it rests on assumptions), or "open"."""
        return self._answer.status

    @property
    def _answer(self) -> DecisionOutcome:
        return self.recommendation.decisions[self.advisor.rulebook.decision_order[-1]]
