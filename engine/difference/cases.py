"""What becomes of stored cases: those that get other advice, or the same with another status, or fit no longer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .. import source
from ..advisor import Advisor
from ..case import resolve
from ..problems import Problem, WhytuneError
from ..recommendation import DecisionOutcome, Recommendation, Status
from ..rulebook import REFER

Stored = tuple[str, source.Mapping]
"""What a case is called, and the facts that it gives."""


class Outcome(NamedTuple):
    """What a case is advised, `refer` included; None while it is open."""

    advice: str | None
    status: Status


class CaseChange(NamedTuple):
    """A case that gets another outcome of a decision; None where the rulebook does not hold the decision."""

    case: str
    decision: str
    before: Outcome | None
    after: Outcome | None

    def to_dict(self) -> dict[str, Any]:
        outcomes = (outcome._asdict() if outcome else None for outcome in (self.before, self.after))
        return {"case": self.case, "decision": self.decision, **dict(zip(("from", "to"), outcomes, strict=True))}


class Misfit(NamedTuple):
    """A case that the old rulebook can be told and the new one cannot, and why."""

    case: str
    problems: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"case": self.case, "problems": [problem.message for problem in self.problems]}


class CaseChanges(NamedTuple):
    """What changes of so many cases; those that did not fit the old rulebook either are none of the edit's doing."""

    of: int
    changed: tuple[CaseChange, ...]
    misfits: tuple[Misfit, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "changed": [change.to_dict() for change in self.changed],
            "misfits": [misfit.to_dict() for misfit in self.misfits],
        }


def case_changes(old: Advisor, new: Advisor, cases: Iterable[Stored]) -> CaseChanges:
    """Runs each case under both rulebooks; raises WhytuneError as `Advisor.recommend` does."""
    changed: list[CaseChange] = []
    misfits: list[Misfit] = []
    stored = list(cases)
    for name, given in stored:
        before, after = _recommended(old, given), _recommended(new, given)
        if isinstance(before, Recommendation):
            if isinstance(after, Recommendation):
                changed.extend(_changes(name, before, after))
            else:
                misfits.append(Misfit(name, after))
    return CaseChanges(len(stored), tuple(changed), tuple(misfits))


def _recommended(advisor: Advisor, given: source.Mapping) -> Recommendation | tuple[Problem, ...]:
    try:
        facts = resolve(advisor.rulebook.vocabulary, given)
    except WhytuneError as error:
        return error.problems
    return advisor.recommend(facts)


def _changes(name: str, before: Recommendation, after: Recommendation) -> Iterator[CaseChange]:
    for decision in dict.fromkeys((*before.decisions, *after.decisions)):
        was, now = (_outcome(each.decisions.get(decision)) for each in (before, after))
        if was != now:
            yield CaseChange(name, decision, was, now)


def _outcome(answer: DecisionOutcome | None) -> Outcome | None:
    return Outcome(REFER if answer.referred else answer.advice, answer.status) if answer else None
