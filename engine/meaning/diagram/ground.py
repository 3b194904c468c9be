"""The cells over which rulebooks are compared: each fact is cut wherever any of them cuts it.

Diagrams built on one ground share a store. So two rulebooks, or a rulebook and its copy without one rule, mean the same
if and only if their roots are the same number.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from decimal import Decimal
from functools import cached_property
from typing import Any, TypeVar

from ...language.bounds import roundest
from ...language.intervals import Interval, cells_between
from ...language.problems import Problem, Sentence, WhytuneError, together
from ...language.rulebook import Rulebook
from ...language.value import Value
from ...language.vocabulary import YES_NO, Domain, Fact
from .clauses import Clauses
from .node_store import Diagrams
from .nodes import MAX_NODES, MAX_NODES_TOGETHER, MAX_STEPS_TOGETHER, Restriction
from .where import Function, FunctionStore, Leaf, Where, diagrams_of, root_on

Cell = str | Interval
Copied = TypeVar("Copied", bound=Function[Any])


class Ground:
    """The common cells of some rulebooks, the last of which sets the order of the questions.

    `answers` are asked before all facts, as if they were given: what may come out of each of some decisions. `order` is
    that of the facts in the diagrams, if it is not that of the questions. What is asked `in_clauses` needs no diagrams,
    and cannot be walked.

    Raises WhytuneError, incomparable-fact, if a fact is of different kinds in two of them.
    """

    def __init__(
        self,
        *rulebooks: Rulebook,
        max_nodes: int = MAX_NODES,
        max_steps: int | None = None,
        answers: Mapping[str, tuple[str, ...]] | None = None,
        order: Sequence[str] | None = None,
        in_clauses: bool = False,
    ) -> None:
        self.rulebooks = rulebooks
        self._facts = _grouped(rulebooks)
        self.cells: Mapping[str, tuple[Cell, ...]] = {
            **(answers or {}),
            **{name: _cells(rulebooks, name) for name in self._facts},
        }
        sizes = {name: len(cells) for name, cells in self.cells.items()}
        in_order = (*(answers or ()), *order) if order else None
        self.store: FunctionStore = Clauses(sizes) if in_clauses else Diagrams(sizes, max_nodes, max_steps, in_order)

    def domains(self, rulebook: Rulebook) -> Mapping[str, Domain]:
        """The domain of each fact of one of these rulebooks, in the common cells."""
        if len(self.rulebooks) == 1:
            return rulebook.vocabulary.domains
        return {name: _recut(domain, self.cells[name]) for name, domain in rulebook.vocabulary.domains.items()}

    def in_question_order(self, names: Collection[str]) -> tuple[str, ...]:
        return tuple(name for name in self.cells if name in names)

    @property
    def order(self) -> tuple[str, ...] | None:
        """The order of the facts in the diagrams; None if it is that of the questions."""
        order = tuple(name for name in self.store.level if name in self._facts)
        return None if order == tuple(self._facts) else order

    @property
    def is_in_clauses(self) -> bool:
        """Can what stands on it be asked, and not walked?"""
        return isinstance(self.store, Clauses)

    @property
    def has_room(self) -> bool:
        """Has the store of functions room for most of what is only built to be asked?"""
        return isinstance(self.store, Clauses) or len(self.store) < self.store.max_nodes // 4

    @property
    def asks_in_question_order(self) -> bool:
        """Is each path down a diagram an interview?"""
        return not self.is_in_clauses and self.order is None

    @property
    def steps(self) -> int:
        """How much work has gone into the diagrams on this ground so far."""
        return self.diagrams.steps

    @property
    def diagrams(self) -> Diagrams:
        """The store of diagrams; raises TypeError if this ground has clauses."""
        return diagrams_of(self.store)

    @property
    def everywhere(self) -> Where:
        return self.all_of(())

    @property
    def nowhere(self) -> Where:
        return self.any_of(())

    def aside(self) -> Ground:
        """The same cells with a store of its own, for what is worked out only to be told."""
        ground = copy(self)
        ground.store = self.diagrams.beside(MAX_NODES_TOGETHER, MAX_STEPS_TOGETHER)
        for name in ("possible", "known", "tasks"):
            setattr(ground, name, ground.narrowed(getattr(self, name), {}))
        return ground

    def all_of(self, sets: Iterable[Where]) -> Where:
        """The cells that lie in all of these sets."""
        return Where(self.store, self.store.all_of([root_on(self.store, where) for where in sets]))

    def any_of(self, sets: Iterable[Where]) -> Where:
        """The cells that lie in one of these sets."""
        return Where(self.store, self.store.any_of([root_on(self.store, where) for where in sets]))

    def constant(self, value: Leaf) -> Function[Leaf]:
        """The function that has this value in every cell."""
        return Function(self.store, self.store.leaf(value))

    def narrowed(self, function: Copied, cells: Restriction) -> Copied:
        """A function from a ground with the same facts and cells, on this one, where some facts are in these cells."""
        return replace(
            function, store=self.store, root=self.diagrams.copied_from(function.diagrams, function.root, cells)
        )

    @cached_property
    def known(self) -> Where:
        """Where all the rulebooks know the value of every fact that applies in one of them, and all are possible at
        once."""
        values = (self.choice(name, self.common(name)) | ~self._applies_anywhere(name) for name in self._facts)
        return self.all_of((self.possible, *values))

    @cached_property
    def possible(self) -> Where:
        """Where no number has to exceed another that bounds it in any of the rulebooks."""
        return self.all_of(self._in_order(book, *pair) for book in self.rulebooks for pair in book.vocabulary.orders)

    def _in_order(self, rulebook: Rulebook, low: str, high: str) -> Where:
        """Where the first number does not have to exceed the second, or one of them does not apply."""
        least = [self._ends(low, cell)[0] for cell in range(len(self.cells[low]))]
        greatest = [self._ends(high, cell)[1] for cell in range(len(self.cells[high]))]
        pairs = (
            self.choice(low, (index,))
            & self.choice(high, (at for at, end in enumerate(greatest) if not _is_beyond(start, end)))
            for index, start in enumerate(least)
        )
        return self.any_of((*pairs, ~self._applies(rulebook, low), ~self._applies(rulebook, high)))

    def _ends(self, name: str, cell: int) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest number in this cell; None for an end that is open."""
        interval, facts = self.cells[name][cell], self._facts[name]
        assert isinstance(interval, Interval)
        lows = [bound for bound in (interval.low, *(fact.least for fact in facts)) if bound is not None]
        highs = [fact.greatest for fact in facts if fact.greatest is not None]
        highs += [interval.high - facts[0].step] if interval.high is not None else []
        return max(lows, default=None), min(highs, default=None)

    def in_order(self, values: Mapping[str, Value]) -> dict[str, Value]:
        """These values with each number raised to its lower bound; they must lie in possible cells."""
        raised = dict(values)
        for low, high in (pair for book in self.rulebooks for pair in book.vocabulary.orders):
            least, greatest = values.get(low), raised.get(high)
            if isinstance(least, Decimal) and isinstance(greatest, Decimal):
                raised[high] = max(least, greatest)
        return raised

    @cached_property
    def tasks(self) -> Where:
        """One cell for each task.

        A fact that does not apply to a task in any of the rulebooks has no value there: of the cells that differ in
        nothing else, the first stands for all.
        """
        first = (self.choice(name, (0,)) | self._applies_anywhere(name) for name in self._facts)
        return self.all_of((self.known, *first))

    def in_common(self, function: Function[Leaf]) -> Function[Leaf]:
        """One cell for each comparable task; a value that only one rulebook knows is treated like one that all know."""
        for name in self._facts:
            cells = self.common(name)
            if len(cells) < len(self.cells[name]):
                elsewhere = function.at(name, cells[0])
                function = self.choice(name, cells).combined(_either, function, elsewhere, name="either")
        return function

    def in_some_way(self, where: Where) -> Where:
        """The cells in which this is so for some value of the facts that do not apply there.

        What holds for a task does not depend on them, but a comparison with another task may.
        """
        for name, facts in self._facts.items():
            if all(fact.only_if for fact in facts):
                applies = self._applies_anywhere(name)
                somehow = self.any_of(where.at(name, cell) for cell in self.common(name))
                where = where & applies | somehow - applies
        return where

    def waits_for(self, name: str) -> frozenset[str]:
        """The facts that determine whether this one applies."""
        return self._waits_for[name]

    @cached_property
    def _waits_for(self) -> Mapping[str, frozenset[str]]:
        return {name: _waited_for(self.rulebooks, name) for name in self._facts}

    def value(self, name: str, cell: int) -> Value:
        """A value in this cell that all the rulebooks know; for a number, a round one near the least.

        For a number that bounds another it is the least: a greater one may exceed the other.
        """
        target = self.cells[name][cell]
        if not isinstance(target, Interval):
            return target
        low, high = self._ends(name, cell)
        return low if low is not None and name in self._bounding else roundest(low, high)

    @cached_property
    def _bounding(self) -> frozenset[str]:
        """The numbers that bound each other."""
        return frozenset(name for book in self.rulebooks for pair in book.vocabulary.orders for name in pair)

    def choice(self, fact: str, cells: Iterable[int]) -> Where:
        """The cells in which the fact is in one of these."""
        chosen = frozenset(cells)
        leaves = tuple(self.store.leaf(cell in chosen) for cell in range(len(self.cells[fact])))
        return Where(self.store, self.store.node(self.store.level[fact], leaves))

    def common(self, name: str) -> Sequence[int]:
        """The cells of a fact that hold a value known to all the rulebooks that have the fact."""
        return self._common[name]

    @cached_property
    def _common(self) -> Mapping[str, Sequence[int]]:
        return {
            name: tuple(index for index, cell in enumerate(self.cells[name]) if _is_known_to_all(facts, cell))
            for name, facts in self._facts.items()
        }

    def known_to(self, rulebook: Rulebook, name: str) -> list[int]:
        """The cells of a fact that hold a value known to this rulebook; none if it does not have the fact."""
        fact = rulebook.vocabulary.by_name.get(name)
        if fact is None:
            return []
        return [index for index, cell in enumerate(self.cells[name]) if _is_known_to_all([fact], cell)]

    def _applies_anywhere(self, name: str) -> Where:
        """Where the fact applies in any of the rulebooks."""
        return self.any_of(self._applies(book, name) for book in self.rulebooks)

    def _applies(self, rulebook: Rulebook, name: str) -> Where:
        """Where the fact applies in this rulebook; a fact that it does not have never does."""
        if name not in rulebook.vocabulary.domains:
            return self.nowhere
        domains, vocabulary = self.domains(rulebook), rulebook.vocabulary
        conditions = []
        for subject, accepts in vocabulary.applies_if[name]:
            fact = vocabulary.fact_of[subject].fact
            values = domains[fact].subjects[subject]
            conditions.append(self.choice(fact, (cell for cell, value in enumerate(values) if value in accepts)))
        return self.all_of(conditions)


