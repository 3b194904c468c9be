"""Multi-valued decision diagrams in one store, in which equal functions are one node.

An inner node asks one fact and has one child for each cell of that fact; a leaf is an outcome. Facts are asked in
one order, equal nodes are one node, and a node whose children are all the same does not exist. So two questions
have equal answers if and only if their roots are the same number, and every fact asked below a root can change the
answer. (Multi-valued decision diagrams: Srinivasan, Kam, Malik and Brayton 1990, after Bryant 1986.)
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod
from typing import TypeVar

from ...language.problems import Problem, Sentence, WhytuneError

MAX_NODES = 200_000
"""The most nodes for one rulebook; building them takes seconds and about 100 MiB. The guide needs a few hundred."""
MAX_STEPS = 1_000_000
"""The most work that building may take, about five seconds: a small diagram can come from combining large ones."""

MAX_NODES_TOGETHER = 400_000
MAX_STEPS_TOGETHER = 4_000_000
"""The same limits for all diagrams on one ground, where rulebooks are compared or checked: about a quarter of a minute.

Measured with Python 3.11: 14 s for 4,000,000 steps, and 170 MiB for 400,000 nodes, which most rulebooks reach first.
"""

Pending = TypeVar("Pending", bound=Hashable)
NodeId = int
Restriction = Mapping[str, int | frozenset[int]]
"""Fact -> the cell it is in, or the cells among which it is."""
_NOTHING = object()
"""The absorbing leaf of an operation that has none: it equals no outcome."""


class Diagrams:
    """A shared store of nodes over the facts of one vocabulary; a node is a number."""

    def __init__(
        self,
        sizes: Mapping[str, int],
        max_nodes: int = MAX_NODES,
        max_steps: int | None = None,
        order: Sequence[str] | None = None,
    ) -> None:
        """`sizes` has the number of cells of each fact in question order, `order` is that of the diagrams if not so."""
        self.sizes = sizes
        self.facts = tuple((name, sizes[name]) for name in order or sizes)
        self.level = {name: level for level, (name, _) in enumerate(self.facts)}
        self.max_nodes = max_nodes
        self.max_steps = max_steps or MAX_STEPS
        self._nodes: list[tuple[int, tuple[NodeId, ...]]] = []  # level and children; a leaf has none
        self._ids: dict[tuple[int, tuple[NodeId, ...]], NodeId] = {}
        self._leaves: dict[Hashable, NodeId] = {}
        self._values: dict[NodeId, Hashable] = {}
        self._done: dict[Hashable, dict[tuple[NodeId, ...], NodeId]] = {}  # what was combined before, by operation
        self._steps = 0

    def __len__(self) -> int:
        """How many nodes there are."""
        return len(self._nodes)

    @property
    def steps(self) -> int:
        """How much work building has taken so far."""
        return self._steps

    def leaf(self, value: Hashable) -> NodeId:
        node = self._leaves.get(value)
        if node is None:
            node = self._leaves[value] = self._new((len(self.facts), ()))
            self._values[node] = value
        return node

    def node(self, level: int, children: tuple[NodeId, ...]) -> NodeId:
        """The node that asks the fact of this level and goes on to these children."""
        if children.count(children[0]) == len(children):
            return children[0]
        key = (level, children)
        node = self._ids.get(key)
        if node is None:
            node = self._ids[key] = self._new(key)
        return node

    def is_leaf(self, node: NodeId) -> bool:
        return not self._nodes[node][1]

    def value(self, leaf: NodeId) -> Hashable:
        return self._values[leaf]

    def fact(self, node: NodeId) -> str:
        """The fact that an inner node asks."""
        return self.facts[self._nodes[node][0]][0]

    def children(self, node: NodeId) -> tuple[NodeId, ...]:
        """One child for each cell of the node's fact; none for a leaf."""
        return self._nodes[node][1]

    def combine(
        self, operation: Callable[..., Hashable], *roots: NodeId, absorbing: Hashable = _NOTHING, name: Hashable = None
    ) -> NodeId:
        """The diagram whose leaf in every cell is the operation applied to the leaves of these diagrams there.

        If one of the leaves is `absorbing`, the operation gives that leaf whatever the others are. Results are
        remembered by the operation, or by its `name` if it is a new function each time.
        """
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

        return self._build(roots, expand, self._done.setdefault((name or operation, absorbing), {}))

    def all_of(self, roots: Iterable[NodeId]) -> NodeId:
        """True where all of these are true."""
        return self._join(_and, list(roots), absorbing=False)

    def any_of(self, roots: Iterable[NodeId]) -> NodeId:
        """True where one of these is true."""
        return self._join(_or, list(roots), absorbing=True)

    def differ(
        self, first: Sequence[NodeId], second: Sequence[NodeId], outcome: Callable[[tuple[Hashable, ...]], Hashable]
    ) -> bool:
        """Is there a cell where the leaves of the first diagrams have a different outcome from those of the second?

        Nothing is built; the search ends at the first such cell, and skips all parts in which the diagrams are equal.
        """
        waiting = [(tuple(first), tuple(second))]
        seen = set(waiting)
        while waiting:
            sides = waiting.pop()
            self._count_step()
            level = min(self._nodes[node][0] for side in sides for node in side)
            if level == len(self.facts):
                one, other = (outcome(tuple(self._values[node] for node in side)) for side in sides)
                if one != other:
                    return True
                continue
            for cell in range(self.facts[level][1]):
                here, there = (tuple(self._step(node, level, cell) for node in side) for side in sides)
                if here != there and (here, there) not in seen:
                    seen.add((here, there))
                    waiting.append((here, there))
        return False

    def is_somewhere(self, root: NodeId) -> bool:
        """Is it true in some cell?"""
        return root != self.leaf(False)

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
        at = {self.level[name]: cells_of(place) for name, place in cells.items()}

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

    def outcomes(self, root: NodeId, cells: Restriction | None = None) -> frozenset[Hashable]:
        """All leaves that can be reached when these facts are in these cells and the others are free."""
        at = {self.level[name]: cells_of(place) for name, place in (cells or {}).items()}
        seen: set[NodeId] = set()
        waiting = [root]
        values = set()
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            level, children = self._nodes[node]
            if not children:
                values.add(self._values[node])
            else:
                waiting.extend((children[cell] for cell in at[level]) if level in at else children)
        return frozenset(values)

    @cached_property
    def cells(self) -> int:
        """How many cells there are: combinations of a cell of each fact."""
        return prod(self.sizes.values())

    def count(self, *roots: NodeId) -> int:
        """The number of cells in which all of these are true; nothing is built."""
        nowhere = self.leaf(False)
        weights: list[dict[tuple[NodeId, ...], int]] = [{} for _ in range(len(self.facts) + 1)]
        weights[self._first_level(roots)][roots] = self.cells
        for level, (_, size) in enumerate(self.facts):
            for nodes, weight in weights[level].items():
                for cell in range(size):
                    parts = tuple(self._step(node, level, cell) for node in nodes)
                    if nowhere not in parts:
                        below = weights[self._first_level(parts)]
                        below[parts] = below.get(parts, 0) + weight // size
        return sum(weight for leaves, weight in weights[-1].items() if nowhere not in leaves)

    def _first_level(self, nodes: Iterable[NodeId]) -> int:
        """The level of the fact that one of these asks first."""
        return min(self._nodes[node][0] for node in nodes)

    def is_throughout(self, root: NodeId, cells: Restriction) -> bool:
        """Is it true whenever these facts are in these cells, whatever the others are? Looks until it is not."""
        at = {self.level[name]: cells_of(place) for name, place in cells.items()}
        seen: set[NodeId] = set()
        waiting = [root]
        while waiting:
            node = waiting.pop()
            if node in seen:
                continue
            seen.add(node)
            self._count_step()
            level, children = self._nodes[node]
            if children:
                waiting.extend((children[cell] for cell in at[level]) if level in at else children)
            elif not self._values[node]:
                return False
        return True

    def below(self, root: NodeId, passed: Container[NodeId] = ()) -> Iterator[NodeId]:
        """Every node of a diagram once, the root first; none that was passed before, nor what only these lead to."""
        seen = {root}
        waiting = [] if root in passed else [root]
        while waiting:
            node = waiting.pop()
            yield node
            children = dict.fromkeys(self.children(node))
            fresh = [child for child in children if child not in seen and child not in passed]
            seen.update(fresh)
            waiting.extend(reversed(fresh))

    def asked(self, root: NodeId) -> frozenset[str]:
        """The facts that matter below this root: each can change the outcome."""
        return frozenset(self.fact(node) for node in self.below(root) if not self.is_leaf(node))

    def asks(self, root: NodeId, name: str) -> bool:
        """Can this fact change the outcome?"""
        return name in self.asked(root)

    def _count_step(self) -> None:
        self._steps += 1
        if self._steps > self.max_steps:
            message = Sentence("the decision diagram takes more than {most:,} steps to build", most=self.max_steps)
            raise _too_large(message)

    def _step(self, node: NodeId, level: int, cell: int) -> NodeId:
        own, children = self._nodes[node]
        return children[cell] if own == level else node

    def _new(self, key: tuple[int, tuple[NodeId, ...]]) -> NodeId:
        if len(self._nodes) >= self.max_nodes:
            raise _too_large(Sentence("the decision diagram passes {most:,} nodes", most=self.max_nodes))
        self._nodes.append(key)
        return len(self._nodes) - 1


def cells_of(place: int | frozenset[int]) -> Sequence[int]:
    """The cells of a place, in order."""
    return (place,) if isinstance(place, int) else sorted(place)


def _as_if(children: Sequence[Pending], cells: Sequence[int]) -> list[Pending]:
    """The children if the fact is in one of these cells; in any other cell it continues as in the first of them."""
    return [child if cell in cells else children[cells[0]] for cell, child in enumerate(children)]


def _too_large(message: Sentence) -> WhytuneError:
    hint = Sentence("declare facts that are tested together next to each other, or split the rulebook into decisions")
    return WhytuneError([Problem("diagram-too-large", message, None, hint)])


def _and(a: bool, b: bool) -> bool:
    return a and b


def _or(a: bool, b: bool) -> bool:
    return a or b


def _not(a: bool) -> bool:
    return not a
