"""Ready-made cases: what to give, and what comes out now; a person confirms that it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ...advice.recommendation import OPEN
from ...language.bounds import roundest
from ...language.case import CaseFacts, fitting
from ...language.intervals import Interval
from ...language.rulebook import Rulebook
from ...language.text import EXACT
from ...language.value import Value
from ...language.vocabulary import Cut, Fact
from ...meaning.diagram import DecisionDiagram
from ...meaning.regions import case_dict
from ...meaning.study import Study
from .coverage import Coverage, Covered, CutReach, covered
from .paths import Paths, Route
from .reading import CheckedCase, by_day
from .running import by_meaning

Purpose = Literal["in_force", "decisive", "below", "above", "path", "mutant"]


class Suggestion(NamedTuple):
    """A case, its purpose (with the rule, band and cut, or outcome that it is for), and what the rules say about it.

    `expect` is the outcome of each decision, `because` a reason for it; `day` is the day of its rules, None for today.
    """

    purpose: Purpose
    about: tuple[str, ...]
    given: Mapping[str, Value]
    expect: Mapping[str, str]
    status: Mapping[str, str]
    because: tuple[str, ...] = ()
    day: date | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "purpose": self.purpose,
            "about": list(self.about),
            "as_of": self.day.isoformat() if self.day else None,
            "given": case_dict(self.given),
            "expect": {**self.expect, "status": dict(self.status), "because": list(self.because)},
        }


def suggest(
    diagram: DecisionDiagram,
    purpose: Purpose,
    about: tuple[str, ...],
    wanted: Mapping[str, Value],
    because: str | None = None,
    day: date | None = None,
) -> Suggestion:
    """The case with those of these values that apply, and what the rules of this diagram say about it."""
    facts = fitting(diagram.rulebook.vocabulary, wanted)
    judged = by_meaning(diagram)(facts)
    return Suggestion(
        purpose,
        about,
        {
            name: state.value
            for name, state in facts.states.items()
            if state.state == "given" and state.value is not None
        },
        {name: answer.outcome or OPEN for name, answer in judged.decisions.items()},
        {name: answer.status for name, answer in judged.decisions.items()},
        (because,) if because in judged.reasons(diagram.rulebook.decision_order[-1]) else (),
        day,
    )


def suggestions(rulebook: Rulebook, cases: Iterable[CheckedCase], reach: Coverage, today: date) -> Iterator[Suggestion]:
    """Cases for what is not covered by the rules of today; none for what an earlier case also covers."""
    gaps = _Gaps(Study(by_day(rulebook, cases, today)[0].rulebook))
    for cut in reach.cuts:
        yield from gaps.cut(cut)
    for rule in reach.decisive.missing:
        yield from gaps.decisive(rule)
    for rule in reach.in_force.missing:
        yield from gaps.in_force(rule)
    for decision, paths in reach.paths.items():
        for way in paths.missing:
            yield from gaps.path(decision, way)


def once(suggested: Sequence[Suggestion]) -> Iterator[Suggestion]:
    """Every case once, as it was first found: one that covers something may also notice a mutant."""
    given = {(suggestion.day, tuple(suggestion.given.items())): suggestion for suggestion in reversed(suggested)}
    return reversed(given.values())


class _Gaps:
    """Fills one gap after another, and remembers what has been suggested."""

    def __init__(self, study: Study) -> None:
        self.study, self.diagram = study, study.diagram
        self.facts: list[CaseFacts] = []

    def decisive(self, rule: str) -> Iterator[Suggestion]:
        if any(self.study.decides(rule, facts.places) for facts in self.facts):
            return
        witnesses = (self.study.atlas.witness(where) for where in self.study.where_decides(rule))
        if cases := [case for case in witnesses if case is not None]:
            yield self._keep("decisive", (rule,), min(cases, key=len), rule)

    def in_force(self, rule: str) -> Iterator[Suggestion]:
        """A case in which all that the rule tests is known: what is in force as a whole may be open in its parts."""
        if rule not in self.diagram.rules or rule in self._covered().rules:
            return
        around = self.study.atlas.witness(self.diagram.rules[rule])
        if around is None:
            return
        if not covered(self.study.rulebook, [fitting(self.study.rulebook.vocabulary, around)]).rules >= {rule}:
            around = {**self._anything(), **around}
        yield self._keep("in_force", (rule,), around)

    def cut(self, reach: CutReach) -> Iterator[Suggestion]:
        """The numbers directly at the cut, in a case where it changes the advice if there is one."""
        fact, at = self.study.rulebook.vocabulary.by_name[reach.cut.fact], reach.cut.at
        sides: tuple[tuple[Purpose, bool, Value], ...] = (
            ("below", reach.below or reach.cut in self._covered().below, self._beside(fact, at, -1)),
            ("above", reach.above or reach.cut in self._covered().above, self._beside(fact, at, 0)),
        )
        for purpose, is_covered, value in sides:
            if not is_covered and (around := self._around(reach.cut)) is not None:
                yield self._keep(purpose, (reach.cut.band, str(at)), {**around, fact.fact: value})

    def path(self, decision: str, way: Route) -> Iterator[Suggestion]:
        paths = Paths(self.diagram, decision)
        path = paths.taken(fitting(self.study.rulebook.vocabulary, way.given).cells)
        if path not in {paths.taken(facts.cells) for facts in self.facts}:
            yield self._keep("path", (decision, way.outcome), way.given)

    def _anything(self) -> Mapping[str, Value]:
        """Some value of every fact."""
        ground = self.study.ground
        return {name: ground.value(name, ground.common(name)[0]) for name in ground.cells}

    def _covered(self) -> Covered:
        return covered(self.study.rulebook, self.facts)

    def _around(self, cut: Cut) -> Mapping[str, Value] | None:
        """The smallest case in which crossing the cut changes some advice, or else one to which its fact applies."""
        above = self.diagram.domains[cut.fact].cell_of(cut.at)
        for advice in self.diagram.advice.values():
            crossing = advice.at(cut.fact, above - 1).differs(advice.at(cut.fact, above))
            around = self.study.atlas.witness(crossing)
            if around is not None:
                return around
        conditions = self.study.rulebook.vocabulary.applies_if[cut.fact]
        return self.study.atlas.witness(self.study.ground.all_of(self.diagram.test(*test) for test in conditions))

    def _beside(self, fact: Fact, at: Decimal, side: Literal[-1, 0]) -> Decimal:
        """A round number in the cell directly below (-1) or above (0) a cut, as near to it as can be."""
        domain = self.diagram.domains[fact.fact]
        cell = domain.cells[domain.cell_of(at) + side]
        assert isinstance(cell, Interval)
        low = fact.least if cell.low is None else cell.low
        high = fact.greatest if cell.high is None else EXACT.subtract(cell.high, fact.step)
        return roundest(low, high, near_high=side == -1)

    def _keep(
        self, purpose: Purpose, about: tuple[str, ...], wanted: Mapping[str, Value], because: str | None = None
    ) -> Suggestion:
        self.facts.append(fitting(self.study.rulebook.vocabulary, wanted))
        return suggest(self.diagram, purpose, about, wanted, because)
