"""Text and tables as Markdown has them; what users wrote is read as it stands, and acts on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

MAX_CELL = 1_200
"""Letters of one cell of a table, or of one line."""

_NAME = re.compile(r"(`[a-z][a-z0-9_.]*`)")
_ACTS = re.compile(r"[&<>|*_`\[\]~!\\$]")
_CALLS = re.compile(r"[@#](?=\w)|(?<=\w)(?=://)|(?<=www)(?=\.)")


def plain(text: str) -> str:
    """The text as it is read, on one line, with nothing in it that GitHub would act on; a name stays in back quotes."""
    text = " ".join(text.split())
    text = text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…"
    return "".join(part if _NAME.fullmatch(part) else _inert(part) for part in _NAME.split(text))


def _inert(text: str) -> str:
    """Each letter that Markdown or HTML acts on as its number; a space without width where a call would begin."""
    text = _CALLS.sub(lambda found: f"{found[0]}\u200b", text)
    return _ACTS.sub(lambda found: f"&#{ord(found[0])};", text)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
