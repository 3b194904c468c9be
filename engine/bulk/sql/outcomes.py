"""What can still come out of a decision -> columns: a truth value for each outcome, by the way down the diagram.

A node is reached if a node above it is, and the fact that is asked there may be in a cell that leads to it, with or
without the assumptions.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...meaning.diagram import Function
from .layers import TRUE, Layers, SqlText, both, either
from .situations import FactSituations

AdviceNode = Function[str | None]


def reached(
    advice: AdviceNode,
    situations: Mapping[str, FactSituations],
    columns: Mapping[str, SqlText],
    layers: Layers,
    *,
    as_assumed: bool,
) -> dict[str, SqlText]:
    """For each outcome, in alphabetical order, whether it can come out; cells without advice do not count."""
    ways: dict[AdviceNode, list[SqlText]] = {advice: [TRUE]}
    for fact, nodes in _asking(advice, situations).items():
        for node in nodes:
            here = layers.column(either(ways.pop(node)))
            for part, cells in _leading(node).items():
                may_be = situations[fact].may_be(columns[fact], cells, as_assumed=as_assumed)
                ways.setdefault(part, []).append(both([here, may_be]))
        for part in [*ways]:  # one column for what was reached so far, or all that lead there would be kept
            ways[part] = [layers.column(either(ways[part]))]
    outcomes = {part.value: way for part, (way,) in ways.items()}
    return {outcome: outcomes[outcome] for outcome in sorted(name for name in outcomes if name is not None)}


def _asking(advice: AdviceNode, facts: Mapping[str, FactSituations]) -> dict[str, list[AdviceNode]]:
    """The nodes that ask each fact, in question order, in which every node is below those asked before it."""
    nodes: dict[str, list[AdviceNode]] = {fact: [] for fact in facts}
    for node in advice.below():
        if not node.is_constant:
            nodes[node.fact].append(node)
    return {fact: asking for fact, asking in nodes.items() if asking}


def _leading(node: AdviceNode) -> dict[AdviceNode, list[int]]:
    """Every part of a node, with the cells of its fact that lead there."""
    cells: dict[AdviceNode, list[int]] = {}
    for cell, part in enumerate(node.parts):
        cells.setdefault(part, []).append(cell)
    return cells
