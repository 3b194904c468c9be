"""Sets of cells, and functions of cells, as values: `&`, `|`, `^`, `-` and `~` are exact.

A `Function` has one value in each cell of some ground, as the advice on a decision has; a `Where` is the set of cells
in which something is so. They are values over a store: nodes of a diagram or, where that would be too large, clauses.
In a diagram equal functions are one node, so `==` is exact, too; and only there can a function be walked. Values on
different grounds cannot be mixed; that raises ValueError.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Self, TypeVar, cast

from .clauses import Clauses
from .node_store import Diagrams
from .nodes import NodeId, Restriction

Leaf = TypeVar("Leaf", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)
FunctionStore = Diagrams | Clauses


@dataclass(frozen=True, slots=True, repr=False)
class Function(Generic[Leaf]):
    """A value for each cell; walked as a diagram, it asks a fact and has a part for each cell of that fact."""

    store: FunctionStore
    root: NodeId

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self.facts)} facts>"

    def values(self, cells: Restriction | None = None) -> frozenset[Leaf]:
        """All values that it can have when these facts are in these cells and the others are free."""
        return cast(frozenset[Leaf], self.store.outcomes(self.root, cells))

    @property
    def facts(self) -> frozenset[str]:
        """The facts that the value depends on."""
        return self.store.asked(self.root)

    def depends_on(self, fact: str) -> bool:
        """Is this one of its `facts`?"""
        return self.store.asks(self.root, fact)

    def at(self, fact: str, cell: int) -> Self:
        """The function as if the fact were in this cell, wherever the fact is."""
        return self.given({fact: cell})

    def given(self, cells: Restriction) -> Self:
        """The function as if these facts were in these cells."""
        return type(self)(self.store, self.store.fixed(self.root, cells))

    def narrowed(self, cells: Restriction, possible: Where) -> Self:
        """The function when these facts are in these cells, within what is possible there; on a ground of its own."""
        return type(self)(*self.store.narrowed(self.root, cells, root_on(self.store, possible)))

    def pruned(self, cells: Mapping[Function[Leaf], Sequence[int]]) -> Mapping[Self, Self]:
        """What becomes of each part where it goes on from these cells of its own; from any other as from the first."""
        becomes = self.diagrams.going_on(self.root, {part.root: here for part, here in cells.items()})
        return {type(self)(self.store, old): type(self)(self.store, new) for old, new in becomes.items()}

    def combined(
        self, operation: Callable[..., Other], *others: Function[Any], name: Hashable = None
    ) -> Function[Other]:
        """The operation applied to the values in each cell.

        Results are remembered by the operation, or by its `name` if it is a new function each time.
        """
        return Function(self.store, self.store.combine(operation, *self._roots(others), name=name))

    def where(self, holds: Callable[..., bool], *others: Function[Any], name: Hashable = None) -> Where:
        """The cells whose values pass this test; remembered like combined results."""
        return Where(self.store, self.store.combine(holds, *self._roots(others), name=name))

    def among(self, values: frozenset[Any]) -> Where:
        """The cells in which it has one of these values."""
        return self.where(partial(operator.contains, values), name=("among", values))

    def being(self, value: Hashable) -> Where:
        """The cells in which it has this value."""
        return self.among(frozenset((value,)))

    def differs(self, other: Function[Any]) -> Where:
        """The cells in which the other has a different value."""
        return self.where(operator.ne, other)

    # walking

    @property
    def diagrams(self) -> Diagrams:
        """The store of a function that can be walked; raises TypeError for one in clauses."""
        return diagrams_of(self.store)

    @property
    def is_constant(self) -> bool:
        """Does it have the same value whatever the facts are?"""
        return self.store.is_leaf(self.root)

    @property
    def value(self) -> Leaf:
        """The value of a function that is constant."""
        return cast(Leaf, self.store.value(self.root))

    @property
    def fact(self) -> str:
        """The fact that it asks first, if it is not constant."""
        return self.diagrams.fact(self.root)

    @property
    def parts(self) -> tuple[Self, ...]:
        """The function once the first fact is known: one part for each cell of that fact; none if it is constant."""
        return tuple(type(self)(self.store, child) for child in self.diagrams.children(self.root))

    def below(self) -> Iterator[Self]:
        """This function and all its parts at any depth, each once, this one first."""
        return (type(self)(self.store, node) for node in self.diagrams.below(self.root))

    def upward(self) -> Iterator[Self]:
        """This function and all its parts at any depth, each once, after all of its own parts."""
        return (type(self)(self.store, node) for node in sorted(self.diagrams.below(self.root)))  # children come first

    def _roots(self, others: Iterable[Function[Any]]) -> tuple[NodeId, ...]:
        """The nodes of this and the others, which must be on one ground."""
        return (self.root, *(root_on(self.store, other) for other in others))


@dataclass(frozen=True, slots=True, repr=False)
class Where(Function[bool]):
    """The set of cells in which something is so; true if it is not empty."""

    def __and__(self, other: Where) -> Where:
        return Where(self.store, self.store.all_of(self._roots((other,))))

    def __or__(self, other: Where) -> Where:
        return Where(self.store, self.store.any_of(self._roots((other,))))

    def __xor__(self, other: Where) -> Where:
        return self.differs(other)

    def __sub__(self, other: Where) -> Where:
        return self & ~other

    def __invert__(self) -> Where:
        return Where(self.store, self.store.negate(self.root))

    def __bool__(self) -> bool:
        return self.store.is_somewhere(self.root)

    def is_within(self, other: Where) -> bool:
        """Is the other so wherever this is? Nothing is built to see it."""
        return self.store.is_within(*self._roots((other,)))

    def is_same(self, other: Where) -> bool:
        """Are these the same cells, on whichever store?"""
        return self == other or (not isinstance(self.store, Diagrams) and not self ^ other)

    def holds(self, cells: Restriction) -> bool:
        """Is it so whenever these facts are in these cells, whatever the others are?"""
        return self.values(cells) == {True}


def differ(
    first: Sequence[Where], second: Sequence[Where], outcome: Callable[[tuple[Hashable, ...]], Hashable]
) -> bool:
    """Is there a cell in which the outcomes of the first and the second functions differ? Nothing is built."""
    store = diagrams_of(first[0].store)
    ours, theirs = ([root_on(store, where) for where in sets] for sets in (first, second))
    return store.differ(ours, theirs, outcome)


def diagrams_of(store: FunctionStore) -> Diagrams:
    """The store, if it is one of diagrams; raises TypeError if it is not."""
    if not isinstance(store, Diagrams):
        raise TypeError("functions in clauses can be asked, and not walked")
    return store


def root_on(store: FunctionStore, function: Function[Any]) -> NodeId:
    """The node of a function over this store; raises ValueError if it is over another."""
    if function.store is not store:
        raise ValueError("functions of cells on different grounds cannot be mixed")
    return function.root
