"""Given facts -> the answer to all that are alike, worked out once for each kind of them.

What was given is alike if it is the same facts in the same cells: an answer that shows no values is then the same
(`recall.py` says why). A number that bounds another counts by its piece (`orders.pieces` says why); of two that bound
each other the values count, too, for they may contradict.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import Any, Generic, TypeVar

from ..language.case import CaseFacts, from_python, resolve, values_given
from ..language.orders import pieces, related
from ..language.problems import WhytuneError
from ..language.value import UNKNOWN, Value
from ..language.vocabulary import Vocabulary
from .recall import kind_of

AnyAnswer = TypeVar("AnyAnswer")

_NONE: frozenset[str] = frozenset()

MOST = 100_000
"""Values, and sets of them, that are kept with what they mean."""


class AnsweredKinds(Generic[AnyAnswer]):
    """Answers what was given by what `advise` says of the first that is alike, or `refuse` of the first with a mistake.

    `read` turns what was given into facts, and raises WhytuneError for mistakes.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        read: Callable[[Mapping[str, Any]], CaseFacts],
        advise: Callable[[CaseFacts], AnyAnswer],
        refuse: Callable[[WhytuneError], AnyAnswer],
    ) -> None:
        self._vocabulary = vocabulary
        self._read, self._advise, self._refuse = read, advise, refuse
        bounding = {name for pair in vocabulary.orders for name in pair}
        self._related = {name: related(vocabulary, name) - {name} for name in bounding}
        self._starts = {name: _starts(vocabulary, name) for name in bounding}
        self._places: dict[tuple[str, type, Hashable], Hashable] = {}
        self._answers: dict[Hashable, AnyAnswer] = {}
        self._advised: dict[Hashable, AnyAnswer] = {}
        self._refused: dict[str, AnyAnswer] = {}

    @property
    def kinds(self) -> int:
        """How many different kinds of cases have been advised on."""
        return len(self._advised)

    def answer(self, given: Mapping[str, Any]) -> AnyAnswer:
        """The answer to these facts; raises what `advise` raises."""
        places = tuple((fact, self._place(fact, value)) for fact, value in given.items())
        kind = (places, self._bounding_each_other(given)) if self._related else places
        if kind in self._answers:
            return self._answers[kind]
        try:
            facts = self._read(given)
        except WhytuneError as error:
            return self._refusal(given, error)
        make_room(self._answers)
        self._answers[kind] = answer = self._advised_on(facts)
        return answer

    def _advised_on(self, facts: CaseFacts) -> AnyAnswer:
        kind = kind_of(facts)
        if kind not in self._advised:
            self._advised[kind] = self._advise(facts)
        return self._advised[kind]

    def _refusal(self, given: Mapping[str, Any], error: WhytuneError) -> AnyAnswer:
        """What is said of mistakes, which may tell the very values."""
        written = repr(given)
        if written not in self._refused:
            make_room(self._refused)
            self._refused[written] = self._refuse(error)
        return self._refused[written]

    def _bounding_each_other(self, given: Mapping[str, Any]) -> tuple[str, ...]:
        """The values of the numbers that bound another of those given."""
        return tuple(str(given[name]) for name in given if not self._related.get(name, _NONE).isdisjoint(given))

    def _place(self, fact: str, value: Any) -> Hashable:
        """What tells this value of the fact from others: the cells it lies in; of one that is none, the value."""
        key = (fact, type(value), tuple(value) if isinstance(value, list | set) else value)
        try:
            if key not in self._places:
                make_room(self._places)
                self._places[key] = self._cells(fact, value)
        except TypeError:  # a map: known in part
            return self._cells(fact, value)
        return self._places[key]

    def _cells(self, fact: str, value: Any) -> Hashable:
        try:
            values, _ = values_given(self._vocabulary, from_python({fact: value}))
        except WhytuneError:
            return repr(value)
        return tuple((name, self._cell(name, known)) for name, known in values.items())

    def _cell(self, fact: str, value: Value) -> Hashable:
        if isinstance(value, Decimal) and fact in self._starts:
            return bisect_right(self._starts[fact], value)
        if value == UNKNOWN or fact in self._starts:
            return str(value)
        return self._vocabulary.domains[fact].cells_of(value)


def _starts(vocabulary: Vocabulary, number: str) -> list[Decimal]:
    """Where each piece of a number begins that bounds another, but for the lowest."""
    return [piece.low for _, piece in pieces(vocabulary, number) if piece.low is not None]


def as_given(vocabulary: Vocabulary) -> Callable[[Mapping[str, Any]], CaseFacts]:
    """Reads what was given as `Advisor.advise` does."""
    return lambda given: resolve(vocabulary, from_python(given))


def make_room(kept: dict[Any, Any], most: int = MOST) -> None:
    """Forgets what is kept if it has become too much, as where every row has a number of its own."""
    if len(kept) >= most:
        kept.clear()
