"""Two contents of a file -> a patch that makes the one of the other."""

from __future__ import annotations

import re
from difflib import unified_diff


def patch_of(name: str, old: bytes | None, new: bytes) -> str:
    """What changes in a file of this name, or that it is new, as a patch."""
    before = "/dev/null" if old is None else f"a/{name}"
    lines = unified_diff(_lines((old or b"").decode()), _lines(new.decode()), before, f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
