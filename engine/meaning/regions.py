"""A condition on cells -> regions that people can read, its share of all tasks, and a smallest case as witness.

A region is a product: some values for each of a few facts, and nothing about the others. A condition is covered by
regions that cannot be widened (prime implicants, after Quine 1952), the largest first; they may overlap.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from ..language.brief import brief
from ..language.intervals import Interval, joined_cells
from ..language.problems import WhytuneError
from ..language.value import Value, json_value
from .diagram import Ground, Where
from .diagram.nodes import NodeId
from .diagram.where import root_on

MAX_REGIONS = 1_000
"""The most regions computed for one condition, more than anybody reads; the rest is told as a share."""
FEW_REGIONS = 4
"""How many regions serve as examples where the share of all tasks is what matters."""
MAX_WORK = 200_000
"""How many steps go into the regions of one condition, about a second; the rest is told as a share. Where fewer regions
are told, so many fewer steps, but a fortieth of them."""

Cells = Mapping[str, frozenset[int]]


class Share(NamedTuple):
    """How many of all tasks; a task is one combination of cells of the facts that apply to it."""

    tasks: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.tasks / self.of if self.of else 0.0

    def to_dict(self) -> dict[str, Any]:
        return {"tasks": self.tasks, "of": self.of, "percent": round(self.percent, 4)}


class Region(NamedTuple):
    """All tasks in which each of these facts has one of these values."""

    facts: Mapping[str, tuple[str | Interval, ...]]
    share: Share | None
    witness: Mapping[str, Value]

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "facts": {name: cells_json(cells) for name, cells in self.facts.items()},
            "share": share_dict(self.share),
            "witness": case_dict(self.witness),
        }


class Regions(NamedTuple):
    """A condition as regions, the largest first, and what they leave out if there are more than are told.

    Shares are None where nothing can be counted: on a ground in clauses.
    """

    share: Share | None
    listed: tuple[Region, ...]
    rest: Share | None
    has_others: bool

    def __repr__(self) -> str:
        return brief(self)

    def __bool__(self) -> bool:
        """Does the condition hold for any task?"""
        return bool(self.share.tasks) if self.share else bool(self.listed) or self.has_others

    def to_dict(self) -> dict[str, Any]:
        return {
            "share": share_dict(self.share),
            "regions": [region.to_dict() for region in self.listed],
            "rest": share_dict(self.rest),
        }


def share_dict(share: Share | None) -> dict[str, Any] | None:
    """The share as JSON data; null where it was not counted."""
    return share.to_dict() if share else None


def case_dict(case: Mapping[str, Value]) -> dict[str, Any]:
    """The facts of a case as JSON data."""
    return {name: json_value(value) for name, value in case.items()}


def most_each(conditions: int) -> int:
    """How many regions are told of each of so many conditions, so that all together have no more than one may have."""
    return max(FEW_REGIONS, MAX_REGIONS // max(1, conditions))


class Atlas(ABC):
    """Covers and exemplifies sets of cells on one ground, and counts them where that can be done."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    @abstractmethod
    def share(self, where: Where) -> Share | None:
        """The share of all tasks that lie there; None where it cannot be counted."""

    @abstractmethod
    def regions(self, where: Where, most: int = MAX_REGIONS) -> Regions:
        """The set as regions, at most this many."""

    @abstractmethod
    def _some_case(self, held: Where) -> dict[str, int]:
        """Some facts and a cell of each, with which this holds whatever the others are; it must hold somewhere."""

    @abstractmethod
    def _cells_within(self, name: str, cells: Cells, root: NodeId) -> frozenset[int]:
        """The cells of this fact in which the condition holds everywhere in this product where values are known."""

    def among_tasks(self, where: Where) -> Where:
        """Those of these cells in which there can be a task whose values all the rulebooks know."""
        return where & self.ground.known

    def witness(self, where: Where) -> Mapping[str, Value] | None:
        """A case of few facts, none of which can be left out, whose every completion meets the condition.

        None if the condition holds nowhere.
        """
        held = self.among_tasks(where)
        if not held:
            return None
        cells = self._with_waited_for(self._some_case(held))
        for name in reversed(list(cells)):
            rest = {fact: cell for fact, cell in cells.items() if fact != name}
            if not self._is_waited_for(name, rest) and held.holds(rest):
                cells = rest
        return self.ground.in_order({name: self.ground.value(name, cell) for name, cell in cells.items()})

    def cells(self, region: Region) -> Cells:
        """The cells in which each fact of the region may be."""
        cells = self.ground.cells
        return {name: frozenset(map(cells[name].index, chosen)) for name, chosen in region.facts.items()}

    def _values(self, cells: Cells) -> Mapping[str, tuple[str | Interval, ...]]:
        return {name: tuple(self.ground.cells[name][cell] for cell in sorted(some)) for name, some in cells.items()}

    def _with_waited_for(self, cells: dict[str, int]) -> dict[str, int]:
        """These cells and, for each fact that determines whether another one here applies, the first known cell."""
        waited = {waited for name in cells for waited in self.ground.waits_for(name)} - set(cells)
        cells = {**cells, **{name: min(self.ground.common(name), default=0) for name in waited}}
        return {name: cells[name] for name in self.ground.cells if name in cells}

    def _widened(self, cells: dict[str, frozenset[int]], root: NodeId) -> dict[str, frozenset[int]]:
        """The product widened, fact by fact from the last, as far as the condition holds throughout."""
        for name in reversed(list(cells)):
            rest = {fact: some for fact, some in cells.items() if fact != name}
            if self._is_waited_for(name, rest):
                continue
            wider = cells[name] | self._cells_within(name, {**self._known, **rest}, root)
            cells = rest if wider.issuperset(self.ground.common(name)) else {**cells, name: wider}
        return {name: cells[name] for name in self.ground.cells if name in cells}

    def _is_waited_for(self, name: str, cells: Mapping[str, object]) -> bool:
        """Does this fact determine whether another one here applies?"""
        return any(name in self.ground.waits_for(other) for other in cells)

    @cached_property
    def _known(self) -> Cells:
        """The cells that hold values known to all, of each fact that has others, too."""
        common = {name: frozenset(self.ground.common(name)) for name in self.ground.cells}
        return {name: some for name, some in common.items() if len(some) < len(self.ground.cells[name])}

    def _product(self, cells: Cells) -> Where:
        return self.ground.all_of(self.ground.choice(name, some) for name, some in cells.items())


