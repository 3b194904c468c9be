"""The ways through a decision diagram: how many there are, which one a case takes, and which none has taken.

A path goes from the first question to an outcome; answers that lead on to the same question are one way. What a
fact cannot be, for its range, leads nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ...language.case import Value
from ...meaning.diagram import DecisionDiagram, Node, Restriction

Path = tuple[Node, ...]
"""The nodes on it, the leaf included: no other path has the same."""


class Way(NamedTuple):
    """A path as a case takes it: an answer to each question, and the outcome."""

    given: Mapping[str, Value]
    outcome: str


class Paths:
    """The paths to the advice on one decision; the diagram must have been built on a ground."""

    def __init__(self, diagram: DecisionDiagram, decision: str) -> None:
        self.ground, self.store = diagram.ground, diagram.store
        self.root = diagram.advice[decision]

    def count(self) -> int:
        below: dict[Node, int] = {}
        for node in sorted(self.store.below(self.root)):  # children have smaller numbers
            ahead = self._ahead(node)
            below[node] = sum(below[child] for child in ahead) if ahead else 1
        return below[self.root]

    def taken(self, known: Restriction) -> Path | None:
        """The path of a case in which these facts are in these cells; None if a question on it has no answer."""
        path = [self.root]
        while not self.store.is_leaf(path[-1]):
            cell = known.get(self.store.fact(path[-1]))
            if cell is None:
                return None
            path.append(self.store.children(path[-1])[cell])
        return tuple(path)

    def missing(self, taken: Collection[Path]) -> Iterator[Way]:
        """The paths that are not among those taken, in the order of the answers."""
        waiting: list[tuple[Path, dict[str, int]]] = [((self.root,), {})]
        while waiting:
            path, cells = waiting.pop()
            ahead = self._ahead(path[-1])
            waiting += [
                ((*path, child), {**cells, self.store.fact(path[-1]): cell})
                for child, cell in reversed(list(ahead.items()))
            ]
            if not ahead and path not in taken:
                given = {name: self.ground.value(name, cell) for name, cell in cells.items()}
                yield Way(given, str(self.store.value(path[-1])))

    def _ahead(self, node: Node) -> dict[Node, int]:
        """Each child that can be reached, with the first cell that leads to it."""
        if self.store.is_leaf(node):
            return {}
        children, found = self.store.children(node), dict[Node, int]()
        for cell in self.ground.common(self.store.fact(node)):
            found.setdefault(children[cell], cell)
        return found
