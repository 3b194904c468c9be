"""Cases -> how much of a rulebook they reach: its rules, its cuts, the paths of its diagram, and the tasks.

- A rule is reached if it is in force in some case, and decides if it is a reason there whatever is unknown: the
  advice rests on it, or it rules out what is proposed; a rule that draws a conclusion decides wherever it is in force.
- A cut is reached if some case lies in the cell directly below it, and some case in the cell directly above.
- A path is reached if some case answers every question on it, by facts given or assumed.
- A task is reached if it agrees with some case in every fact that the advice of that case rests on: the given ones
  if they settle it, else the given and the assumed ones. An open case reaches none. So a case with few facts may reach
  many tasks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from ...language.case import CaseFacts
from ...language.intervals import Interval
from ...language.rulebook import Rulebook
from ...language.value import json_value
from ...language.vocabulary import Cut
from ...meaning.diagram import Where, cells_of
from ...meaning.regions import CountingAtlas, Share, case_dict
from ...meaning.semantics import meaning
from ...meaning.study import Study
from .paths import Paths, Route
from .reading import CheckedCase, by_day

MAX_MISSING = 20
"""How many paths that no case takes are listed for one decision."""


class Covered(NamedTuple):
    """The rules in force in some case, and the cuts that some case lies directly below or above."""

    rules: frozenset[str]
    below: frozenset[Cut]
    above: frozenset[Cut]


class Reach(NamedTuple):
    """Which of the rules that can be in force (or decide) are (or do), and which never can."""

    reached: tuple[str, ...]
    missing: tuple[str, ...]
    never: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {key: list(names) for key, names in self._asdict().items()}


class CutReach(NamedTuple):
    """A cut, and the sides of it on which some case lies."""

    cut: Cut
    below: bool
    above: bool

    def to_dict(self) -> dict[str, Any]:
        cut = self.cut
        return {"fact": cut.fact, "band": cut.band, "at": json_value(cut.at), "below": self.below, "above": self.above}


class PathReach(NamedTuple):
    """How many paths to the advice on a decision are taken, the first ones that are not, and the tasks reached."""

    taken: int
    of: int
    missing: tuple[Route, ...]
    tasks: Share

    @property
    def has_more(self) -> bool:
        """Are there more paths that no case takes than are listed?"""
        return self.taken + len(self.missing) < self.of

    def to_dict(self) -> dict[str, Any]:
        return {
            "taken": self.taken,
            "of": self.of,
            "missing": [{"given": case_dict(way.given), "outcome": way.outcome} for way in self.missing],
            "tasks": self.tasks.to_dict(),
        }


class Coverage(NamedTuple):
    """What the cases reach; paths and tasks by decision, by the rules of today.

    There are no paths, and no tasks are counted, where the diagram would be too large.
    """

    in_force: Reach
    decisive: Reach
    cuts: tuple[CutReach, ...]
    paths: Mapping[str, PathReach]

    def to_dict(self) -> dict[str, Any]:
        return {
            "rules_in_force": self.in_force.to_dict(),
            "rules_deciding": self.decisive.to_dict(),
            "cuts": [cut.to_dict() for cut in self.cuts],
            "paths": {name: reach.to_dict() for name, reach in self.paths.items()},
        }


def covered(rulebook: Rulebook, facts: Iterable[CaseFacts]) -> Covered:
    """What cases with these facts cover, by the reference semantics alone."""
    rules: set[str] = set()
    below: set[Cut] = set()
    above: set[Cut] = set()
    for case in facts:
        rules.update(rule for rule, truth in meaning(rulebook, case.knowledge).rules.items() if truth)
        for cut in rulebook.vocabulary.cuts:
            domain, cell = rulebook.vocabulary.domains[cut.fact], case.cells.get(cut.fact)
            interval = domain.cells[cell] if cell is not None else None
            if isinstance(interval, Interval):
                below.update([cut] if interval.high == cut.at else [])
                above.update([cut] if interval.low == cut.at else [])
    return Covered(frozenset(rules), frozenset(below), frozenset(above))


def covered_by(rulebook: Rulebook, cases: Iterable[CheckedCase], today: date) -> Covered:
    """What these cases cover, each by the rules of its day."""
    days = [covered(day.rulebook, [case.facts for case in day.cases]) for day in by_day(rulebook, cases, today)]
    rules, below, above = (frozenset[Any]().union(*parts) for parts in zip(*days, strict=True))
    return Covered(rules, below, above)


def using(rulebook: Rulebook, cases: Iterable[CheckedCase], today: date, rule: str) -> tuple[CheckedCase, ...]:
    """The cases in which a rule is in force, each by the rules of its day."""
    return tuple(
        case
        for day in by_day(rulebook, cases, today)
        for case in day.cases
        if meaning(day.rulebook, case.facts.knowledge).rules.get(rule)
    )


class _Day(NamedTuple):
    """The rules of one day, and the facts of its cases."""

    study: Study
    facts: tuple[CaseFacts, ...]


def coverage(rulebook: Rulebook, cases: Sequence[CheckedCase], today: date) -> Coverage:
    """What the cases reach, each by the rules of its day.

    Raises WhytuneError: no-solver, search-too-large; diagram-too-large, if only the advice has room and not its paths.
    """
    days = [
        _Day(Study(day.rulebook), tuple(case.facts for case in day.cases)) for day in by_day(rulebook, cases, today)
    ]
    reached = covered_by(rulebook, cases, today)
    return Coverage(
        _reach(rulebook, reached.rules, {rule for day in days for rule in _possible(day.study)}),
        _reach(rulebook, set(_decisive(days)), {rule for day in days for rule in _deciding(day.study)}),
        tuple(CutReach(cut, cut in reached.below, cut in reached.above) for cut in rulebook.vocabulary.cuts),
        {decision: _paths(days[0], decision) for decision in days[0].study.diagram.advice}
        if not days[0].study.ground.is_in_clauses
        else {},
    )


def _reach(rulebook: Rulebook, reached: Iterable[str], possible: Iterable[str]) -> Reach:
    rules, got, can = sorted(rulebook.rule), set(reached), set(possible)
    return Reach(
        tuple(rule for rule in rules if rule in got),
        tuple(rule for rule in rules if rule in can - got),
        tuple(rule for rule in rules if rule not in can | got),
    )


def _possible(study: Study) -> Iterator[str]:
    return (rule for rule, in_force in study.diagram.rules.items() if study.atlas.among_tasks(in_force))


def _deciding(study: Study) -> Iterator[str]:
    return (rule for rule in study.rulebook.rule if any(map(study.atlas.among_tasks, study.where_decides(rule))))


def _decisive(days: Iterable[_Day]) -> Iterator[str]:
    return (
        rule
        for study, cases in days
        for rule in study.rulebook.rule
        if any(study.decides(rule, facts.places) for facts in cases)
    )


def _paths(day: _Day, decision: str) -> PathReach:
    study, paths = day.study, Paths(day.study.diagram, decision)
    taken = {path for path in (paths.taken(facts.cells) for facts in day.facts) if path}
    reached = study.ground.any_of(_settled(study, decision, facts) for facts in day.facts)
    missing = tuple(islice(paths.missing(taken), MAX_MISSING))
    return PathReach(len(taken), paths.count(), missing, CountingAtlas(study.ground).share(reached))


def _settled(study: Study, decision: str, facts: CaseFacts) -> Where:
    """The tasks that agree with the case in all that its advice rests on: what is given and, if needed, assumed."""
    advice, ground = study.diagram.advice[decision], study.ground
    for places in (facts.given_places, facts.places):
        if study.diagram.within(advice, places).is_constant:
            return ground.all_of(ground.choice(name, cells_of(place)) for name, place in places.items())
    return ground.nowhere
