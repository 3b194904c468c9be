"""Given facts -> the answer to all that are alike, worked out once for each kind of them.

An answer that shows no values is the same for all that is given alike (`given_places` says what that is).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from typing import Any, Generic, TypeVar

from ..language.case import CaseFacts, complete, from_python, resolve
from ..language.problems import WhytuneError
from ..language.vocabulary import Vocabulary
from .given_places import MOST, GivenPlaces, make_room
from .recall import kind_of

AnyAnswer = TypeVar("AnyAnswer")


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
        self._places = GivenPlaces(vocabulary)
        self._read, self._advise, self._refuse = read, advise, refuse
        self._answers: dict[Hashable, AnyAnswer] = {}
        self._advised: dict[Hashable, AnyAnswer] = {}
        self._refused: dict[str, AnyAnswer] = {}

    @property
    def kinds(self) -> int:
        """How many different kinds of cases have been advised on."""
        return len(self._advised)

    def answer(self, given: Mapping[str, Any]) -> AnyAnswer:
        """The answer to these facts; raises what `advise` raises."""
        alike = self._places.kind(given)
        if alike is not None and alike.kind in self._answers:
            return self._answers[alike.kind]
        try:
            facts = self._read(given)
        except WhytuneError as error:
            return self._refusal(given, error)
        answer = self._advised_on(facts)
        if alike is not None:
            make_room(self._answers, MOST)
            self._answers[alike.kind] = answer
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
            make_room(self._refused, MOST)
            self._refused[written] = self._refuse(error)
        return self._refused[written]


def as_given(vocabulary: Vocabulary, places: GivenPlaces | None = None) -> Callable[[Mapping[str, Any]], CaseFacts]:
    """Reads what was given as `Advisor.advise` does; what a value means is worked out once."""
    places = places or GivenPlaces(vocabulary)

    def read(given: Mapping[str, Any]) -> CaseFacts:
        values = places.values(given)
        if values is not None:
            with suppress(WhytuneError):
                return complete(vocabulary, values)
        return resolve(vocabulary, from_python(given))  # which tells the places of mistakes

    return read
