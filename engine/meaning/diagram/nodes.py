"""The nodes of multi-valued decision diagrams in one store, and what they show as they stand.

An inner node asks one fact and has one child for each cell of that fact; a leaf is an outcome. Facts are asked in
one order, equal nodes are one node, and a node whose children are all the same does not exist. So two questions
have equal answers if and only if their roots are the same number, and every fact asked below a root can change the
answer. (Multi-valued decision diagrams: Srinivasan, Kam, Malik and Brayton 1990, after Bryant 1986.)
"""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import prod

from ...language.problems import Problem, Sentence, WhytuneError

MAX_NODES = 200_000
"""The most nodes for one rulebook; building them takes seconds and about 100 MiB. The guide needs a few hundred."""
MAX_NODES_WIDE = 20_000
"""The most nodes for one that would have to keep so many facts in mind that it is hardly worth trying."""
MAX_STEPS = 1_000_000
"""The most work that building may take, about five seconds: a small diagram can come from combining large ones."""

MAX_NODES_TOGETHER = 400_000
MAX_STEPS_TOGETHER = 4_000_000
"""The same limits for all diagrams on one ground, where rulebooks are compared or checked: about a quarter of a minute.

Measured with Python 3.11: 14 s for 4,000,000 steps, and 170 MiB for 400,000 nodes, which most rulebooks reach first.
"""

NodeId = int
Restriction = Mapping[str, int | frozenset[int]]
"""Fact -> the cell it is in, or the cells among which it is."""


class Nodes:
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
        self._counted: dict[NodeId, int] = {}
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

    def is_within(self, one: NodeId, other: NodeId) -> bool:
        """Is the other true wherever the first is? Nothing is built, and the search ends where it is not."""
        yes, no = self._leaves.get(True), self._leaves.get(False)
        waiting, seen = [(one, other)], set[tuple[NodeId, NodeId]]()
        while waiting:
            pair = waiting.pop()
            if pair in seen or pair[0] in (no, pair[1]) or pair[1] == yes:
                continue
            if pair[0] == yes or pair[1] == no:
                return False
            seen.add(pair)
            level = self._first_level(pair)
            cells = range(self.facts[level][1])
            waiting += [(self._step(pair[0], level, cell), self._step(pair[1], level, cell)) for cell in cells]
        return True

    def is_somewhere(self, root: NodeId) -> bool:
        """Is it true in some cell?"""
        return root != self.leaf(False)

    def outcomes(self, root: NodeId, cells: Restriction | None = None) -> frozenset[Hashable]:
        """All leaves that can be reached when these facts are in these cells and the others are free."""
        reached = self._reached([root], self._by_level(cells or {}), len(self.facts))
        return frozenset(self._values[node] for node in reached if node in self._values)

    @cached_property
    def cells(self) -> int:
        """How many cells there are: combinations of a cell of each fact."""
        return prod(self.sizes.values())

    def count(self, *roots: NodeId) -> int:
        """The number of cells in which all of these are true; nothing is built."""
        nowhere, everywhere = self.leaf(False), self.leaf(True)
        roots = tuple(dict.fromkeys(root for root in roots if root != everywhere)) or (everywhere,)
        if len(roots) == 1:
            return self._count(*roots)
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

    def _count(self, root: NodeId) -> int:
        """The number of cells in which this is true; each node is counted once.

        Its children leave its fact free, so what they have together is divided by their number.
        """
        counted = self._counted
        for node in sorted(self.below(root, counted)):  # children have smaller numbers
            children = self.children(node)
            whole = self.cells if self._values.get(node) else 0
            counted[node] = sum(counted[child] for child in children) // len(children) if children else whole
        return counted[root]

    def cells_throughout(self, root: NodeId, name: str, cells: Restriction) -> frozenset[int]:
        """The cells of this fact with which it is true whenever these facts are in these cells."""
        at, level, true = self._by_level(cells), self.level[name], set[NodeId]()
        reached = [node for node in self._reached([root], at, level) if self._nodes[node][0] >= level]
        ways = ({self._step(node, level, cell) for node in reached} for cell in range(self.sizes[name]))
        return frozenset(cell for cell, nodes in enumerate(ways) if self._is_true_below(nodes, at, true))

    def _is_true_below(self, nodes: Iterable[NodeId], at: Mapping[int, Sequence[int]], true: set[NodeId]) -> bool:
        """Do these nodes lead to True alone? If so, all below them join those of which it is known."""
        passed: set[NodeId] = set()
        for node in self._reached(nodes, at, len(self.facts), true):
            self._count_step()
            if not self._values.get(node, True):
                return False
            passed.add(node)
        true |= passed
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

    def _first_level(self, nodes: Iterable[NodeId]) -> int:
        """The level of the fact that one of these asks first."""
        return min(self._nodes[node][0] for node in nodes)

    def _reached(
        self, nodes: Iterable[NodeId], at: Mapping[int, Sequence[int]], level: int, passed: Container[NodeId] = ()
    ) -> Iterator[NodeId]:
        """These nodes and those to which they lead where facts of some levels are in some cells, each once, up to the
        first ones of this level or beyond; none that was passed before."""
        seen: set[NodeId] = set()
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if node in seen or node in passed:
                continue
            seen.add(node)
            yield node
            own, children = self._nodes[node]
            if own < level:
                waiting.extend((children[cell] for cell in at[own]) if own in at else children)

    def _by_level(self, cells: Restriction) -> Mapping[int, Sequence[int]]:
        """The cells among which the fact of each of some levels is."""
        return {self.level[name]: cells_of(place) for name, place in cells.items()}

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


def _too_large(message: Sentence) -> WhytuneError:
    hint = Sentence("declare facts that are tested together next to each other, or split the rulebook into decisions")
    return WhytuneError([Problem("diagram-too-large", message, None, hint)])
