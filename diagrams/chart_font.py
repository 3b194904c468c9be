"""The font in which a chart writes Chinese: a file that has the characters now, whatever was there before."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

_LETTERS = "微调成本"
_LIKELY = re.compile("cjk|chinese|wqy|han|hei|song|ming|kai|fang|fallback|uni", re.I)
"""Parts of the names of fonts that are likely to have Chinese, and are looked at first."""


def chinese_font() -> str | None:
    """The name of a font that has Chinese characters, made known to matplotlib; None if this machine has none."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    for file in sorted(findSystemFonts(), key=lambda file: (not _LIKELY.search(Path(file).name), file)):
        if _has_letters(file):
            fontManager.addfont(file)  # matplotlib remembers fonts from an earlier day
            return fontManager.ttflist[-1].name
    return None


def _has_letters(file: str) -> bool:
    from matplotlib.font_manager import get_font

    with suppress(OSError, RuntimeError):  # a file that is not a font, or of a kind that cannot be drawn
        font = get_font(file)
        return all(font.get_char_index(ord(letter)) for letter in _LETTERS)
    return False
