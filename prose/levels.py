"""How much a reader is told."""

from __future__ import annotations

from typing import Literal, get_args

Level = Literal["short", "normal", "full"]
"""What fits on a screen; with the proof; with everything."""

LEVELS: tuple[Level, ...] = get_args(Level)