def _is_beyond(start: Decimal | None, end: Decimal | None) -> bool:
    return start is not None and end is not None and start > end


def _either(is_first: bool, first: Leaf, second: Leaf) -> Leaf:
    return first if is_first else second


def _grouped(rulebooks: tuple[Rulebook, ...]) -> dict[str, list[Fact]]:
    """The facts of each name, in the order of the last rulebook; those that only others have keep their place there."""
    order: list[str] = []
    facts: dict[str, list[Fact]] = {}
    for rulebook in reversed(rulebooks):
        place = -1
        for fact in rulebook.vocabulary.facts:
            if fact.fact not in facts:
                order.insert(place + 1, fact.fact)
            place = order.index(fact.fact)
            facts.setdefault(fact.fact, []).insert(0, fact)
    for name, namesakes in facts.items():
        if len({fact.kind for fact in namesakes}) > 1:
            message = Sentence(
                "the fact `{fact}` is of two kinds here, {kinds}, and cannot be compared",
                fact=name,
                kinds=together(sorted({fact.kind for fact in namesakes})),
            )
            hint = Sentence("give the new fact a name of its own")
            raise WhytuneError([Problem("incomparable-fact", message, None, hint)])
    return {name: facts[name] for name in order}


def _waited_for(rulebooks: Iterable[Rulebook], name: str) -> frozenset[str]:
    vocabularies = [book.vocabulary for book in rulebooks if name in book.vocabulary.domains]
    return frozenset(
        vocabulary.fact_of[subject].fact for vocabulary in vocabularies for subject, _ in vocabulary.applies_if[name]
    )


