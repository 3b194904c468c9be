"""Labels -> lines that fit, and the room they take; East Asian characters and emoji are two columns wide.

What a reader takes for one sign (a letter with its accents, a family of emoji, a flag) is never split.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rich.cells import cell_len, split_graphemes

_OPEN, _CLOSE = "（「『“‘《", "，。；：、！？）」』”’》"
_LAST_NARROW, _OPEN_WITHIN = "\u2e7f", r"\S[“‘]"
"""The last character before the East Asian ones, and an opening bracket among those up to it that begins no word."""
_NARROW = r"[\x00-\u2e7f\U0001f000-\U0001faff\ufe0f\U000e0020-\U000e007f]"
"""The characters of words: all but East Asian ones, and those that join signs into one."""
_PIECES = rf"\s+|[(\[]*[{_OPEN}]*(?:(?:(?![\s{_OPEN}]){_NARROW})+|[^\x00-\u2e7f])[{_CLOSE}]*|[{_OPEN}]+"
"""White space, an East Asian character, or a word, each with its brackets; wide ranges would be slow to compile."""

_OPTION = r"[(\[]?--[a-z-]+ [^\s\u2e80-\uffff]+=[^\s\u2e80-\uffff]*"
"""An option of a command with what it sets, to be copied in one piece."""

_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
"""Two letters that are drawn as one flag."""

PITCH = 4 / 3
"""The distance from one line of type to the next, in heights of the type."""

_BROAD = r"[A-Zmw@%&#\u0400-\u042f]"
_MORE = 0.3
"""How much a broad letter takes beyond one column."""


def fold(text: str, columns: int) -> list[str]:
    """The text in lines of at most this many columns, broken between words or wide characters if possible."""
    lines, room = [""], columns
    for piece in re.findall(rf"{_OPTION}|\s+|\S+" if _is_all_words(text) else rf"{_OPTION}|{_PIECES}", text):
        for part in _cut(piece, columns):
            if lines[-1] and columns_of(part.rstrip()) > room:
                lines.append("")
                room = columns
            if lines[-1] or not part.isspace():
                lines[-1] += part
                room -= columns_of(part)
    return [line.rstrip() for line in lines]


@lru_cache(maxsize=4_096)
def even(text: str, columns: int) -> tuple[str, ...]:
    """The text in as few lines as fit this many columns (more of them for a long text), as even as possible."""
    columns = max(columns, round(1.9 * columns_of(text) ** 0.5))
    lines = fold(text, columns)
    while len(lines) > 1 and columns > 1 and len(narrower := fold(text, columns - 1)) == len(lines):
        lines, columns = narrower, columns - 1
    return tuple(lines)


def _is_all_words(text: str) -> bool:
    """Does the text break at white space alone? Asked first, since most do, and `_PIECES` takes long to compile."""
    return text.isascii() or (max(text) <= _LAST_NARROW and not re.search(_OPEN_WITHIN, text))


def width(lines: Iterable[str]) -> float:
    """The width of the widest line, in columns of a lower-case letter."""
    return max((columns_of(line) + _MORE * len(re.findall(_BROAD, line)) for line in lines), default=0)


def signs(text: str) -> Iterator[str]:
    """The text split into what readers take for one sign each (grapheme clusters, Unicode annex 29)."""
    before = ""
    for start, end, _ in split_graphemes(text, "latest")[0]:
        sign = text[start:end]
        if re.fullmatch(_FLAG, before + sign):
            yield before + sign
            before = ""
            continue
        if before:
            yield before
        before = sign
    if before:
        yield before


def _cut(piece: str, columns: int) -> list[str]:
    """A piece that is wider than a line, cut to fit."""
    if columns_of(piece) <= columns:
        return [piece]
    parts = [""]
    for sign in signs(piece):
        if parts[-1] and columns_of(parts[-1] + sign) > columns:
            parts.append("")
        parts[-1] += sign
    return parts


def columns_of(text: str) -> int:
    """How many columns the text takes by the newest edition of Unicode, whichever edition a terminal claims to use."""
    return cell_len(text, "latest")
