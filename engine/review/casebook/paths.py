"""The ways through a decision diagram: how many there are, which one a case takes, and which no case has taken.

A path goes from the first question to an outcome; answers that lead on to the same question are one way. Values
outside the range of a fact lead nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ...language.value import Value
from ...meaning.diagram import DecisionDiagram, Function, Restriction

Path = tuple[Function[str], ...]
"""The advice that is left after each answer, down to an outcome; every path has its own."""


class Route(NamedTuple):
    """A path as a case takes it: an answer to every question, and the outcome."""

    given: Mapping[str, Value]
    outcome: str


class Paths:
    """The paths to the advice on one decision; the diagram must have been built on a ground."""

    def __init__(self, diagram: DecisionDiagram, decision: str) -> None:
        self.ground, self.advice = diagram.ground, diagram.advice[decision]

    def count(self) -> int:
        below: dict[Function[str], int] = {}
        for advice in self.advice.upward():
            ahead = self._ahead(advice)
            below[advice] = sum(below[part] for part in ahead) if ahead else 1
        return below[self.advice]

    def taken(self, cells: Restriction) -> Path | None:
        """The path of a case in which these facts are in these cells; None if a question on it has no single answer."""
        path = [self.advice]
        while not path[-1].is_constant:
            cell = cells.get(path[-1].fact)
            ahead = {path[-1].parts[one] for one in ((cell,) if isinstance(cell, int) else cell or ())}
            if len(ahead) != 1:
                return None
            path.extend(ahead)
        return tuple(path)

    def missing(self, taken: Collection[Path]) -> Iterator[Route]:
        """The paths that are not among those taken, in order of the answers."""
        waiting: list[tuple[Path, dict[str, int]]] = [((self.advice,), {})]
        while waiting:
            path, cells = waiting.pop()
            ahead = self._ahead(path[-1])
            waiting += [((*path, part), {**cells, path[-1].fact: cell}) for part, cell in reversed(list(ahead.items()))]
            if not ahead and path not in taken:
                given = {name: self.ground.value(name, cell) for name, cell in cells.items()}
                yield Route(given, path[-1].value)

    def _ahead(self, advice: Function[str]) -> dict[Function[str], int]:
        """Every part that can be reached, with the first cell that leads to it."""
        if advice.is_constant:
            return {}
        parts, first = advice.parts, dict[Function[str], int]()
        for cell in self.ground.common(advice.fact):
            first.setdefault(parts[cell], cell)
        return first
