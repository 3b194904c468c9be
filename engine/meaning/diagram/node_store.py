"""Decision diagrams -> what they mean together: new nodes, in one store in which equal functions are one node."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from .nodes import NodeId, Nodes, Restriction

Pending = TypeVar("Pending", bound=Hashable)
_NOTHING = object()
"""The absorbing leaf of an operation that has none: it equals no outcome."""


class Diagrams(Nodes):
    """Nodes from which others are built; each of them stays."""

    @cached_property
    def _done(self) -> dict[Hashable, dict[tuple[NodeId, ...], NodeId]]:
        """What was combined before, by operation."""
        return {}

    def combine(
        self, operation: Callable[..., Hashable], *roots: NodeId, absorbing: Hashable = _NOTHING, name: Hashable = None
    ) -> NodeId:
        """The diagram whose leaf in every cell is the operation applied to the leaves of these diagrams there.

        If one of the leaves is `absorbing`, the operation gives that leaf whatever the others are. Results are
        remembered by the operation, or by its `name` if it is a new function each time.
        """
        done = self._done.setdefault((name or operation, absorbing), {})
        if roots in done:
            return done[roots]
        absorbed = None if absorbing is _NOTHING else self.leaf(absorbing)

        def expand(nodes: tuple[NodeId, ...]) -> tuple[int, list[tuple[NodeId, ...]]] | NodeId:
            if absorbed is not None and absorbed in nodes:
                return absorbed
            level = self._first_level(nodes)
            if level == len(self.facts):
                return self.leaf(operation(*(self._values[node] for node in nodes)))
            return level, [
                tuple(self._step(node, level, cell) for node in nodes) for cell in range(self.facts[level][1])
            ]

        return self._build(roots, expand, done)

    def all_of(self, roots: Iterable[NodeId]) -> NodeId:
        """True where all of these are true."""
        return self._join(_and, list(roots), absorbing=False)

    def any_of(self, roots: Iterable[NodeId]) -> NodeId:
        """True where one of these is true."""
        return self._join(_or, list(roots), absorbing=True)

    def beside(self, max_nodes: int, max_steps: int | None = None) -> Diagrams:
        """An empty store over the same facts, in the same order."""
        return Diagrams(self.sizes, max_nodes, max_steps, tuple(self.level))

    def forget(self) -> None:
        """Frees the memory that only further combining would use."""
        self._done.clear()

    def negate(self, root: NodeId) -> NodeId:
        return self.combine(_not, root)

    def restrict(self, root: NodeId, cells: Restriction) -> tuple[Diagrams, NodeId]:
        """The diagram restricted to these cells, which asks none of these facts, in a store of its own.

        So a case leaves nothing behind in this store, which many cases and threads share.
        """
        own = self.beside(self.max_nodes)
        return own, self._fix(root, cells, own)

    def fixed(self, root: NodeId, cells: Restriction) -> NodeId:
        """The restricted diagram in this store, to be combined with others."""
        return self._fix(root, cells, self)

    def _fix(self, root: NodeId, cells: Restriction, target: Diagrams) -> NodeId:
        at = self._by_level(cells)

        def expand(node: NodeId) -> tuple[int, list[NodeId]] | NodeId:
            level, children = self._nodes[node]
            while children and len(at.get(level, ())) == 1:
                node = children[at[level][0]]
                level, children = self._nodes[node]
            if not children:
                return target.leaf(self._values[node])
            return level, _as_if(children, at[level]) if level in at else list(children)

        return target._build(root, expand, {})

    def copied_from(self, other: Diagrams, root: NodeId, cells: Restriction) -> NodeId:
        """A diagram of another store over the same facts, restricted to these cells, in this one."""
        return other._fix(root, cells, self)

    def narrowed(self, root: NodeId, cells: Restriction, possible: NodeId) -> tuple[Diagrams, NodeId]:
        """The diagram restricted to these cells and, if that can be so, to where this is possible; on its own."""
        own, here = self.restrict(root, cells)
        there = self._fix(possible, cells, own)
        return own, here if own.is_leaf(there) else own.where_possible(here, there)

    def where_possible(self, root: NodeId, possible: NodeId) -> NodeId:
        """The diagram where this is possible; elsewhere it equals some possible cell, so that it asks no more.

        This is the restriction of Coudert and Madre (1990), by siblings; `possible` must hold somewhere.
        """
        impossible = self.leaf(False)

        def expand(nodes: tuple[NodeId, NodeId]) -> tuple[int, list[tuple[NodeId, NodeId]]] | NodeId:
            if self.is_leaf(nodes[0]):
                return nodes[0]
            level = self._first_level(nodes)
            pairs = [
                (self._step(nodes[0], level, cell), self._step(nodes[1], level, cell))
                for cell in range(self.facts[level][1])
            ]
            return level, _as_if(pairs, [cell for cell, pair in enumerate(pairs) if pair[1] != impossible])

        return self._build((root, possible), expand, {})

    def going_on(self, root: NodeId, cells: Mapping[NodeId, Sequence[int]]) -> Mapping[NodeId, NodeId]:
        """What becomes of each node where it goes on from these cells of its own; from any other as from the first."""

        def expand(node: NodeId) -> tuple[int, list[NodeId]] | NodeId:
            level, children = self._nodes[node]
            return (level, _as_if(children, cells[node])) if children else node

        becomes: dict[NodeId, NodeId] = {}
        self._build(root, expand, becomes)
        return becomes

    def _join(self, operation: Callable[..., Hashable], roots: list[NodeId], absorbing: bool) -> NodeId:
        """Combines pairs, then pairs of pairs: if one root is exchanged, only the pairs above it are rebuilt."""
        while len(roots) > 1:
            pairs = zip(roots[::2], roots[1::2], strict=False)
            roots = [self.combine(operation, *pair, absorbing=absorbing) for pair in pairs] + roots[len(roots) & ~1 :]
        return roots[0] if roots else self.leaf(not absorbing)

    def _build(
        self,
        start: Pending,
        expand: Callable[[Pending], tuple[int, list[Pending]] | NodeId],
        done: dict[Pending, NodeId],
    ) -> NodeId:
        """Builds bottom up, with its own stack: `expand` gives a finished node, or a level and the parts below it."""
        waiting = [start]
        while waiting:
            item = waiting[-1]
            if item in done:
                waiting.pop()
                continue
            self._count_step()
            expanded = expand(item)
            if isinstance(expanded, int):
                done[item] = expanded
                continue
            level, parts = expanded
            unfinished = [part for part in parts if part not in done]
            if unfinished:
                waiting.extend(unfinished)
            else:
                done[item] = self.node(level, tuple(done[part] for part in parts))
        return done[start]


def _as_if(children: Sequence[Pending], cells: Sequence[int]) -> list[Pending]:
    """The children if the fact is in one of these cells; in any other cell it continues as in the first of them."""
    return [child if cell in cells else children[cells[0]] for cell, child in enumerate(children)]


def _and(a: bool, b: bool) -> bool:
    return a and b


def _or(a: bool, b: bool) -> bool:
    return a or b


def _not(a: bool) -> bool:
    return not a
