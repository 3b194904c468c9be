"""A picture before it has a format: nodes and edges, and what each of them is; not how they are drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from whytune.engine.language.brief import brief
from whytune.engine.language.rulebook import Style

BoxShape = Literal[
    "question", "decision", "outcome", "terminal", "fact", "band", "conclusion", "rule", "option", "note", "table"
]
BoxState = Literal["plain", "taken", "open", "passed_by", "ruled_out"]
"""How a case relates to a node or edge: no case, on its way, perhaps on its way, not on its way, ruled out."""


class DrawnTable(NamedTuple):
    """A grid of texts below the titles of its columns; the `marked` rows, counted from 0, apply to the case."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    def rewritten(self, write: Callable[[str], str]) -> DrawnTable:
        """The grid with every text rewritten by this function."""
        rows = tuple(tuple(map(write, row)) for row in self.rows)
        return self._replace(head=tuple(map(write, self.head)), rows=rows)


class Box(NamedTuple):
    """A box: its label, its shape, and what a reader finds behind it.

    The edges that leave a `scale` stand for pieces of the number line, and are drawn from the lowest to the highest.
    """

    id: str
    label: str
    shape: BoxShape
    state: BoxState = "plain"
    style: Style | None = None
    tooltip: str = ""
    link: str | None = None
    is_scale: bool = False
    table: DrawnTable | None = None

    def __repr__(self) -> str:
        return brief(self)


class Edge(NamedTuple):
    """An arrow; `barred` if it speaks against its target, `assumed` if it is taken by an assumption.

    `cases` is how many recorded cases went this way, `share` their share of all; None if none are counted.
    """

    source: str
    target: str
    label: str = ""
    state: BoxState = "plain"
    barred: bool = False
    assumed: bool = False
    tooltip: str = ""
    link: str | None = None
    cases: int | None = None
    share: float | None = None

    def __repr__(self) -> str:
        return brief(self)


class Graph(NamedTuple):
    """A picture: its title, what it shows in one sentence, its nodes and its edges, both in reading order."""

    title: str
    description: str
    language: str
    nodes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    across: bool = False  # drawn from left to right instead of downwards

    def __repr__(self) -> str:
        return brief(self)

    @property
    def names(self) -> dict[str, str]:
        """A short name for each node id, which no format can misread."""
        return {node.id: f"n{index}" for index, node in enumerate(self.nodes)}

    @property
    def has_tables(self) -> bool:
        return any(node.table for node in self.nodes)

    @property
    def leaving(self) -> dict[str, list[Edge]]:
        """The edges that leave each node."""
        edges: dict[str, list[Edge]] = {node.id: [] for node in self.nodes}
        for edge in self.edges:
            edges[edge.source].append(edge)
        return edges

    def labelled(self, write: Callable[[str], str]) -> Graph:
        """The graph with every label rewritten by this function."""
        nodes = (
            node._replace(label=write(node.label), table=node.table and node.table.rewritten(write))
            for node in self.nodes
        )
        edges = (edge._replace(label=write(edge.label)) for edge in self.edges)
        return self._replace(nodes=tuple(nodes), edges=tuple(edges))

    def only_way(self) -> Graph:
        """The graph without what the case passes by."""
        nodes = tuple(node for node in self.nodes if node.state != "passed_by")
        kept = {node.id for node in nodes}
        edges = (edge for edge in self.edges if edge.state != "passed_by" and {edge.source, edge.target} <= kept)
        return self._replace(nodes=nodes, edges=tuple(edges))

    @property
    def line(self) -> tuple[tuple[str, str], ...] | None:
        """The label of each box with that of the edge that leads on; None where the way forks."""
        if any(len(edges) > 1 for edges in self.leaving.values()):
            return None
        return tuple((node.label, edge.label) for node in self.nodes for edge in self.leaving[node.id])

    def to_dict(self) -> dict[str, Any]:
        """Nodes and edges as JSON data."""

        def tidy(part: Box | Edge) -> dict[str, Any]:
            ways = {
                name: value for name, value in part._asdict().items() if value not in (None, "") and value is not False
            }
            if isinstance(part, Box) and part.style:
                ways["style"] = part.style.model_dump(exclude_none=True)
            if isinstance(part, Box) and part.table:
                ways["table"] = part.table._asdict()
            return ways

        return {
            "title": self.title,
            "description": self.description,
            "language": self.language,
            "nodes": [tidy(node) for node in self.nodes],
            "edges": [tidy(edge) for edge in self.edges],
        }
