"""Functions of cells as formulas, asked of a solver: what `Diagrams` is, where a diagram would be too large.

A fact has a variable for each of its cells, one of which is true; a function has a literal for each of its values. All
that combines functions works alike on both stores. A diagram shows at once where a function has a value and on which
facts it depends; here each such question is put to the solver, and nothing can be walked or counted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import combinations, product
from typing import Self

from .node_store import NodeId, Restriction, cells_of
from .solving import Literal, Solver

Parts = tuple[tuple[Hashable, Literal], ...]
"""The values of a function that it may have somewhere, each with the literal that is true where it has it."""


class Clauses:
    """A store of functions over the facts of one vocabulary; a function is a number, as in `Diagrams`.

    Some facts may be assumed to be in certain cells, and other things to hold: see `narrowed`. Raises WhytuneError:
    no-solver; search-too-large, from whatever asks the solver.
    """

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.level = {name: level for level, name in enumerate(sizes)}
        self._solver = Solver()
        self.true = self._solver.variable()
        self._solver.add([self.true])
        self._gates: dict[Literal, tuple[Literal, ...]] = {}  # a variable, and what holds together where it is true
        self._gate_of: dict[tuple[Literal, ...], Literal] = {}
        self._functions: list[Parts] = []
        self._ids: dict[frozenset[tuple[Hashable, Literal]], NodeId] = {}
        self._combined: dict[Hashable, NodeId] = {}
        self._twins: dict[str, tuple[Literal, ...]] = {}
        self._changes: dict[tuple[NodeId, str], Literal] = {}
        self.variables = {name: self.one_of(size) for name, size in sizes.items()}
        self._fact_of = {cell: name for name, cells in self.variables.items() for cell in cells}
        self._places: Restriction = {}
        self._possible: tuple[Literal, ...] = ()

    # building

    def leaf(self, value: Hashable) -> NodeId:
        return self._function({value: self.true})

    def node(self, level: int, children: Sequence[NodeId]) -> NodeId:
        """The function that goes on to one of these, by the cell of the fact at this level."""
        ways: dict[Hashable, list[Literal]] = {}
        for cell, child in zip(self.variables[list(self.sizes)[level]], children, strict=True):
            for value, where in self._functions[child]:
                ways.setdefault(value, []).append(self.every((cell, where)))
        return self._function({value: self.some(literals) for value, literals in ways.items()})

    def combine(self, operation: Callable[..., Hashable], *roots: NodeId, name: Hashable = None) -> NodeId:
        """The function whose value in every cell is the operation applied to the values of these there."""
        key = (name or operation, roots)
        if key not in self._combined:
            ways: dict[Hashable, list[Literal]] = {}
            for some in product(*(self.parts(root) for root in roots)):
                if (where := self.every(literal for _, literal in some)) != -self.true:
                    ways.setdefault(operation(*(value for value, _ in some)), []).append(where)
            self._combined[key] = self._function({value: self.some(literals) for value, literals in ways.items()})
        return self._combined[key]

    def all_of(self, roots: Iterable[NodeId]) -> NodeId:
        return self._boolean(self.every(map(self._truth, roots)))

    def any_of(self, roots: Iterable[NodeId]) -> NodeId:
        return self._boolean(self.some(map(self._truth, roots)))

    def negate(self, root: NodeId) -> NodeId:
        return self._boolean(-self._truth(root))

    def fixed(self, root: NodeId, cells: Restriction) -> NodeId:
        """The function as if these facts were in these cells; from any other cell it goes on as from the first."""
        instead: dict[Literal, Literal] = {}
        for name, place in cells.items():
            inside, own = cells_of(place), self.variables[name]
            outside = [own[cell] for cell in range(len(own)) if cell not in inside]
            instead |= {**dict.fromkeys(outside, -self.true), own[inside[0]]: self.some((own[inside[0]], *outside))}
        literals = self.replaced([literal for _, literal in self.parts(root)], instead)
        values = (value for value, _ in self.parts(root))
        return self._function(dict(zip(values, literals, strict=True)))

    def narrowed(self, root: NodeId, cells: Restriction, possible: NodeId) -> tuple[Self, NodeId]:
        """This store where these facts are in these cells and, if it can be, this is possible; and the function."""
        here = copy(self)
        here._places = {**self._places, **cells}
        here._possible = (*self._possible, self._truth(possible))
        if not here.is_somewhere(self._boolean(self.true)):
            here._possible = self._possible
        return here, root

    # asking

    def is_somewhere(self, root: NodeId) -> bool:
        """Is it true in some cell?"""
        return self.can_be((*self._at(self._places), *self._possible, self._truth(root)))

    @property
    def conflicts(self) -> int:
        """How often the solver ran into a contradiction so far."""
        return self._solver.conflicts

    def model(self) -> Sequence[Literal]:
        """What holds of each variable in the case that the last question came upon."""
        return self._solver.model()

    def parts(self, root: NodeId) -> Parts:
        """The values of a function, each with the literal that is true where it has it."""
        return self._functions[root]

    def is_leaf(self, root: NodeId) -> bool:
        """Does it have the same value everywhere?"""
        return len(self.parts(root)) == 1 or len(self.outcomes(root)) == 1

    def value(self, root: NodeId) -> Hashable:
        """The value of a function that has the same everywhere."""
        (value,) = self.outcomes(root)
        return value

    def outcomes(self, root: NodeId, cells: Restriction | None = None) -> frozenset[Hashable]:
        """All values that it has when these facts are in these cells and the others are free."""
        at = (*self._possible, *self._at({**self._places, **(cells or {})}))
        values: set[Hashable] = set()
        for value, where in self.parts(root):
            if value not in values and self.can_be((*at, where)):
                model = self.model()
                values.update(other for other, literal in self.parts(root) if _holds(literal, model))
        return frozenset(values)

    def asked(self, root: NodeId) -> frozenset[str]:
        """The facts that can change the value while all others stay as they are."""
        if self.is_leaf(root):
            return frozenset()
        return frozenset(name for name in self.behind(root) if self._changes_it(root, name))

    def asks(self, root: NodeId, name: str) -> bool:
        """Can this fact change the value while all others stay as they are?"""
        return name in self.behind(root) and self._changes_it(root, name)

    def _changes_it(self, root: NodeId, name: str) -> bool:
        place = self._places.get(name, frozenset(range(self.sizes[name])))
        if len(cells_of(place)) == 1:
            return False
        twin = dict(zip(self.variables[name], self._twin(name), strict=True))
        elsewhere = [twin[literal] if literal > 0 else -twin[-literal] for literal in self.inside(name, place)]
        can_be = self.replaced(self._possible, twin)
        at = (*self._at(self._places), *self._possible, *can_be, *elsewhere)
        return self.can_be((*at, self._change(root, name, twin)))

    def _change(self, root: NodeId, name: str, twin: Mapping[Literal, Literal]) -> Literal:
        """True where the value is another once the fact is in the cell of its twin."""
        key = (root, name)
        if key not in self._changes:
            before = [literal for _, literal in self.parts(root)]
            after = self.replaced(before, twin)
            pairs = zip(before, after, strict=True)
            self._changes[key] = self.some(self.every((one, -other)) for one, other in pairs)
        return self._changes[key]

    def _twin(self, name: str) -> tuple[Literal, ...]:
        """The cells of a fact once more, for what it might be instead."""
        if name not in self._twins:
            self._twins[name] = self.one_of(self.sizes[name])
        return self._twins[name]

    def behind(self, root: NodeId) -> frozenset[str]:
        """The facts that occur in a function."""
        below = self._below([literal for _, literal in self.parts(root)])
        return frozenset(self._fact_of[variable] for variable in below if variable in self._fact_of)

    def _at(self, cells: Restriction) -> Iterator[Literal]:
        """What holds where these facts are in these cells."""
        for name, place in cells.items():
            yield from self.inside(name, place)

    def inside(self, name: str, place: int | frozenset[int]) -> Iterator[Literal]:
        """What holds where the fact is in these cells."""
        if isinstance(place, int):
            yield self.variables[name][place]
        else:
            yield from (-literal for cell, literal in enumerate(self.variables[name]) if cell not in place)

    def can_be(self, literals: Sequence[Literal]) -> bool:
        return -self.true not in literals and self._solver.can_be(literals)

    # formulas

    def one_of(self, size: int) -> tuple[Literal, ...]:
        """Variables of which exactly one is true."""
        variables = tuple(self._solver.variable() for _ in range(size))
        self._solver.add(variables)
        for one, other in combinations(variables, 2):
            self._solver.add((-one, -other))
        return variables

    def every(self, literals: Iterable[Literal]) -> Literal:
        """True where all of these are; equal formulas are one."""
        some = frozenset(literals) - {self.true}
        if -self.true in some or any(-literal in some for literal in some):
            return -self.true
        key = tuple(sorted(some))
        if len(key) < 2:
            return key[0] if key else self.true
        if key not in self._gate_of:
            gate = self._gate_of[key] = self._solver.variable()
            self._gates[gate] = key
            self._solver.add((gate, *(-literal for literal in key)))
            for literal in key:
                self._solver.add((-gate, literal))
        return self._gate_of[key]

    def some(self, literals: Iterable[Literal]) -> Literal:
        """True where one of these is."""
        return -self.every(-literal for literal in literals)

    def replaced(self, literals: Sequence[Literal], instead: Mapping[Literal, Literal]) -> list[Literal]:
        """These formulas with some variables replaced."""
        becomes = dict(instead)
        for gate in sorted(self._below(literals)):  # what a gate rests on has smaller numbers
            if gate in self._gates:
                becomes[gate] = self.every(_instead(literal, becomes) for literal in self._gates[gate])
        return [_instead(literal, becomes) for literal in literals]

    def _below(self, literals: Iterable[Literal]) -> set[Literal]:
        """All variables on which these formulas rest."""
        below: set[Literal] = set()
        waiting = [abs(literal) for literal in literals]
        while waiting:
            if (variable := waiting.pop()) not in below:
                below.add(variable)
                waiting += [abs(literal) for literal in self._gates.get(variable, ())]
        return below

    def _truth(self, root: NodeId) -> Literal:
        """The literal that is true where the function is."""
        return dict(self.parts(root)).get(True, -self.true)

    def _boolean(self, literal: Literal) -> NodeId:
        return self._function({True: literal, False: -literal})

    def _function(self, parts: Mapping[Hashable, Literal]) -> NodeId:
        own = {value: literal for value, literal in parts.items() if literal != -self.true}
        key = frozenset(own.items())
        if key not in self._ids:
            self._ids[key] = len(self._functions)
            self._functions.append(tuple(own.items()))
        return self._ids[key]


def _instead(literal: Literal, becomes: Mapping[Literal, Literal]) -> Literal:
    other = becomes.get(abs(literal), abs(literal))
    return other if literal > 0 else -other


def _holds(literal: Literal, model: Sequence[Literal]) -> bool:
    return (model[abs(literal)] > 0) == (literal > 0)
