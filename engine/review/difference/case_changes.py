"""What becomes of stored cases: which get different advice or another status, which expectations fail, and which cases
do not fit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from ...advice.advisor import Advisor
from ...advice.recommendation import DecisionOutcome
from ...language.case import CaseFacts, resolve
from ...language.casefile import Status, WrittenCase
from ...language.problems import Problem, WhytuneError
from ...language.rulebook import Rulebook
from ..casebook.reading import checked_case
from ..casebook.running import Judgement, Result, by_advisor, result_of


class Outcome(NamedTuple):
    """The advice on a case, `refer` included; None while it is open."""

    advice: str | None
    status: Status


class CaseChange(NamedTuple):
    """A case that gets a different outcome of a decision; None if the rulebook does not have the decision."""

    case: str
    decision: str
    before: Outcome | None
    after: Outcome | None

    def to_dict(self) -> dict[str, Any]:
        outcomes = (outcome._asdict() if outcome else None for outcome in (self.before, self.after))
        return {"case": self.case, "decision": self.decision, **dict(zip(("from", "to"), outcomes, strict=True))}


class Misfit(NamedTuple):
    """A case that gives or expects what the new rulebook does not know, and why."""

    case: str
    problems: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"case": self.case, "problems": [problem.message for problem in self.problems]}


class CaseChanges(NamedTuple):
    """What changes among so many cases, which do not fit the new rulebook, and what the others expect in vain.

    `results` are those that `whytune test` has of the same cases. A case that does not fit the old rulebook has no
    outcome there that could change.
    """

    of: int
    changed: tuple[CaseChange, ...]
    misfits: tuple[Misfit, ...]
    results: tuple[Result, ...] = ()

    @property
    def failed(self) -> tuple[Result, ...]:
        """The results of the cases of which some expectation does not hold under the new rulebook."""
        return tuple(result for result in self.results if result.failures)

    def to_dict(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "changed": [change.to_dict() for change in self.changed],
            "misfits": [misfit.to_dict() for misfit in self.misfits],
            "failed": [result.to_dict() for result in self.failed],
        }


def case_changes(old: Rulebook, new: Rulebook, cases: Iterable[WrittenCase], today: date | None) -> CaseChanges:
    """Runs every case under both rulebooks, with the rules of its day or of today (None: all).

    Raises WhytuneError as `Advisor.recommend` does.
    """
    changed: list[CaseChange] = []
    misfits: list[Misfit] = []
    results: list[Result] = []
    every = list(cases)
    judges = {
        day: (by_advisor(Advisor(old, day)), by_advisor(Advisor(new, day)))
        for day in {case.day or today for case in every}
    }
    for case in every:
        by_old, by_new = judges[case.day or today]
        problems: list[Problem] = []
        checked, facts = checked_case(new, case, problems), _facts(old, case)
        after = by_new(checked.facts) if checked else None
        if after and facts:
            changed.extend(_changes(case.called, by_old(facts), after))
        if problems:
            misfits.append(Misfit(case.called, tuple(problems)))
        elif checked and after and checked.is_filled_in:
            results.append(result_of(checked, after, by_new))
    return CaseChanges(len(every), tuple(changed), tuple(misfits), tuple(results))


def _facts(rulebook: Rulebook, case: WrittenCase) -> CaseFacts | None:
    """The facts of the case; None if they do not fit the rulebook."""
    try:
        return resolve(rulebook.vocabulary, *case.facts)
    except WhytuneError:
        return None


def _changes(name: str, before: Judgement, after: Judgement) -> Iterator[CaseChange]:
    for decision in dict.fromkeys((*before.decisions, *after.decisions)):
        was, now = (_outcome(judged.decisions.get(decision)) for judged in (before, after))
        if was != now:
            yield CaseChange(name, decision, was, now)


def _outcome(answer: DecisionOutcome | None) -> Outcome | None:
    return Outcome(answer.outcome, answer.status) if answer else None
