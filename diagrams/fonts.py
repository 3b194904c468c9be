"""Is there a font for Chinese on this machine? PNG and PDF need one; SVG leaves it to the reader's."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

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
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def needs_chinese(text: str) -> bool:
    return _WIDE.search(text) is not None


def has_chinese() -> bool:
    """Asks fontconfig, and where that is not installed looks at the names of font files."""
    if program := shutil.which("fc-list"):
        found = subprocess.run([program, ":lang=zh", "family"], capture_output=True, check=False, timeout=30)
        return bool(found.stdout.strip())
    folders = (Path(folder).expanduser() for folder in _FOLDERS)
    return any(_CHINESE.search(path.name) for folder in folders if folder.is_dir() for path in folder.rglob("*"))


def chinese_font() -> str | None:
    """The name of a font with Chinese characters that matplotlib knows; None if there is none."""
    from matplotlib.font_manager import fontManager

    known = {font.name: font.fname for font in fontManager.ttflist}
    return next((name for name in sorted(known) if _CHINESE.search(name + Path(known[name]).name)), None)
