"""What becomes of stored cases: which get different advice or another status, no longer fit, or were rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ...advice.advisor import Advisor
from ...advice.recommendation import DecisionOutcome, Recommendation
from ...language.case import resolve
from ...language.casefile import Status, WrittenCase
from ...language.problems import Problem, WhytuneError
from ...language.rulebook import Rulebook


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
    """A case that fits the old rulebook and not the new one, and why."""

    case: str
    problems: tuple[Problem, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"case": self.case, "problems": [problem.message for problem in self.problems]}


class Rewritten(NamedTuple):
    """A case that is gone, with an empty place, or that says something different in this place; None is nothing."""

    case: str
    place: tuple[str, ...]
    before: Any
    after: Any

    def to_dict(self) -> dict[str, Any]:
        return {"case": self.case, "place": ".".join(self.place), "from": self.before, "to": self.after}


class CaseChanges(NamedTuple):
    """What changes among so many cases; those that did not fit the old rulebook either are not the edit's doing."""

    of: int
    changed: tuple[CaseChange, ...]
    misfits: tuple[Misfit, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "changed": [change.to_dict() for change in self.changed],
            "misfits": [misfit.to_dict() for misfit in self.misfits],
        }


def rewritten(old: Iterable[WrittenCase], new: Iterable[WrittenCase]) -> Iterator[Rewritten]:
    """What old cases now say differently under the same name, or no longer say: they may have been bent to pass.

    Rulebooks whose cases have no name in common have nothing to do with each other.
    """
    before, now = list(old), {case.name: case for case in new}
    for case in before if any(case.name in now for case in before) else ():
        if case.name not in now:
            yield Rewritten(case.called, (), dict(case.says["expect"]), None)
            continue
        was, is_ = dict(_flat(case.says)), dict(_flat(now[case.name].says))
        for place in dict.fromkeys((*was, *is_)):
            if was.get(place) != is_.get(place):
                yield Rewritten(now[case.name].called, place, was.get(place), is_.get(place))


def _flat(written: Mapping[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in written.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*place, key))
        else:
            yield (*place, key), value


def case_changes(old: Rulebook, new: Rulebook, cases: Iterable[WrittenCase], today: date | None) -> CaseChanges:
    """Runs every case under both rulebooks, with the rules of its day or of today (None: all).

    Raises WhytuneError as `Advisor.recommend` does.
    """
    changed: list[CaseChange] = []
    misfits: list[Misfit] = []
    every = list(cases)
    advisors = {day: (Advisor(old, day), Advisor(new, day)) for day in {case.day or today for case in every}}
    for case in every:
        before, after = (_recommended(advisor, case) for advisor in advisors[case.day or today])
        if isinstance(before, Recommendation):
            if isinstance(after, Recommendation):
                changed.extend(_changes(case.called, before, after))
            else:
                misfits.append(Misfit(case.called, after))
    return CaseChanges(len(every), tuple(changed), tuple(misfits))


def _recommended(advisor: Advisor, case: WrittenCase) -> Recommendation | tuple[Problem, ...]:
    try:
        facts = resolve(advisor.rulebook.vocabulary, *case.facts)
    except WhytuneError as error:
        return error.problems
    return advisor.recommend(facts)


def _changes(name: str, before: Recommendation, after: Recommendation) -> Iterator[CaseChange]:
    for decision in dict.fromkeys((*before.decisions, *after.decisions)):
        was, now = (_outcome(answer.decisions.get(decision)) for answer in (before, after))
        if was != now:
            yield CaseChange(name, decision, was, now)


def _outcome(answer: DecisionOutcome | None) -> Outcome | None:
    return Outcome(answer.outcome, answer.status) if answer else None
