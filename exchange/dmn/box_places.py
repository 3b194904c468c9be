"""What rests on what in a decision model -> the place of each box in its picture, and where the lines run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 180, 60
"""The size of a box, in pixels."""
GAP_ACROSS, GAP_DOWN = 40, 90
"""The room between boxes, in pixels; downward it may be more."""
SLOPE = 15
"""The room downward for each box of the widest row, in pixels, so that lines do not run flat."""


class Corner(NamedTuple):
    """The upper left corner of a box."""

    x: int
    y: int

    @property
    def top(self) -> tuple[int, int]:
        return self.x + WIDTH // 2, self.y

    @property
    def bottom(self) -> tuple[int, int]:
        return self.x + WIDTH // 2, self.y + HEIGHT


def places(rests_on: Mapping[str, Sequence[str]]) -> dict[str, Corner]:
    """The place of each box, with everything that it rests on below it.

    `rests_on` lists every box after those that it rests on.
    """
    heights: dict[str, int] = {}
    for name, others in rests_on.items():
        heights[name] = 1 + max((heights[other] for other in others), default=-1)
    highest = max(heights.values(), default=-1)
    rows = [[name for name in rests_on if heights[name] == height] for height in range(highest, -1, -1)]
    widest = max(map(len, rows), default=0)
    down = HEIGHT + max(GAP_DOWN, widest * SLOPE)
    return {
        name: _place(row * down, column, widest - len(names))
        for row, names in enumerate(rows)
        for column, name in enumerate(names)
    }


def _place(y: int, column: int, room: int) -> Corner:
    """The place in a row with this much room to spare, half of it on either side."""
    across = WIDTH + GAP_ACROSS
    return Corner(GAP_ACROSS + column * across + room * across // 2, GAP_ACROSS + y)
