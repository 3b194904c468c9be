"""Labels -> lines that fit, and the room they take; East Asian characters are two columns wide."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import cell_len

_OPEN, _CLOSE = "（「『“‘《", "，。；：、！？）」』”’》"
_PIECES = rf"\s+|[{_OPEN}]*(?:[^\x00-\u2e7f]|(?:(?![\s{_OPEN}])[\x00-\u2e7f])+)[{_CLOSE}]*|[{_OPEN}]+"
"""White space, an East Asian character, or a word, each with its brackets; wide ranges would take long to compile."""

_BROAD = re.compile(r"[A-Zmw@%&#\u0400-\u042f]")
_MORE = 0.3
"""What a broad letter takes beyond a column."""


def fold(text: str, columns: int) -> list[str]:
    """The text in lines of at most so many columns, broken between words or wide characters, else where it must be."""
    lines, room = [""], columns
    for piece in re.findall(r"\s+|\S+" if text.isascii() else _PIECES, text):
        for part in _cut(piece, columns):
            if lines[-1] and cell_len(part.rstrip()) > room:
                lines.append("")
                room = columns
            if lines[-1] or not part.isspace():
                lines[-1] += part
                room -= cell_len(part)
    return [line.rstrip() for line in lines]


@lru_cache(maxsize=4_096)
def even(text: str, columns: int) -> tuple[str, ...]:
    """The text in as few lines as fit so many columns (more of them for a long text), the lines as even as can be."""
    columns = max(columns, round(1.9 * cell_len(text) ** 0.5))
    lines = fold(text, columns)
    while len(lines) > 1 and columns > 1 and len(narrower := fold(text, columns - 1)) == len(lines):
        lines, columns = narrower, columns - 1
    return tuple(lines)


def width(lines: Iterable[str]) -> float:
    """The room that the widest line takes, in columns of a lower-case letter."""
    return max((cell_len(line) + _MORE * len(_BROAD.findall(line)) for line in lines), default=0)


def _cut(piece: str, columns: int) -> list[str]:
    """A piece that is wider than a line, cut to fit."""
    if cell_len(piece) <= columns:
        return [piece]
    parts = [""]
    for letter in piece:
        if cell_len(parts[-1] + letter) > columns:
            parts.append("")
        parts[-1] += letter
    return parts
