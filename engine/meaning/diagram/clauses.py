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

from .formulas import Formulas
from .met_cases import MetCases
from .nodes import NodeId, Restriction, cells_of
from .solving import Literal, Solver

Parts = tuple[tuple[Hashable, Literal], ...]
"""The values of a function that it may have somewhere, each with the literal that is true where it has it."""


EXPLAINED = 10_000
"""How many formulas a solver may know beyond twice those that it is asked about."""


class Clauses(Formulas):
    """A store of functions over the facts of one vocabulary; a function is a number, as in `Diagrams`.

    Some facts may be assumed to be in certain cells, and other things to hold: see `narrowed`. Raises WhytuneError:
    no-solver; search-too-large, from whatever asks the solver.
    """

    def __init__(self, sizes: Mapping[str, int]) -> None:
        self.sizes = sizes
        self.level = {name: level for level, name in enumerate(sizes)}
        super().__init__()
        self._solver = Solver()
        self._solver.add([self.true])
        self._solver.enough = EXPLAINED
        self._explained: set[Literal] = set()
        self._met = MetCases(self)
        self._functions: list[Parts] = []
        self._ids: dict[frozenset[tuple[Hashable, Literal]], NodeId] = {}
        self._combined: dict[Hashable, NodeId] = {}
        self._twins: dict[str, tuple[Literal, ...]] = {}
        self._changes: dict[tuple[NodeId, str], Literal] = {}
        self.variables = {name: self.one_of(size) for name, size in sizes.items()}
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
        return self._is_met((*self._at(self._places), *self._possible, self._truth(root)))

    def is_within(self, one: NodeId, other: NodeId) -> bool:
        """Is the other true wherever the first is?"""
        return not self._is_met((*self._at(self._places), *self._possible, self._truth(one), -self._truth(other)))

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
            if value not in values and self._is_met((*at, where)):
                values.add(value)
        return frozenset(values)

    def some_case(self, root: NodeId) -> Mapping[str, int]:
        """A cell of each fact with which it is true; it must be so somewhere."""
        if not self.can_be((*self._at(self._places), *self._possible, self._truth(root))):
            raise ValueError("true nowhere")
        model = self.model()
        return {name: next(at for at, one in enumerate(own) if model[one] > 0) for name, own in self.variables.items()}

    def reduced(self, root: NodeId, case: Mapping[str, int]) -> dict[str, int]:
        """Cells of this case with which it is true whatever the other facts are; one less would not do."""
        if self._truth(root) == self.true:
            return {}
        false, own = -self._truth(root), {self.variables[name][cell]: name for name, cell in case.items()}
        needed, certain = list(own), set[Literal]()
        while left := [literal for literal in needed if literal not in certain]:
            if self.can_be((false, *(literal for literal in needed if literal != left[-1]))):
                certain.add(left[-1])
            else:
                core = self._solver.needed()
                needed = [literal for literal in needed if literal in core and literal != left[-1]]
        return {own[literal]: case[own[literal]] for literal in needed}

    def is_throughout(self, root: NodeId, cells: Restriction) -> bool:
        """Is it true whenever these facts are in these cells, whatever the others are?"""
        return not self._is_met((*self._at(cells), -self._truth(root)))

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
        return self._is_met((*at, self._change(root, name, twin)))

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
        literals = [literal for _, literal in self.parts(root)]
        return frozenset(name for name, cells in self.variables.items() if self.rests_on(literals, cells[0]))

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
        """Can all of these hold?"""
        if -self.true in literals:
            return False
        self._explain(literals)
        if len(self._explained) > self._solver.enough:
            self._begin_anew(literals)
        return self._solver.can_be(literals)

    def _is_met(self, literals: Sequence[Literal]) -> bool:
        """Can all of these hold? The solver is asked where no case that was met shows it."""
        if not self._places and self._met.show(literals):
            return True
        can_be = self.can_be(literals)
        if can_be and not self._places:
            self._met.meet(self.model())
        return can_be

    def one_of(self, size: int) -> tuple[Literal, ...]:
        """Variables of which exactly one is true."""
        variables = super().one_of(size)
        self._tell(variables)
        return variables

    def _tell(self, group: Sequence[Literal]) -> None:
        """Tells the solver that exactly one of these is true."""
        self._solver.add(group)
        for one, other in combinations(group, 2):
            self._solver.add((-one, -other))

    def _begin_anew(self, literals: Sequence[Literal]) -> None:
        """Lets the solver forget all but what these need, since what was asked before slows it down."""
        self._solver.forget()
        self._explained.clear()
        self._solver.add([self.true])
        for group in self.groups:
            self._tell(group)
        self._explain(literals)
        self._solver.enough = EXPLAINED + 2 * len(self._explained)

    def _explain(self, literals: Iterable[Literal]) -> None:
        """Tells the solver of all gates on which these rest and that it does not know yet."""
        for variable in self.below(literals, self._explained):
            if gate := self.gate(variable):
                self._solver.add((variable, *(-literal for literal in gate)))
                for literal in gate:
                    self._solver.add((-variable, literal))

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
