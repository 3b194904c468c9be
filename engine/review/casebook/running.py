"""A case and a way to judge it -> which of its expectations fail, with what came out instead and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from ...advice.advisor import Advisor
from ...advice.changed_facts import changed
from ...advice.judging import judge
from ...advice.recommendation import OPEN, DecisionOutcome
from ...language.brief import brief
from ...language.case import CaseFacts
from ...language.rulebook import Rulebook
from ...language.value import json_value
from ...meaning.diagram import DecisionDiagram
from ...meaning.semantics import meaning
from .expectations import Expectation
from .reading import CheckedCase


class Judgement(NamedTuple):
    """What came out of a case: the answer to every decision, and the rules in force that draw a conclusion."""

    decisions: Mapping[str, DecisionOutcome]
    concluding: frozenset[str]

    def reasons(self, decision: str) -> tuple[str, ...]:
        """The rules and policies that decided, and the rules in force that these may rest on."""
        reasons = self.decisions[decision].reasons
        return (*reasons, *sorted(self.concluding.difference(reasons)))


Judge = Callable[[CaseFacts], Judgement]


class Failure(NamedTuple):
    """An expectation that does not hold: what came out instead, and what decided.

    `stays` says of a flip that the advice after it is the one before it, so that it is none: be it the one expected.
    """

    expectation: Expectation
    got: tuple[str, ...]
    why: tuple[str, ...]
    stays: bool = False

    def to_dict(self) -> dict[str, Any]:
        expected = self.expectation
        return {
            "expected": expected.kind,
            "decision": expected.decision,
            "changes": {change.fact: json_value(change.after) for change in expected.changes},
            "wanted": list(expected.wanted),
            "got": list(self.got),
            "stays": self.stays,
            "decided_by": list(self.why),
            "place": expected.span.to_dict(),
        }


class Result(NamedTuple):
    """A case that was run; it passed if nothing failed."""

    case: CheckedCase
    failures: tuple[Failure, ...]

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "title": self.case.title,
            "place": self.case.span.to_dict(),
            "passed": not self.failures,
            "failures": [failure.to_dict() for failure in self.failures],
        }


def by_advisor(advisor: Advisor) -> Judge:
    """Judges by a recommendation, for which all engines are run and compared."""

    def judged(facts: CaseFacts) -> Judgement:
        answer = advisor.recommend(facts)
        in_force = [step.name for step in answer.trace if step.kind == "rule" and step.state == "in_force"]
        return Judgement(answer.decisions, _concluding(advisor.rulebook, in_force))

    return judged


def by_meaning(diagram: DecisionDiagram) -> Judge:
    """Judges by the reference semantics and the diagram alone, for many rulebooks that differ a little."""

    def judged(facts: CaseFacts) -> Judgement:
        means = meaning(diagram.rulebook, facts.knowledge)
        in_force = [rule for rule, truth in means.rules.items() if truth]
        return Judgement(judge(diagram, facts, means), _concluding(diagram.rulebook, in_force))

    return judged


def _concluding(rulebook: Rulebook, rules: list[str]) -> frozenset[str]:
    return frozenset(rule for rule in rules if rulebook.rule[rule].conclude)


def run_all(rulebook: Rulebook, cases: Iterable[CheckedCase], today: date) -> Iterator[Result]:
    """Runs every case by the rules of its day, one at a time as results are read; raises what `recommend` raises."""

    @cache
    def on(day: date) -> Judge:
        return by_advisor(Advisor(rulebook, day))

    return (run(case, on(case.day or today)) for case in cases)


def run(case: CheckedCase, judge: Judge) -> Result:
    """Runs the case, and once more for each flip that it expects."""
    return result_of(case, judge(case.facts), judge)


def result_of(case: CheckedCase, judged: Judgement, judge: Judge) -> Result:
    """The result of a case that came out so; runs it only for the flips that it expects."""
    return Result(case, tuple(_failures(case, judged, judge)))


def failures(case: CheckedCase, judge: Judge) -> Iterator[Failure]:
    """What fails, one by one: whoever only asks whether anything fails need not wait for the rest."""
    return _failures(case, judge(case.facts), judge)


def _failures(case: CheckedCase, judged: Judgement, judge: Judge) -> Iterator[Failure]:
    for expectation in case.expects:
        if failure := _failure(expectation, case.facts, judged, judge):
            yield failure


def fails(case: CheckedCase, diagram: DecisionDiagram) -> bool:
    """Does the case fail under the rules of this diagram?"""
    return any(True for _ in failures(case, by_meaning(diagram)))


def _failure(expected: Expectation, facts: CaseFacts, judged: Judgement, judge: Judge) -> Failure | None:
    unchanged = judged.decisions[expected.decision].outcome
    if expected.kind == "flips":
        judged = judge(changed(facts, expected.changes))
    answer, reasons = judged.decisions[expected.decision], judged.reasons(expected.decision)
    stays = expected.kind == "flips" and answer.outcome == unchanged
    wanted = expected.wanted[0]
    match expected.kind:
        case "advice" | "flips":
            got: tuple[str, ...] = (answer.outcome or OPEN,)
            holds = got == expected.wanted and not stays
        case "status":
            got, holds = (answer.status,), answer.status == wanted
        case "possible":
            got, holds = answer.possible, answer.possible == expected.wanted
        case "ruled_out":
            state = answer.options[wanted].state
            got, holds = (state,), state == "ruled_out"
        case "cautions":
            got, holds = answer.cautions, wanted in answer.cautions
        case "because" | "not_because":
            got, holds = reasons, (wanted in reasons) == (expected.kind == "because")
    return None if holds else Failure(expected, got, answer.reasons, stays)
