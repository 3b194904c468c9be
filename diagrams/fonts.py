"""What this machine's fonts can draw: Chinese, and emoji. PNG and PDF need them; SVG uses the reader's fonts."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from functools import lru_cache
from pathlib import Path

from whytune.engine.words.lettering import signs

_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
_CHINESE = re.compile(
    "cjk|wqy|wenquanyi|simsun|simhei|msyh|pingfang|heiti|songti|sourcehan|droidsansfallback|arphic|uming|ukai", re.I
)
_EMOJI = re.compile("emoji|symbola", re.I)
_FLAG_A = 0x1F1E6
"""The first of the letters that are drawn in pairs as flags."""
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def needs_chinese(text: str) -> bool:
    return _WIDE.search(text) is not None


def has_chinese() -> bool:
    """Can they draw Chinese? Asks fontconfig or, without it, looks at the names of font files."""
    return _has_font(":lang=zh", _CHINESE)


def spelled(text: str) -> str:
    """The text, with every emoji that no font of this machine can draw replaced by its name in brackets."""
    return "".join(f"[{_name(sign)}]" if _is_emoji(sign) and not _can_draw(sign) else sign for sign in signs(text))


def _is_emoji(sign: str) -> bool:
    return any(unicodedata.category(letter) in ("So", "Me") for letter in sign)


def _can_draw(sign: str) -> bool:
    return all(_has_letter(letter) for letter in sign if unicodedata.category(letter) in ("So", "Me"))


@lru_cache(maxsize=1_024)
def _has_letter(letter: str) -> bool:
    """Can some font draw the letter? Asks fontconfig; without it, any font for emoji will do."""
    return _has_font(f":charset={ord(letter):x}", _EMOJI)


def _name(sign: str) -> str:
    """What an emoji shows, in Unicode's words: the letters of a flag, the names of joined emoji, the digit of a key."""
    flag = "".join(chr(ord(letter) - _FLAG_A + ord("A")) for letter in sign if _is_of_a_flag(letter))
    others = (letter for letter in sign if unicodedata.category(letter) == "So" and not _is_of_a_flag(letter))
    names = (unicodedata.name(letter, letter).lower() for letter in others)
    return ", ".join(filter(None, (flag, *names, *(letter for letter in sign if letter.isascii()))))


def _is_of_a_flag(letter: str) -> bool:
    return _FLAG_A <= ord(letter) < _FLAG_A + 26


def _has_font(pattern: str, name: re.Pattern[str]) -> bool:
    """Is there a font that matches fontconfig's pattern or, without fontconfig, a file with such a name?"""
    if program := shutil.which("fc-list"):
        fonts = subprocess.run([program, pattern, "family"], capture_output=True, check=False, timeout=30)
        return bool(fonts.stdout.strip())
    folders = (Path(folder).expanduser() for folder in _FOLDERS)
    return any(name.search(path.name) for folder in folders if folder.is_dir() for path in folder.rglob("*"))
