"""Formulas over variables: equal ones are one number, and each knows which groups of variables it rests on.

A group is some variables of which exactly one is true, such as the cells of a fact. A gate is a variable that is true
where some literals all are; a long one is a gate of gates, so that formulas that differ in little share the most.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .solving import Literal

MAX_TOGETHER = 16
"""How many literals one gate holds; more are bundled by their numbers."""


class Formulas:
    """A growing number of variables, of groups of them, and of gates over them; `true` is always true."""

    def __init__(self) -> None:
        self.true: Literal = 1
        self.groups: list[tuple[Literal, ...]] = []
        self._gates: dict[Literal, tuple[Literal, ...]] = {}  # a variable, and what holds together where it is true
        self._gate_of: dict[tuple[Literal, ...], Literal] = {}
        self._resting: dict[Literal, int] = {self.true: 0}  # the groups on which a variable rests, as bits

    def __len__(self) -> int:
        """How many variables there are, gates among them."""
        return len(self._resting)

    def one_of(self, size: int) -> tuple[Literal, ...]:
        """A new group: variables of which exactly one is true."""
        group = tuple(self._variable(1 << len(self.groups)) for _ in range(size))
        self.groups.append(group)
        return group

    def every(self, literals: Iterable[Literal]) -> Literal:
        """True where all of these are; equal formulas are one."""
        some = frozenset(literals) - {self.true}
        if -self.true in some or any(-literal in some for literal in some):
            return -self.true
        return self._bundled({abs(literal): literal for literal in some})

    def some(self, literals: Iterable[Literal]) -> Literal:
        """True where one of these is."""
        return -self.every(-literal for literal in literals)

    def replaced(self, literals: Sequence[Literal], instead: Mapping[Literal, Literal]) -> list[Literal]:
        """These formulas with some variables replaced."""
        becomes = dict(instead)
        for gate in sorted(self._above(literals, instead)):  # what a gate rests on has smaller numbers
            becomes[gate] = self.every(_instead(literal, becomes) for literal in self._gates[gate])
        return [_instead(literal, becomes) for literal in literals]

    def gate(self, variable: Literal) -> tuple[Literal, ...]:
        """What holds together where this variable is true; nothing for one that is no gate."""
        return self._gates.get(variable, ())

    def group(self, variable: Literal) -> tuple[Literal, ...]:
        """The variables of which this one, which is no gate, is true alone."""
        return self.groups[self._resting[variable].bit_length() - 1]

    def rests_on(self, literals: Iterable[Literal], variable: Literal) -> bool:
        """Does one of these formulas rest on the group of this variable?"""
        return any(self._resting[abs(literal)] & self._resting[variable] for literal in literals)

    def below(self, literals: Iterable[Literal], passed: set[Literal]) -> Iterator[Literal]:
        """All variables on which these formulas rest, with their own, but those that were `passed`; then they are."""
        waiting = [abs(literal) for literal in literals]
        while waiting:
            if (variable := waiting.pop()) not in passed:
                passed.add(variable)
                yield variable
                waiting += [abs(literal) for literal in self.gate(variable)]

    def _above(self, literals: Iterable[Literal], variables: Iterable[Literal]) -> set[Literal]:
        """The gates of these formulas that rest on the groups of one of these variables."""
        groups = 0
        for variable in variables:
            groups |= self._resting[variable]
        above: set[Literal] = set()
        waiting = [abs(literal) for literal in literals]
        while waiting:
            gate = waiting.pop()
            if gate in self._gates and gate not in above and self._resting[gate] & groups:
                above.add(gate)
                waiting += [abs(literal) for literal in self._gates[gate]]
        return above

    def _bundled(self, numbered: Mapping[int, Literal]) -> Literal:
        """True where all of these are. Without one of them, all bundles but those that it was in would be the same."""
        while len(numbered) > MAX_TOGETHER:
            bundles: dict[int, list[Literal]] = {}
            for number, literal in numbered.items():
                bundles.setdefault(number // MAX_TOGETHER, []).append(literal)
            numbered = {number: self._gate(tuple(sorted(bundle))) for number, bundle in bundles.items()}
        return self._gate(tuple(sorted(numbered.values())))

    def _gate(self, key: tuple[Literal, ...]) -> Literal:
        if len(key) < 2:
            return key[0] if key else self.true
        if key not in self._gate_of:
            resting = 0
            for literal in key:
                resting |= self._resting[abs(literal)]
            gate = self._gate_of[key] = self._variable(resting)
            self._gates[gate] = key
        return self._gate_of[key]

    def _variable(self, resting: int) -> Literal:
        variable = len(self._resting) + 1
        self._resting[variable] = resting
        return variable


def _instead(literal: Literal, becomes: Mapping[Literal, Literal]) -> Literal:
    other = becomes.get(abs(literal), abs(literal))
    return other if literal > 0 else -other