class CountingAtlas(Atlas):
    """The atlas of a ground of diagrams, whose witnesses have the fewest facts on any path down a diagram."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground)
        self.store = ground.diagrams
        self._products: dict[NodeId, int] = {}
        self._all = self.store.count(ground.tasks.root)

    def share(self, where: Where) -> Share:
        """The share of all tasks that lie there."""
        return Share(self.store.count(root_on(self.store, where), self.ground.tasks.root), self._all)

    def regions(self, where: Where, most: int = MAX_REGIONS) -> Regions:
        """The set as regions, at most this many, and no more than can be had for their part of MAX_WORK steps.

        They are worked out on a ground of their own: what is told takes no room from what is asked.
        """
        aside = CountingAtlas(self.ground.aside())
        return aside._covered(aside.ground.narrowed(self.among_tasks(where), {}), most)

    def _covered(self, held: Where, most: int) -> Regions:
        """The set of tasks as regions; where one more is too much, the rest is a share."""
        left = held
        regions: list[Region] = []
        enough = self.store.steps + MAX_WORK * max(most, MAX_REGIONS // 40) // MAX_REGIONS
        while left and len(regions) < most and self.store.steps < enough:
            try:
                cells = self._widened(self._largest(left.root), held.root)
                inside = self._product(cells)
                share, witness, left = self.share(inside), self.witness(inside), left - inside
            except WhytuneError:  # what is left is in so many pieces that it fits no diagram
                break
            if share.tasks and witness is not None:
                regions.append(Region(self._values(cells), share, witness))
        rest = self.share(left)
        return Regions(self.share(held), tuple(sorted(regions, key=_order)), rest, rest.tasks > 0)

    def _measure(self, root: NodeId) -> None:
        """Counts the cells of the largest product below each node, in cells of the whole ground.

        A child leaves the fact of its node free, so what children have together is divided by their number. Each node
        is measured once.
        """
        store, most = self.store, self._products
        for node in sorted(store.below(root, most)):  # children have smaller numbers
            if children := store.children(node):
                together = max(children.count(child) * most[child] for child in set(children))
                most[node] = together // len(children)
            else:
                most[node] = store.cells if store.value(node) else 0

    def _some_case(self, held: Where) -> dict[str, int]:
        """The shortest path to True: the one with the fewest facts, and the first cells among those."""
        store, root = self.store, held.root
        steps: dict[NodeId, float] = {}
        for node in sorted(store.below(root)):
            if store.is_leaf(node):
                steps[node] = 0 if store.value(node) else float("inf")
            else:
                steps[node] = 1 + min(steps[child] for child in store.children(node))
        way: dict[str, int] = {}
        while not store.is_leaf(root):
            children = store.children(root)
            best = min(range(len(children)), key=lambda cell: steps[children[cell]])
            way[store.fact(root)] = best
            root = children[best]
        return way

    def _largest(self, root: NodeId) -> dict[str, frozenset[int]]:
        """The product with the most cells among the ways to True, cells with the same child taken together."""
        store, most = self.store, self._products
        self._measure(root)
        cells: dict[str, frozenset[int]] = {}
        while not store.is_leaf(root):
            children = store.children(root)
            best = max(children, key=lambda child: (children.count(child) * most[child], -children.index(child)))
            cells[store.fact(root)] = frozenset(i for i, child in enumerate(children) if child == best)
            root = best
        return cells

    def _cells_within(self, name: str, cells: Cells, root: NodeId) -> frozenset[int]:
        """The cells of this fact in which the condition holds everywhere in this product where values are known."""
        return self.store.cells_throughout(root, name, cells)


def _order(region: Region) -> tuple[int, int, list[str]]:
    tasks = region.share.tasks if region.share else 0
    return (-tasks, len(region.facts), [f"{name}={cells}" for name, cells in region.facts.items()])


def cells_json(cells: Iterable[str | Interval]) -> list[Any]:
    """Cells of one fact as JSON data, with neighbouring intervals joined."""
    return [
        {"at_least": json_value(cell.low), "below": json_value(cell.high)} if isinstance(cell, Interval) else cell
        for cell in joined_cells(cells)
    ]
