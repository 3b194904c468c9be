"""Text and tables as Markdown has them; what users wrote is read as it stands, and acts on nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def plain(text: str) -> str:
    """The text as it is read, with nothing in it that Markdown or HTML would act on but code between back quotes."""
    for letter in "\\*[|":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("@", "@&#8203;")


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
