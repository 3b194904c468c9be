"""The cheapest choices that force an outcome, where a diagram would be too large to go down: guess, refute, learn.

A guess is an option for each fact with which every case met so far leads to the goal. If the solver knows a case that
does not, that case is met, too. (Counterexample-guided: Clarke, Grumberg, Jha, Lu and Veith 2000.)
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..language.problems import Problem, Sentence, WhytuneError
from .diagram.clauses import Clauses
from .diagram.nodes import NodeId
from .diagram.solving import Literal

MAX_GUESSES = 400
MAX_CONFLICTS_TOGETHER = 60_000
"""How many choices are tried, and how often the solver may run into a contradiction, before the search gives up."""


class PricedCells(NamedTuple):
    """What a fact may do: the cells in which it is then, and the price."""

    cells: frozenset[int]
    price: int


Guess = Mapping[str, int]
"""The number of the option that each fact takes."""


class Guesses:
    """Guesses at the options of facts after which a function in clauses has a value of the goal in every case.

    The store grows with each guess, so it should be nobody else's.
    """

    def __init__(
        self,
        store: Clauses,
        root: NodeId,
        goal: Callable[[Hashable], bool],
        options: Mapping[str, Sequence[PricedCells]],
    ) -> None:
        self.store, self.options = store, options
        self._goal = store.some(literal for value, literal in store.parts(root) if goal(value))
        self._taken = {name: store.one_of(len(some)) for name, some in options.items()}
        self._learned: list[Literal] = []
        self._left = MAX_GUESSES

    def cheapest(self) -> list[Guess]:
        """All guesses of the least price that hold; none if no guess does. Raises WhytuneError: search-too-large."""
        paid = [
            taken
            for name, some in self._taken.items()
            for option, taken in zip(self.options[name], some, strict=True)
            if option.price
        ]
        for most in range(len(self.options) + 1):
            if not self.store.can_be(self._learned):
                return []
            if guesses := [*self._holding(-self._more_than(most, paid))]:
                return guesses
        return []

    def _holding(self, within: Literal) -> Iterator[Guess]:
        while self.store.can_be((*self._learned, within)):
            self._count()
            guess = self._read(self._taken)
            if self._is_refuted(guess):
                self._learned.append(self._leads_there(self._read(self.store.variables)))
            else:
                yield guess
                paid = [self._taken[name][at] for name, at in guess.items() if self.options[name][at].price]
                self._learned.append(-self.store.every(paid))

    def _is_refuted(self, guess: Guess) -> bool:
        """Does the solver know a case in which this guess does not lead to the goal? It is then its last one."""
        places = {name: self.options[name][at].cells for name, at in guess.items()}
        inside = (literal for name, place in places.items() for literal in self.store.inside(name, place))
        return self.store.can_be((*inside, -self._goal))

    def _leads_there(self, case: Guess) -> Literal:
        """True of guesses that lead to the goal where facts that are free to be so are as in this case."""
        instead: dict[Literal, Literal] = {}
        for name, options in self.options.items():
            cells = self.store.variables[name]
            ways: list[list[Literal]] = [[] for _ in cells]
            for option, taken in zip(options, self._taken[name], strict=True):
                ways[case[name] if case[name] in option.cells else min(option.cells)].append(taken)
            instead |= {cell: self.store.some(some) for cell, some in zip(cells, ways, strict=True)}
        (there,) = self.store.replaced([self._goal], instead)
        return there

    def _read(self, variables: Mapping[str, Sequence[Literal]]) -> Guess:
        """Which of each of these sets of variables is true in the case that the solver came upon."""
        model = self.store.model()
        return {name: next(at for at, one in enumerate(some) if model[one] > 0) for name, some in variables.items()}

    def _more_than(self, most: int, literals: Sequence[Literal]) -> Literal:
        """True where more of these are true than that."""
        store = self.store
        counted = [store.true, *[-store.true] * (most + 1)]  # at least so many of those looked at
        for literal in literals:
            counted = [store.true] + [
                store.some((enough, store.every((one_less, literal)))) for one_less, enough in pairwise(counted)
            ]
        return counted[-1]

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0 or self.store.conflicts > MAX_CONFLICTS_TOGETHER:
            most = MAX_GUESSES if self._left < 0 else MAX_CONFLICTS_TOGETHER
            message = Sentence("not found within {most:,} steps of search", most=most)
            hint = Sentence("give more facts, or ask for one option")
            raise WhytuneError([Problem("search-too-large", message, None, hint)])
