"""Load a rulebook once, advise on many cases."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, partial
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING, Any

from ..language.case import CaseFacts
from ..language.loading import DEFAULT, load
from ..language.problems import EngineDisagreement, Problem, WhytuneError
from ..language.rulebook import Rulebook
from ..meaning.diagram import DecisionDiagram, Function, Ground
from ..meaning.semantics import meaning
from .agreement import Agreement
from .alike import as_given
from .durable import Engine
from .forks import Turns
from .given_places import GivenPlaces
from .judging import judge
from .recall import Recall, kind_of
from .recommendation import Recommendation, RulebookIdentity
from .tracing import Tracer

if TYPE_CHECKING:
    from ..meaning.inquiry import Inquiry

REMEMBERED = 1_000
"""How many kinds of cases an advisor keeps with their answers."""

MAX_FORMULAS = 500_000
"""How many formulas, some 300 bytes each, are kept for the questions to come, or twice those that a rulebook takes."""

_MOST_ASKED = 4
"""Of how many rulebooks in clauses a thread keeps the meaning."""


def _rulebook_on(rulebook: Rulebook, day: date | None) -> Rulebook:
    """Made once for all advisors on the same rulebook and on days with the same rules."""
    on_day = rulebook.as_of(day)
    return on_day if on_day is rulebook else _with_rules(rulebook, tuple(on_day.rule))


@lru_cache(maxsize=4)
def _with_rules(rulebook: Rulebook, names: tuple[str, ...]) -> Rulebook:
    return replace(rulebook, rules=tuple(map(rulebook.rule.__getitem__, names)))


@lru_cache(maxsize=4)
def _diagram_of(rulebook: Rulebook) -> DecisionDiagram | tuple[Problem, ...]:
    """The diagram, in which no case leaves anything behind; or what is wrong, remembered without what was built."""
    try:
        return DecisionDiagram(rulebook)
    except WhytuneError as error:
        return tuple(error.problems)


def _asked_in_clauses(rulebook: Rulebook) -> DecisionDiagram:
    return DecisionDiagram(rulebook, ground=Ground(rulebook, in_clauses=True))


class _Asked:
    """A diagram in clauses, and how many formulas it may hold: measured before any question leaves some behind."""

    def __init__(self, diagram: DecisionDiagram) -> None:
        self.diagram = diagram
        self.most = max(MAX_FORMULAS, 2 * len(diagram.ground.store))


class _InClauses(local):
    """What rulebooks mean, in clauses; for each thread its own, since a solver answers one question at a time."""

    def __init__(self) -> None:
        self._asked = OrderedDict[Rulebook, _Asked]()

    def of(self, rulebook: Rulebook) -> DecisionDiagram:
        """What this rulebook means; of few rulebooks it is kept, those asked last."""
        asked = self._asked.pop(rulebook, None) or _Asked(_asked_in_clauses(rulebook))
        self._asked[rulebook] = asked
        if len(self._asked) > _MOST_ASKED:
            self._asked.popitem(last=False)
        return asked.diagram

    def renew(self, rulebook: Rulebook) -> None:
        """Begins anew where questions about this rulebook left more formulas behind than are kept."""
        asked = self._asked.get(rulebook)
        if asked and len(asked.diagram.ground.store) > asked.most:
            del self._asked[rulebook]


_in_clauses = _InClauses()
_engines: dict[Hashable, Engine] = {}
_engines_turns = Turns()


class Advisor:
    """A rulebook ready to advise. Safe to use from several threads, from forked processes, and as a copy in others."""

    def __init__(self, rulebook: Rulebook, as_of: date | None = None, *, remember: int = REMEMBERED) -> None:
        """`remember` is how many kinds of cases to keep with their answers; with 0, durable-rules fires every time."""
        self.as_of = as_of
        self.remember = remember
        self.whole = rulebook
        self.rulebook = _rulebook_on(rulebook, as_of)
        self.identity = RulebookIdentity(rulebook.name, rulebook.version, rulebook.digest)
        self._tracer = Tracer(self.rulebook)
        self._agreement = Agreement(self.rulebook)
        self._recall, self._recall_given = Recall(remember), Recall(remember)
        self._places = GivenPlaces(self.rulebook.vocabulary)
        self._read = as_given(self.rulebook.vocabulary, self._places)
        self._inquiries: dict[tuple[str, bool], Inquiry] = {}

    def __repr__(self) -> str:
        day = f" on {self.as_of}" if self.as_of else ""
        return f"<Advisor {self.identity.name} {self.identity.version}{day}: {len(self.rulebook.rules)} rules>"

    def __reduce__(self) -> tuple[Callable[..., Advisor], tuple[Rulebook, date | None]]:
        """Pickles the rules and the day: a copy rebuilds its engine and its diagram when it is asked."""
        return partial(Advisor, remember=self.remember), (self.whole, self.as_of)

    @classmethod
    def load(cls, rulebook: str | Path = DEFAULT, as_of: date | None = None) -> Advisor:
        """An advisor for the rulebook of this name or path, with the rules valid on a day (None: with all rules).

        Raises WhytuneError with every problem of the rulebook.
        """
        return cls(load(rulebook), as_of)

    @cached_property
    def diagram(self) -> DecisionDiagram:
        """What the rulebook means in every cell; raises WhytuneError: diagram-too-large."""
        diagram = _diagram_of(self.rulebook)
        if isinstance(diagram, tuple):
            raise WhytuneError(diagram)
        return diagram

    @property
    def exact(self) -> DecisionDiagram:
        """The same for whoever does not walk it: the diagram or, if that is too large, its functions in clauses.

        Raises WhytuneError: no-solver; search-too-large, as it is asked.
        """
        diagram = _diagram_of(self.rulebook)
        return _in_clauses.of(self.rulebook) if isinstance(diagram, tuple) else diagram

    def begin(self) -> None:
        """Forgets what earlier questions left behind, where that is much; to be called where a question begins."""
        _in_clauses.renew(self.rulebook)

    def searched(self, decision: str) -> Function[str | None]:
        """The advice on a decision, None where facts contradict each other, in a store that a search may fill.

        Raises WhytuneError: no-solver; diagram-too-large, if numbers bound each other.
        """
        is_guessed = self.exact.ground.is_in_clauses and not self.rulebook.vocabulary.orders
        diagram = _asked_in_clauses(self.rulebook) if is_guessed else self.diagram
        return diagram.possible_advice[decision]

    def inquiry(self, decision: str, *, expand: bool = False) -> Inquiry:
        """What is asked on the way to a decision; raises WhytuneError: unknown-decision, diagram-too-large."""
        from ..meaning.inquiry import inquiry  # only pictures ask so

        if (decision, expand) not in self._inquiries:
            self._inquiries[decision, expand] = inquiry(self.diagram, decision, expand=expand)
        return self._inquiries[decision, expand]

    @cached_property
    def engine(self) -> Engine:
        """The rulebook in durable-rules; one engine for all advisors with the same rules, since it is never freed."""
        key = (self.identity.digest, tuple(sorted(rule.id for rule in self.rulebook.rules)))
        with _engines_turns:
            if key not in _engines:
                _engines[key] = Engine(self.rulebook)
            return _engines[key]

    def advise(self, given: Mapping[str, Any]) -> Recommendation:
        """The recommendation for these facts: bool or "yes"/"no", numbers, names of values, or lists of names.

        A fact left out (or None) is assumed if the rulebook says what to assume, and otherwise unknown; "unknown" makes
        it unknown. Raises WhytuneError with every mistake in the facts.
        """
        alike = self._places.kind(given) if self.remember else None
        if alike is None:
            return self.recommend(self._read(given))
        fire, first = (lambda: self._fire(self._read(given))), (lambda: self.recommend(self._read(given)))
        return self._recall_given.answer(alike.kind, alike.states, fire, first)

    def recommend(self, facts: CaseFacts) -> Recommendation:
        """The recommendation for facts that have been read.

        Raises WhytuneError: no-solver, search-too-large, too-many-rules, engine-missing; EngineDisagreement if engine
        and meaning differ.
        """
        if not self.remember:
            return self._fire(facts)
        first = partial(self._fire, facts, afresh=False)
        return self._recall.answer(kind_of(facts), facts.states, partial(self._fire, facts), first)

    def _fire(self, facts: CaseFacts, *, afresh: bool = True) -> Recommendation:
        means = meaning(self.rulebook, facts.knowledge)
        run = self.engine.run(facts, afresh=afresh)
        try:
            self._agreement.check(means, run)
        except EngineDisagreement:
            self.engine.forget()
            raise
        trace = list(self._tracer.trace(run.fired, facts))
        self.begin()
        decisions = judge(self.exact, facts, means)
        for name, answer in decisions.items():
            outcome = answer.outcome
            if outcome is not None and means.advice[name] is None:
                trace.append(replace(self._tracer.decided(name, outcome, "every_completion"), number=len(trace) + 1))
                for rule in answer.cautions:
                    trace.append(replace(self._tracer.cautioned(name, rule), number=len(trace) + 1))
        return Recommendation(self.identity, self.as_of, facts.states, decisions, tuple(trace))
