"""A graph -> an indented outline that a terminal or a screen reader can follow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from whytune.engine.words.catalogue import Family, phrase
from whytune.engine.words.lettering import columns_of, fold

from .graph import BoxState, DrawnTable, Edge, Graph

COLUMNS = 80
"""The width of an outline if nobody says how wide it may be."""

NARROWEST = 24
"""The columns that a line has at least, however deep it stands."""

LineMark = Literal[BoxState, "barred"]
"""What the mark before a line says of it."""

_MARKS: dict[LineMark, str] = {
    "taken": "=>",
    "open": "?>",
    "ruled_out": "x>",
    "barred": "-x",
    "passed_by": "->",
    "plain": "->",
}
_MEANINGS = Family[LineMark]("outline")


def outline(graph: Graph, columns: int = COLUMNS) -> str:
    """What the marks say, and every node once, with what follows from it; a node met again is only named."""
    legend = [(0, ""), (0, legend)] if (legend := _legend(graph)) else []
    lines = [(0, graph.title), (0, graph.description), *legend, (0, ""), *steps(graph)]
    return "".join(f"{line}\n" for depth, text in lines for line in _folded(text, 2 * depth, columns))


def steps(graph: Graph) -> Iterator[tuple[int, str]]:
    """The lines that tell of the nodes, each with its depth; what is led to and leads on is numbered as it comes."""
    targets = {edge.target for edge in graph.edges}
    labels = {node.id: node.label for node in graph.nodes}
    tables = {node.id: node.table for node in graph.nodes if node.table}
    numbers: dict[str, int] = {}
    leaving, seen = graph.leaving, set()
    waiting: list[tuple[str, Edge | None, int]] = [
        (node.id, None, 0) for node in reversed(graph.nodes) if node.id not in targets
    ]
    while waiting:
        name, edge, depth = waiting.pop()
        following = leaving[name]
        again = name in seen and bool(following)
        if following and edge:
            numbers.setdefault(name, len(numbers) + 1)
        number = f"{numbers[name]}. " if name in numbers and not again else ""
        label = number + labels[name]
        if again:
            see = phrase("outline_see", graph.language, number=str(numbers[name]))
            label = phrase("within", graph.language, value=label, bounds=see)
        yield depth, (_way_in(edge, graph.language) if edge else "") + label
        if not again:
            seen.add(name)
            if name in tables:
                yield from ((depth + 1, row) for row in _rows(tables[name], graph.language))
            waiting += [(after.target, after, depth + 1) for after in reversed(following)]


def _rows(table: DrawnTable, language: str) -> Iterator[str]:
    """Every row of a grid, its cells with the titles of their columns."""
    colon, semicolon = phrase("colon", language), phrase("semicolon", language)
    for index, (first, *cells) in enumerate(table.rows):
        texts = semicolon.join(f"{title}{colon}{cell}" for title, cell in zip(table.head[1:], cells, strict=True))
        yield f"{_MARKS['taken' if index in table.marked else 'plain']} {first}{colon}{texts}"


def _way_in(edge: Edge, language: str) -> str:
    return f"{_MARKS[_way(edge)]} " + (edge.label + phrase("colon", language) if edge.label else "")


def _way(edge: Edge) -> LineMark:
    return "barred" if edge.barred else edge.state


def _legend(graph: Graph) -> str:
    """What each mark of the outline says; empty if none says more than that a line goes on."""
    used = {_way(edge) for edge in graph.edges}
    if any(node.table and node.table.marked for node in graph.nodes):
        used |= {"taken", "passed_by"}
    if used <= {"plain", "passed_by"}:
        return ""
    shown = [way for way in _MARKS if way in used and not (way == "plain" and "passed_by" in used)]
    meanings = (f"{_MARKS[way]} {phrase(_MEANINGS[way], graph.language)}" for way in shown)
    return phrase("semicolon", graph.language).join(meanings)


def _folded(text: str, indent: int, columns: int) -> Iterator[str]:
    """The text in lines of this width, the later ones below its first word."""
    room = max(NARROWEST, columns - indent)
    first, *others = [text] if columns_of(text) <= room else fold(text, room - 3)
    yield " " * indent + first if first else ""
    yield from (" " * (indent + 3) + line for line in others)
