"""Mutants and cases -> which mutants mean something different, and which of these no case notices.

A mutant means the same if its advice is the same in every cell; this is exact, since both are on one ground, where
equal functions are one node. It is noticed if some case that passes would fail under it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from ...advice.recommendation import OPEN
from ...advice.standing import known_values
from ...language.case import CaseFacts, complete
from ...language.intervals import PartlyKnown
from ...language.problems import Span, WhytuneError
from ...language.rulebook import Place, Rulebook
from ...language.translations import span_of
from ...language.value import read_value
from ...language.vocabulary import Vocabulary
from ...meaning.diagram import DecisionDiagram, Where
from ...meaning.semantics import Knowledge, Truth, holds, meaning
from ...meaning.study import Study, common_ground
from .expectations import Expectation
from .mutants import Mutant, mutants
from .reading import CasesOfDay, CheckedCase, by_day
from .running import fails
from .suggestion import Suggestion, suggest

MAX_WORK = 1_500_000
"""Steps of building diagrams, about a quarter of a minute, after which mutants that no case notices stay undecided."""
MAX_TRIAL = 4_000_000
"""Steps of all work, that on cases included, about a minute; then further mutants are not tried."""
MAX_GROUND = 300_000
"""Steps after which a new ground is started, so that memory does not grow with the number of mutants."""

RULES_A_STEP = 2
"""How many rules are looked at in the time of a step, when they alone answer a case; with a diagram it takes more than
twice the time.
"""

Watch = Callable[[Sequence[Mutant]], Iterable[Mutant]]


class Survivor(NamedTuple):
    """A mutant that means something different and that no case notices, and a case that would notice it."""

    mutant: Mutant
    case: Suggestion

    def place(self, rulebook: Rulebook) -> Span:
        """The place of the change; that of the rule, for a condition that stands for another."""
        return span_of(rulebook, self.mutant.place) or Span(rulebook.name)

    def to_dict(self, rulebook: Rulebook) -> dict[str, Any]:
        return {
            "change": self.mutant.kind,
            "of": self.mutant.name,
            "detail": list(self.mutant.detail),
            "place": self.place(rulebook).to_dict(),
            "case": self.case.to_dict(),
        }


class Mutation(NamedTuple):
    """How many mutants mean something else, how many of these are noticed; how many mean the same.

    `undecided` are those that no case notices, but may mean the same; `untried` those that the work did not come to.
    """

    changed: int
    noticed: int
    equal: int
    undecided: int
    survivors: tuple[Survivor, ...]
    untried: int = 0

    @property
    def score(self) -> float:
        """The percentage of changed meanings that are noticed; 100 if there are none."""
        return 100 * self.noticed / self.changed if self.changed else 100.0

    def to_dict(self, rulebook: Rulebook) -> dict[str, Any]:
        return {
            "changed": self.changed,
            "noticed": self.noticed,
            "equal": self.equal,
            "undecided": self.undecided,
            "untried": self.untried,
            "score": round(self.score, 2),
            "survivors": [survivor.to_dict(rulebook) for survivor in self.survivors],
        }


def mutation(
    rulebook: Rulebook,
    cases: Iterable[CheckedCase],
    today: date,
    watch: Watch = iter,
    max_work: int = MAX_WORK,
    max_trial: int = MAX_TRIAL,
) -> Mutation:
    """Tries every mutant on cases that pass; `watch` can follow the mutants as they are tried.

    Raises WhytuneError: diagram-too-large, if that of the rulebook itself is.
    """
    every = list(mutants(rulebook))
    trial = _Trial(by_day(rulebook, cases, today), every, max_work, max_trial)
    fates = [trial.fate(mutant) for mutant in watch(every)]
    survivors = tuple(fate for fate in fates if isinstance(fate, Survivor))
    noticed = fates.count("noticed")
    equal, undecided, untried = (fates.count(fate) for fate in ("equal", "undecided", "untried"))
    return Mutation(noticed + len(survivors), noticed, equal, undecided, survivors, untried)


class _Arena:
    """A rulebook on each day and some of its mutants, on a ground that is left once enough has been built on it."""

    def __init__(self, days: Sequence[CasesOfDay], moved: Iterable[Rulebook]) -> None:
        self.days = days
        self.ground = common_ground(days[0].rulebook, beside=moved)
        self.before = [Study(day.rulebook, shared=self.ground) for day in days]
        self.diagrams = [study.diagram for study in self.before]
        self.used_up = self.ground.steps + MAX_GROUND

    @property
    def is_full(self) -> bool:
        return self.ground.steps > self.used_up

    def after(self, mutant: Mutant) -> list[DecisionDiagram]:
        """What the mutant means on each day."""
        return [Study(mutant.rulebook, day.date, shared=self.ground).diagram for day in self.days]

    def lost(self, after: Sequence[DecisionDiagram]) -> Iterator[tuple[int, Where]]:
        """For each day, decision and outcome: where this was the advice before, and is not after."""
        for day, (one, other) in enumerate(zip(self.diagrams, after, strict=True)):
            for decision, advice in one.advice.items():
                for outcome in one.rulebook.decision[decision].outcomes:
                    is_lost = partial(_is_lost, outcome)
                    yield day, advice.where(is_lost, other.advice[decision], name=("lost", outcome))

    def notices(self, case: Suggestion, lost: Iterable[tuple[int, Where]]) -> bool:
        """Does this case lie where an outcome is lost, whatever else is true?"""
        domains = self.diagrams[0].domains
        cells = {name: domains[name].cells_of(value) for name, value in case.given.items()}
        return any(case.day == self.when(day) and where.holds(cells) for day, where in lost)

    def when(self, day: int) -> date | None:
        """The day of a suggestion, None for today."""
        return self.days[day].date if day else None


def _is_lost(outcome: str, before: str, after: str) -> bool:
    return before == outcome != after


class _Trial:
    """Finds the fate of one mutant after another; all moves of a fact's cuts share a ground."""

    def __init__(self, days: Sequence[CasesOfDay], every: Iterable[Mutant], max_work: int, max_trial: int) -> None:
        self.days, self.max_work, self.max_trial = days, max_work, max_trial
        self.on_cases = 0
        self.witnesses = [[_Witness.of(case, day.rulebook) for case in day.cases if _advised(case)] for day in days]
        self.moved: dict[Place, list[Rulebook]] = {(): []}
        for mutant in every:
            if mutant.kind == "moved_cut":
                self.moved.setdefault(mutant.place, []).append(mutant.rulebook)
        self.place: Place = ()
        self.arena = _Arena(days, ())
        self.work = self.arena.ground.steps
        self.suggested: list[Suggestion] = []

    def fate(self, mutant: Mutant) -> str | Survivor:
        """`noticed`, `equal`, its survival, `undecided` (its diagram is too large, or too much was built before), or
        `untried`, since too much was done before.
        """
        if self.work + self.on_cases > self.max_trial:
            return "untried"
        if self._is_surely_noticed(mutant):
            return "noticed"
        if self.work > self.max_work:
            return "undecided"
        try:
            return self._tried(mutant)
        except WhytuneError as error:
            if not error.is_too_large:
                raise
            return "undecided"

    def _is_surely_noticed(self, mutant: Mutant) -> bool:
        for day, witnesses in zip(self.days, self.witnesses, strict=True):
            rules = mutant.rulebook.as_of(day.date)
            size = len(rules.rules)
            self.on_cases += size + len(witnesses)
            for witness in witnesses:
                facts = witness.touched_by(mutant, rules)
                self.on_cases += 0 if facts is None else size // RULES_A_STEP
                if facts is not None and witness.notices(rules, facts):
                    return True
        return False

    def _tried(self, mutant: Mutant) -> str | Survivor:
        arena = self._arena(mutant)
        started = arena.ground.steps
        after = arena.after(mutant)
        self.work += arena.ground.steps - started
        if all(one.advice == other.advice for one, other in zip(arena.diagrams, after, strict=True)):
            return "equal"
        self.on_cases += sum(len(day.cases) * len(day.rulebook.rules) for day in self.days) * 5 // (2 * RULES_A_STEP)
        if any(_notices(case, diagram) for day, diagram in zip(self.days, after, strict=True) for case in day.cases):
            return "noticed"
        case = self._case(arena, mutant, list(arena.lost(after)))
        return Survivor(mutant, case) if case else "equal"

    def _case(self, arena: _Arena, mutant: Mutant, lost: Sequence[tuple[int, Where]]) -> Suggestion | None:
        """A case suggested before if it will do, else the smallest, today's before others; None if there is none.

        There is none if the advice differs only where no fact can be.
        """
        before = next((case for case in self.suggested if arena.notices(case, lost)), None)
        cases = [(day, case) for day, where in lost if (case := arena.before[day].atlas.witness(where)) is not None]
        if before or not cases:
            return before
        day, case = min(cases, key=lambda dated: (dated[0], len(dated[1])))
        self.suggested.append(suggest(arena.diagrams[day], "mutant", (mutant.name,), case, day=arena.when(day)))
        return self.suggested[-1]

    def _arena(self, mutant: Mutant) -> _Arena:
        place = mutant.place if mutant.kind == "moved_cut" else ()
        if place != self.place or self.arena.is_full:
            self.place, self.arena = place, _Arena(self.days, self.moved[place])
            self.work += self.arena.ground.steps
        return self.arena


