"""Cases of one kind are answered alike: what fired for one is kept, and filled in with the values of the next.

The kind of a case is the state of each of its facts and the cells that it is known to be in. No rule, no band and no
cell of the diagram tells two cases of one kind apart, so they differ only in the values they show
(docs/durable-rules.md says why).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace

from ..language.case import CaseFacts, FactState
from ..language.problems import EngineDisagreement
from .forks import Turns
from .recommendation import Firing, Recommendation, Use

CHECK_EVERY = 1_000
"""One in this many answers from memory is fired again and compared."""

Kind = tuple[tuple[Hashable, ...], ...]


class Recall:
    """The answers to the kinds of cases asked about last, at most `most` of them. Safe to use from several threads."""

    def __init__(self, most: int, check_every: int = CHECK_EVERY) -> None:
        self._most, self._check_every = most, check_every
        self._answers: OrderedDict[Kind, Remembered] = OrderedDict()
        self._turns = Turns()
        self._count = 0

    def answer(self, facts: CaseFacts, fire: Callable[[CaseFacts], Recommendation]) -> Recommendation:
        """The answer of an earlier case of this kind with the values of this one; for the first, what `fire` gives.

        Raises EngineDisagreement if firing again gives another answer, and whatever `fire` raises.
        """
        if not self._most:
            return fire(facts)
        kind = kind_of(facts)
        with self._turns:
            remembered = self._answers.get(kind)
            if remembered is not None:
                self._answers.move_to_end(kind)
                self._count += 1
            fires_again = self._count % self._check_every == 0
        if remembered is None:
            return self._keep(kind, fire(facts))
        answer = remembered.with_values_of(facts)
        if fires_again and answer != fire(facts):
            raise EngineDisagreement("durable-rules answers a case otherwise than an earlier one of the same kind")
        return answer

    def _keep(self, kind: Kind, answer: Recommendation) -> Recommendation:
        with self._turns:
            self._answers[kind] = Remembered(answer)
            if len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer


def kind_of(facts: CaseFacts) -> Kind:
    """The state of each fact, and the cells that it is known to be in."""
    places = facts.places
    return tuple((state.state, places.get(name)) for name, state in facts.states.items())


class Remembered:
    """An answer, and the steps of its trace that show the value of a fact."""

    def __init__(self, answer: Recommendation) -> None:
        self._answer = answer
        self._showing: dict[str, list[int]] = {}
        for position, firing in enumerate(answer.trace):
            for use in firing.used:
                if use.fact is not None:
                    self._showing.setdefault(use.fact, []).append(position)

    def with_values_of(self, facts: CaseFacts) -> Recommendation:
        """The answer for these facts, of the same kind."""
        before, now = self._answer, facts.states
        other = [name for name in self._showing if now[name].value is not before.facts[name].value]
        trace = list(before.trace)
        for position in {position for name in other for position in self._showing[name]}:
            trace[position] = _with_values(trace[position], now)
        return Recommendation(before.rulebook, before.as_of, now, before.decisions, tuple(trace))


def _with_values(firing: Firing, states: Mapping[str, FactState]) -> Firing:
    uses = tuple(use if use.fact is None else _with_value(use, states[use.fact]) for use in firing.used)
    return replace(firing, used=uses)


def _with_value(use: Use, state: FactState) -> Use:
    return Use(use.fact, state.value, use.at_least, use.below)
