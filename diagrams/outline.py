"""A graph -> an indented outline that a terminal or a screen reader can follow."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.words.catalogue import phrase

from .graph import DrawnTable, Edge, Graph


def outline(graph: Graph) -> str:
    """Every node once, with what follows from it; a node met again is only named."""
    targets = {edge.target for edge in graph.edges}
    labels = {node.id: node.label for node in graph.nodes}
    tables = {node.id: node.table for node in graph.nodes if node.table}
    numbers = {node.id: index for index, node in enumerate(graph.nodes, start=1)}
    leaving, seen = graph.leaving, set()
    lines = [graph.title, graph.description, ""]
    waiting: list[tuple[str, Edge | None, int]] = [
        (node.id, None, 0) for node in reversed(graph.nodes) if node.id not in targets
    ]
    while waiting:
        name, edge, depth = waiting.pop()
        following = leaving[name]
        again = name in seen and bool(following)
        number = f"{numbers[name]}. " if following and not again and edge else ""
        see = f" ({phrase('outline_see', graph.language, number=str(numbers[name]))})" if again else ""
        lines.append("  " * depth + (_way_in(edge) if edge else "") + number + labels[name] + see)
        if not again:
            seen.add(name)
            lines += _rows(tables[name], depth + 1, graph.language) if name in tables else []
            waiting += [(after.target, after, depth + 1) for after in reversed(following)]
    return "\n".join(lines) + "\n"


def _rows(table: DrawnTable, depth: int, language: str) -> Iterator[str]:
    """Every row of a grid, its cells with the titles of their columns."""
    colon, semicolon = phrase("colon", language), phrase("semicolon", language)
    for index, (first, *cells) in enumerate(table.rows):
        texts = semicolon.join(f"{title}{colon}{cell}" for title, cell in zip(table.head[1:], cells, strict=True))
        yield "  " * depth + ("=> " if index in table.marked else "-> ") + first + colon + texts


def _way_in(edge: Edge) -> str:
    mark = "-x" if edge.barred else {"taken": "=>", "open": "?>", "ruled_out": "x>"}.get(edge.state, "->")
    return f"{mark} {edge.label}: " if edge.label else f"{mark} "
