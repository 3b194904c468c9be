"""Cases of one kind are answered alike: what fired for one is kept, and filled in with the values of the next.

The kind of a case is the state of each of its facts and the cells that it is known to be in. No rule, no band and no
cell of the diagram tells two cases of one kind apart, so they differ only in the values they show
(docs/durable-rules.md says why).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import cached_property

from ..language.case import CaseFacts, FactState
from ..language.named import Named
from ..language.problems import EngineDisagreement
from .forks import Turns
from .recommendation import Firing, Recommendation, Use

CHECK_EVERY = 1_000
"""One in this many answers from memory is fired again and compared."""

Kind = tuple[tuple[Hashable, ...], ...]
Fire = Callable[[], Recommendation]


class Recall:
    """The answers to the kinds of cases asked about last, at most `most` of them. Safe to use from several threads."""

    def __init__(self, most: int, check_every: int = CHECK_EVERY) -> None:
        self._most, self._check_every = most, check_every
        self._answers: OrderedDict[Hashable, Remembered] = OrderedDict()
        self._turns = Turns()
        self._count = 0

    def answer(
        self, kind: Hashable, states: Mapping[str, FactState], fire: Fire, first: Fire | None = None
    ) -> Recommendation:
        """The answer of an earlier case of this kind, with the values of these states.

        For the first it is what `first` gives, or else `fire`.
        Raises EngineDisagreement if firing again gives another answer, and whatever these two raise.
        """
        with self._turns:
            remembered = self._answers.get(kind)
            if remembered is not None:
                self._answers.move_to_end(kind)
                self._count += 1
            fires_again = self._count % self._check_every == 0
        if remembered is None:
            return self._keep(kind, states, (first or fire)())
        answer = remembered.with_values_of(states)
        if fires_again and answer != fire():
            raise EngineDisagreement("durable-rules answers a case otherwise than an earlier one of the same kind")
        return answer

    def _keep(self, kind: Hashable, states: Mapping[str, FactState], answer: Recommendation) -> Recommendation:
        """Keeps the answer, unless it shows what is implied by numbers that others of its kind do not share."""
        if any(state.state == "implied" for name, state in answer.facts.items() if name not in states):
            return answer
        own = Remembered(answer).with_values_of(states)  # the same objects: what a later case shares is seen at once
        with self._turns:
            self._answers[kind] = Remembered(own)
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

    @cached_property
    def _showing(self) -> Mapping[str, list[int]]:
        """The steps that show the value of each fact, by their positions."""
        showing: dict[str, list[int]] = {}
        for position, firing in enumerate(self._answer.trace):
            for use in firing.used:
                if use.fact is not None:
                    showing.setdefault(use.fact, []).append(position)
        return showing

    def with_values_of(self, states: Mapping[str, FactState]) -> Recommendation:
        """The answer for a case of the same kind, in which the facts have these states, and all others as before."""
        before = self._answer
        other = [name for name, state in states.items() if state.value is not before.facts[name].value]
        now = Named("fact", {**before.facts, **{name: states[name] for name in other}})
        trace = list(before.trace)
        for position in {position for name in other for position in self._showing.get(name, ())}:
            trace[position] = _with_values(trace[position], now)
        return Recommendation(before.rulebook, before.as_of, now, before.decisions, tuple(trace))


def _with_values(firing: Firing, states: Mapping[str, FactState]) -> Firing:
    uses = tuple([use if use.fact is None else _with_value(use, states[use.fact]) for use in firing.used])
    number, kind, name, state, title, text = (
        firing.number,
        firing.kind,
        firing.name,
        firing.state,
        firing.title,
        firing.text,
    )
    return Firing(number, kind, name, state, uses, title, text, firing.sources, firing.policy)


def _with_value(use: Use, state: FactState) -> Use:
    return Use(use.fact, state.value, use.at_least, use.below)
