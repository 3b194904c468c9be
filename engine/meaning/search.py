"""A decision diagram and a choice for each fact -> the cheapest choices that force an outcome.

Every fact has some moves: keep it in its cell, put it into another at a price, or leave it free, in which case whatever
it turns out to be must lead to the goal. The search goes down the diagram level by level with the set of
nodes where the case may be; it is exact, and finds every cheapest choice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from ..language.intervals import Interval
from ..language.problems import Problem, Sentence, WhytuneError
from .diagram import Function
from .diagram.clauses import Clauses
from .diagram.node_store import Diagrams
from .diagram.nodes import NodeId, cells_of
from .diagram.where import Leaf
from .guessing import Guesses, PricedCells

MAX_WORK = 300_000
"""How many nodes are visited before the search gives up, after about a second."""


class CellMove(NamedTuple):
    """A move of a fact: the cell or cells that it is put into (None leaves it free), and the price.

    A number may be put `within` a part of its cell, because of numbers that it bounds.
    """

    cells: int | frozenset[int] | None
    price: int
    within: Interval | None = None

    @property
    def first(self) -> int:
        """The first cell, as a sort key: a free fact comes before all cells."""
        return -1 if self.cells is None else cells_of(self.cells)[0]


Choice = Mapping[str, CellMove]
"""The moves that cost something, by fact; all others are free."""


class _State(NamedTuple):
    """Where the case may be, which facts besides may still be moved, and what was chosen on the way."""

    nodes: frozenset[NodeId]
    besides: tuple[str, ...]
    chosen: tuple[tuple[str, CellMove], ...]


def cheapest(
    function: Function[Leaf],
    moves: Callable[[str, Choice], Sequence[CellMove]],
    goal: Callable[[Leaf], bool],
    max_work: int = MAX_WORK,
    accepts: Callable[[Choice], bool] = lambda choice: True,
    besides: Sequence[str] = (),
) -> list[Choice]:
    """All cheapest choices after which every reachable value is one of the goal; empty if there is no such choice.

    The moves of a fact may depend on those chosen for facts asked before it; some of them cost nothing. A choice that
    is not accepted does not count. The facts `besides` may also be moved where the function does not ask for them, for
    what is then known about others. Of a function in clauses, moves may not depend on each other, all choices are
    accepted, and the store is filled. Raises WhytuneError: search-too-large.
    """
    if isinstance(function.store, Clauses):
        choices = _guessed(function.store, function.root, moves, goal)
    else:
        choices = _found(function, moves, goal, max_work, accepts, besides)
    place = {fact: number for number, fact in enumerate(function.store.sizes)}
    return sorted(choices, key=lambda choice: [(place[fact], move.price, move.first) for fact, move in choice.items()])


def _guessed(
    store: Clauses, root: NodeId, moves: Callable[[str, Choice], Sequence[CellMove]], goal: Callable[[Any], bool]
) -> list[Choice]:
    behind = store.behind(root)
    some = {name: moves(name, {}) for name in store.sizes if name in behind}
    options = {
        name: [PricedCells(_placed(move, store.sizes[name]), move.price) for move in some[name]] for name in some
    }
    guesses = Guesses(store, root, goal, options).cheapest()
    return [{name: some[name][at] for name, at in guess.items() if some[name][at].price} for guess in guesses]


def _placed(move: CellMove, size: int) -> frozenset[int]:
    return frozenset(range(size)) if move.cells is None else frozenset(cells_of(move.cells))


def _found(
    function: Function[Leaf],
    moves: Callable[[str, Choice], Sequence[CellMove]],
    goal: Callable[[Leaf], bool],
    max_work: int,
    accepts: Callable[[Choice], bool],
    besides: Sequence[str],
) -> list[Choice]:
    store, root = function.diagrams, function.root
    hopeful = _hopeful(store, root, goal)
    if root not in hopeful:
        return []
    waiting: dict[int, list[_State]] = {0: [_State(frozenset((root,)), tuple(besides), ())]}
    seen: set[_State] = set()
    choices: list[Choice] = []
    price = work = 0
    while waiting and not choices:
        states = waiting.pop(price, [])
        while states:
            state = states.pop()
            if state in seen:
                continue
            seen.add(state)
            work += len(state.nodes)
            if work > max_work:
                message = Sentence("not found within {most:,} steps of search", most=max_work)
                hint = Sentence("give more facts, or ask for one option")
                raise WhytuneError([Problem("search-too-large", message, None, hint)])
            inner = [node for node in state.nodes if not store.is_leaf(node)]
            if not inner:
                made = dict(state.chosen)
                choice = {fact: made[fact] for fact in store.sizes if fact in made}
                choices += [choice] if choice not in choices and accepts(choice) else []
                for index, fact in enumerate(state.besides, 1):
                    for move in moves(fact, choice):
                        if move.price:
                            after = _State(state.nodes, state.besides[index:], (*state.chosen, (fact, move)))
                            waiting.setdefault(price + move.price, []).append(after)
                continue
            fact = min(map(store.fact, inner), key=store.level.__getitem__)
            besides_still = tuple(other for other in state.besides if other != fact)
            for move in moves(fact, dict(state.chosen)):
                nodes = _after(store, state.nodes, fact, move.cells)
                if nodes <= hopeful:
                    chosen = (*state.chosen, (fact, move)) if move.price else state.chosen
                    after = _State(nodes, besides_still, chosen)
                    (waiting.setdefault(price + move.price, []) if move.price else states).append(after)
        price += 1
        if waiting and price > max(waiting):
            break
    return choices


def _after(
    store: Diagrams, nodes: frozenset[NodeId], fact: str, cells: int | frozenset[int] | None
) -> frozenset[NodeId]:
    after: set[NodeId] = set()
    for node in nodes:
        if store.is_leaf(node) or store.fact(node) != fact:
            after.add(node)
        else:
            children = store.children(node)
            after.update(children if cells is None else (children[cell] for cell in cells_of(cells)))
    return frozenset(after)


def _hopeful(store: Diagrams, root: NodeId, goal: Callable[[Any], bool]) -> set[NodeId]:
    """The nodes below which there is a value of the goal; a choice must never lead to another node."""
    hopeful: set[NodeId] = set()
    for node in sorted(store.below(root)):  # children come first
        if goal(store.value(node)) if store.is_leaf(node) else not hopeful.isdisjoint(store.children(node)):
            hopeful.add(node)
    return hopeful
