"""What was given -> its kind: all that is given alike is answered alike, but for the values that an answer shows.

Facts are given alike if they are the same facts in the same cells (`recall` says why that is enough). A number that
bounds another counts by its piece (`orders.pieces` says why).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Mapping
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from ..language.case import FactState, from_python, values_given
from ..language.orders import pieces
from ..language.problems import WhytuneError
from ..language.value import UNKNOWN, Value
from ..language.vocabulary import Vocabulary

MOST = 100_000
"""Values that are kept with what they mean."""

_PLAIN = frozenset({bool, int, float, str, Decimal, type(None)})
_LISTS = frozenset({list, tuple, set, frozenset})
_MISTAKES = (LookupError, TypeError, ValueError, AttributeError, WhytuneError)
"""What is raised for what was given by mistake, which is told by whoever reads it."""


class GivenKind(NamedTuple):
    """The kind of what was given, and the states of the facts to which it gives values."""

    kind: Hashable
    states: Mapping[str, FactState]


class _Placed(NamedTuple):
    """One value: a number that all values of its fact share that mean the same, what it says, and as states."""

    place: int
    values: Mapping[str, Value]
    states: Mapping[str, FactState]


class GivenPlaces:
    """Tells kinds of given facts apart; what a value means is worked out once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._starts = {name: _starts(vocabulary, name) for pair in vocabulary.orders for name in pair}
        self._placed: dict[Hashable, _Placed] = {}
        self._numbers: dict[Hashable, int] = {}
        self._next = count()  # no number has a second meaning, though its first one is forgotten

    def kind(self, given: Mapping[str, Any]) -> GivenKind | None:
        """The kind of these facts; None for a mistake, and for what only a whole reading can tell."""
        kind: list[int] = []
        states: dict[str, FactState] = {}
        stated = 0
        try:
            for name, value in given.items():
                place, _, own = self._meant(name, value)
                kind.append(place)
                states.update(own)
                stated += len(own)
        except _MISTAKES:
            return None
        if stated != len(states) or (self._starts and not self._are_in_order(states)):
            return None
        return GivenKind(tuple(kind), states)

    def values(self, given: Mapping[str, Any]) -> dict[str, Value] | None:
        """The value of each fact that is given; None for a mistake, told by whoever reads."""
        values: dict[str, Value] = {}
        stated = 0
        try:
            for name, value in given.items():
                own = self._meant(name, value).values
                values.update(own)
                stated += len(own)
        except _MISTAKES:
            return None
        return values if stated == len(values) else None

    def _meant(self, name: str, value: Any) -> _Placed:
        one = self._placed.get((name, value.__class__, value)) if value.__class__ in _PLAIN else None
        return one or self._place(name, value)

    def _are_in_order(self, states: Mapping[str, FactState]) -> bool:
        """Is each two of the numbers that bound each other given as one number, the first not above the second?"""
        for low, high in self._vocabulary.orders:
            if low in states and high in states:
                less, more = states[low].value, states[high].value
                if not (isinstance(less, Decimal) and isinstance(more, Decimal) and less <= more):
                    return False
        return True

    def _place(self, name: str, value: Any) -> _Placed:
        """What a value means; raises WhytuneError for a mistake."""
        key = _key(name, value)
        if key in self._placed:
            return self._placed[key]
        values, _ = values_given(self._vocabulary, from_python({name: value}))
        means = tuple((fact, self._cell(fact, known)) for fact, known in values.items())
        if (name, means) not in self._numbers:
            make_room(self._numbers, MOST)
            self._numbers[name, means] = next(self._next)
        number = self._numbers[name, means]
        placed = _Placed(
            number, values, {fact: FactState(one, "given") for fact, one in values.items() if one != UNKNOWN}
        )
        if key is not None:
            make_room(self._placed, MOST)
            self._placed[key] = placed
        return placed

    def _cell(self, fact: str, value: Value) -> Hashable:
        if isinstance(value, Decimal) and fact in self._starts:
            return bisect_right(self._starts[fact], value)
        if value == UNKNOWN or fact in self._starts:
            return str(value)
        return self._vocabulary.domains[fact].cells_of(value)


def _key(name: str, value: Any) -> Hashable:
    """What tells this value from all others; None for what may be changed, or is no value at all."""
    if value.__class__ in _PLAIN:
        return name, value.__class__, value
    if value.__class__ in _LISTS and all(part.__class__ is str for part in value):
        return name, value.__class__, tuple(value)
    return None


def _starts(vocabulary: Vocabulary, number: str) -> list[Decimal]:
    """Where each piece of a number begins that bounds another, but for the lowest."""
    return [piece.low for _, piece in pieces(vocabulary, number) if piece.low is not None]


def make_room(kept: dict[Any, Any], most: int) -> None:
    """Forgets what is kept if it has become too much, as where every row has a number of its own."""
    if len(kept) >= most:
        kept.clear()