def _cells(rulebooks: Sequence[Rulebook], name: str) -> tuple[Cell, ...]:
    """All cells of a fact: its values in any of the rulebooks, or the intervals between all their cuts."""
    domains = [book.vocabulary.domains[name] for book in reversed(rulebooks) if name in book.vocabulary.domains]
    if domains[0].fact.is_number:
        return cells_between({cut for domain in domains for cut in _cuts(domain.cells)})
    return tuple(dict.fromkeys(cell for domain in domains for cell in domain.cells))


def _cuts(cells: Iterable[Cell]) -> list[Decimal]:
    """Where each cell of a number line begins, but for the first."""
    return [cell.low for cell in cells if isinstance(cell, Interval) and cell.low is not None]


def _recut(domain: Domain, cells: tuple[Cell, ...]) -> Domain:
    """The domain with other cells, each within one of its own; an unknown value satisfies nothing."""
    if cells == domain.cells:
        return domain
    if not domain.fact.is_number:
        return Domain(domain.fact, cells, {name: tuple(map(str, cells)) for name in domain.subjects})
    own = _cuts(domain.cells)
    within = [0, *(bisect_right(own, cut) for cut in _cuts(cells))]
    subjects = {name: tuple(values[index] for index in within) for name, values in domain.subjects.items()}
    return Domain(domain.fact, cells, subjects)


def _is_known_to_all(facts: Sequence[Fact], cell: Cell) -> bool:
    """Is there a value in this cell that each of these facts can have?"""
    if not isinstance(cell, Interval):
        return all(cell in (YES_NO if fact.kind == "yes_no" else fact.values) for fact in facts)
    low = max((fact.least for fact in facts if fact.least is not None), default=None)
    high = min((fact.greatest for fact in facts if fact.greatest is not None), default=None)
    low = cell.low if low is None else low if cell.low is None else max(low, cell.low)
    return low is None or ((high is None or low <= high) and (cell.high is None or low < cell.high))
