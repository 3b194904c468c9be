"""A document -> Markdown for a comment or a page; what users wrote is read as it stands, and acts on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from .document import (
    Block,
    Command,
    Document,
    Folded,
    Foot,
    Grid,
    Heading,
    Item,
    Listing,
    Paragraph,
    Picture,
    Rows,
    Step,
    Title,
)

MAX_CELL = 1_200
"""Letters of one cell of a table, or of one line."""

_NAME = re.compile(r"(`[a-z][a-z0-9_.]*`)")
_ACTS = re.compile(r"[&<>|*_`\[\]~!\\$]")
_CALLS = re.compile(r"[@#](?=\w)|(?<=\w)(?=://)|(?<=www)(?=\.)")
_BEGINS = re.compile(r"^(\d+(?=[.)])|[-+=#](?=[\s=-]|$))")
"""What would begin a list, a line or a heading where a text begins."""


def text(document: Document) -> str:
    """The document as Markdown."""
    return "\n".join(lines(document.blocks)) + "\n"


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The blocks as lines of Markdown; a list is not torn apart by empty lines."""
    before: Block | None = None
    for block in blocks:
        if before is not None and not (_is_listed(block) and _is_listed(before)):
            yield ""
        yield from _written(block)
        before = block


def _is_listed(block: Block) -> bool:
    return isinstance(block, Item | Step)


def _written(block: Block) -> Iterator[str]:
    match block:
        case Title(said):
            yield f"### {plain(said)}"
        case Heading(said, level):
            yield f"{'#' * (level + 3)} {plain(said)}"
        case Paragraph(said):
            yield opening(plain(said))
        case Item(said, level, source):
            yield f"{'  ' * (level - 1)}- {opening(plain(said))}{_cited(source)}"
        case Rows(rows):
            yield from table(("", ""), ((plain(left), plain(right)) for left, right in rows))
        case Grid(head, body):
            yield from table([*map(plain, head)], ([*map(plain, row)] for row in body))
        case Step(number, _, said, reason, source):
            more = f"<br>{plain(reason)}" if reason else ""
            yield f"{number}. {opening(plain(said))}{more}{_cited(source)}"
        case Command(words):
            yield from fenced(" ".join(words), "sh")
        case Listing(said, language):
            yield from fenced(said, language)
        case Picture(drawing, title):
            yield f"**{plain(title)}**"
            yield ""
            yield from fenced(drawing.mermaid(), "mermaid")
        case Folded(title, blocks):
            yield f"<details><summary>{plain(title)}</summary>"
            yield ""
            yield from lines(blocks)
            yield ""
            yield "</details>"
        case Foot(said):
            yield f"<sub>{plain(said)}</sub>"


def _cited(source: str) -> str:
    return f"<br><sub>{plain(source)}</sub>" if source else ""


def plain(said: str) -> str:
    """The text as it is read, on one line, with nothing in it that GitHub would act on; a name stays in back quotes."""
    said = " ".join(said.split())
    said = said if len(said) <= MAX_CELL else f"{said[: MAX_CELL - 1]}…"
    return "".join(part if _NAME.fullmatch(part) else _inert(part) for part in _NAME.split(said))


def opening(said: str) -> str:
    """A text that begins a line: what Markdown takes for a list, a heading or a line there is written as its number."""
    return _BEGINS.sub(lambda match: "".join(f"&#{ord(letter)};" for letter in match[0]), said)


def _inert(said: str) -> str:
    """Each letter that Markdown or HTML acts on as its number; a space without width where a call would begin."""
    said = _CALLS.sub(lambda match: f"{match[0]}\u200b", said)
    return _ACTS.sub(lambda match: f"&#{ord(match[0])};", said)


def fenced(said: str, language: str) -> Iterator[str]:
    """Lines kept as they are, in a fence that none of them can close."""
    longest = max(map(len, re.findall(r"`+", said)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{language}"
    yield said.rstrip("\n")
    yield fence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
