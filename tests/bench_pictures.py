"""How long pictures take, for `tests/bench.py`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.formats import draw
from whytune.diagrams.graph import Box, Edge, Graph
from whytune.engine import Advisor
from whytune.engine.words.speaker import Speaker


def rows() -> Iterator[tuple[str, str, str, str]]:
    """What was measured, the figure, the ratio to its target, and the target."""
    advisor = Advisor.load("guide")
    speaker = Speaker(advisor.rulebook, "en")

    def guide() -> bytes:
        return draw(flowchart(advisor.inquiry("approach"), speaker), "svg")

    large = layered()
    for what, action, target in (
        ("the guide's flowchart as SVG, warm", guide, 0.030),
        (f"a diagram of {len(large.nodes)} nodes as SVG", lambda: draw(large, "svg"), 1.0),
    ):
        took = quickest(action)
        yield what, f"{1_000 * took:.0f} ms", f"{took / target:.0%}", f"< {1_000 * target:.0f} ms"


def quickest(action: Callable[[], object], rounds: int = 5) -> float:
    """The CPU seconds of the quickest round."""
    found = []
    for _ in range(rounds):
        started = time.process_time()
        action()
        found.append(time.process_time() - started)
    return min(found)


def layered(questions: int = 394, outcomes: int = 6) -> Graph:
    """A chart of questions that go on to later ones of the next two layers, and at last to outcomes."""
    wide = 8
    nodes = [Box(f"q{index}", f"Is it so in case {index}?", "question") for index in range(questions)]
    nodes += [Box(f"o{index}", f"Outcome {index}", "outcome") for index in range(outcomes)]
    edges = []
    for index in range(questions):
        for answer, ahead in (("yes", wide), ("no", wide + 1 if index % 3 else 2 * wide)):
            target = index + ahead
            end = f"q{target}" if target < questions else f"o{target % outcomes}"
            edges.append(Edge(f"q{index}", end, answer))
    return Graph("A large chart", "Made up to be drawn", "en", tuple(nodes), tuple(edges))