class _Witness(NamedTuple):
    """A case that expects some advice, with what holds in it for every subject and every rule."""

    case: CheckedCase
    values: Knowledge
    rules: Mapping[str, Truth]

    @classmethod
    def of(cls, case: CheckedCase, rulebook: Rulebook) -> _Witness:
        meant = meaning(rulebook, case.facts.knowledge)
        return cls(case, known_values(case.facts, meant), meant.rules)

    def touched_by(self, mutant: Mutant, rules: Rulebook) -> CaseFacts | None:
        """The facts of the case under the rules of the mutant, if it may mean something else there."""
        facts = _restated(self.case, rules.vocabulary)
        return facts if facts is not None and self._is_touched(mutant, rules, facts) else None

    def notices(self, rules: Rulebook, facts: CaseFacts) -> bool:
        """Do the rules of the mutant alone, without a diagram, advise something other than the case expects?"""
        advice = meaning(rules, facts.knowledge).advice
        return any(advice[expected.decision] not in (None, expected.wanted[0]) for expected in _advised(self.case))

    def _is_touched(self, mutant: Mutant, rules: Rulebook, facts: CaseFacts) -> bool:
        """May the mutant mean something else here? Not if its cut separates nothing, or its rule holds in neither."""
        if mutant.kind == "moved_cut":
            return facts.knowledge != self.case.facts.knowledge
        if mutant.kind == "no_only_if":
            return True
        premise = rules.premises.get(mutant.name)
        after = holds(premise, self.values, self.rules) if premise else False
        return self.rules.get(mutant.name, False) is not False or after is not False


def _advised(case: CheckedCase) -> list[Expectation]:
    return [expected for expected in case.expects if expected.kind == "advice" and expected.wanted[0] != OPEN]


def _notices(case: CheckedCase, diagram: DecisionDiagram) -> bool:
    """Would the case fail under these rules, or could it not even be stated?"""
    facts = _restated(case, diagram.rulebook.vocabulary)
    return facts is None or fails(case._replace(facts=facts), diagram)


def _restated(case: CheckedCase, vocabulary: Vocabulary) -> CaseFacts | None:
    """The facts of the case after cuts have moved; None if one that it gives no longer applies."""
    if vocabulary is case.facts.vocabulary:
        return case.facts
    given = {
        name: read_value(vocabulary.by_name[name], value.text) if isinstance(value, PartlyKnown) else value
        for name, value in case.facts.stated.items()
    }
    try:
        return complete(vocabulary, given)
    except WhytuneError:
        return None
