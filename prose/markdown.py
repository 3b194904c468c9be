"""A document -> Markdown for a comment or a page; what users wrote is read as it stands, and acts on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from whytune.engine.words.catalogue import phrase

from .document import (
    Block,
    Command,
    Document,
    Folded,
    Foot,
    Gap,
    Grid,
    Heading,
    Item,
    Listed,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Rows,
    Step,
    Title,
    Tone,
)

MAX_LETTERS = 60_000
"""Of a document; GitHub takes 65,536 in a comment."""

MAX_CELL = 1_200
"""Letters of one cell of a table, or of one line."""

_MARKS: Mapping[str, str] = {"good": "🟢 ", "doubtful": "🟠 ", "open": "🔵 ", "bad": "🔴 "}
"""What stands for a colour, which Markdown does not have."""

_NAME = re.compile(r"(`[a-z][a-z0-9_.]*`)")
_ACTS = re.compile(r"[&<>|*_`\[\]~!\\$]")
_CALLS = re.compile(r"[@#](?=\w)|(?<=\w)(?=://)|(?<=www)(?=\.)")
_BEGINS = re.compile(r"^(\d+(?=[.)])|[-+=#](?=[\s=-]|$))")
"""What would begin a list, a line or a heading where a text begins."""


def text(document: Document) -> str:
    """The document as Markdown, no longer than GitHub takes a comment."""
    cut = Paragraph(phrase("comment_cut", document.language))
    return "\n".join(lines(_fitted(document.headed, MAX_LETTERS, cut))) + "\n"


def _fitted(blocks: Iterable[Block], room: int, cut: Paragraph) -> Iterator[Block]:
    """The blocks, as many as fit this many letters, and where some are left out a word on that.

    No section takes more than half of the room, no part that is folded away more than a quarter.
    """
    half, quarter = room // 2, room // 4
    section, is_cut = half, False
    for block in blocks:
        if isinstance(block, Heading | Folded):
            section, is_cut = half, False
        if isinstance(block, Folded):
            block = replace(block, blocks=tuple(_fitted_part(block.blocks, quarter, cut)))
        letters = _letters(block)
        if letters > room - _letters(cut):
            yield cut
            return
        if is_cut or letters > section:
            if not is_cut:
                yield cut
            is_cut = True
            continue
        room, section = room - letters, section - letters
        yield block


def _fitted_part(blocks: Iterable[Block], room: int, cut: Paragraph) -> Iterator[Block]:
    for block in blocks:
        room -= _letters(block)
        if room < 0:
            yield cut
            return
        yield block


def _letters(block: Block) -> int:
    return sum(len(line) + 1 for line in lines([block])) + 1


def lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The blocks as lines of Markdown; a list is not torn apart by empty lines, and begins at the margin."""
    before: Block | None = None
    margin = 1
    for block in (block for block in blocks if not isinstance(block, Gap)):
        goes_on = _is_listed(block) and before is not None and _is_listed(before)
        if before is not None and not goes_on:
            yield ""
        if isinstance(block, Item) and not goes_on:
            margin = block.level
        yield from _written(block, margin)
        before = block


def _is_listed(block: Block) -> bool:
    return isinstance(block, Item | Listed | Step)


def _written(block: Block, margin: int) -> Iterator[str]:
    match block:
        case Title(said, tone):
            yield f"### {_MARKS.get(tone, '')}{plain(said)}"
        case Heading(said, level, tone):
            yield f"{'#' * (level + 3)} {_MARKS.get(tone, '')}{plain(said)}"
        case Paragraph(said, _, tone):
            yield _toned(said, tone)
        case Item(said, level, source):
            yield f"{'  ' * (level - margin)}- {opening(plain(said))}{_cited(source)}"
        case Listed(said, details):
            yield f"- {opening(plain(said))}"
            yield from (f"  - {opening(plain(detail))}" for detail in details)
        case Notice(said, label, place, tone):
            marked = f"{_MARKS.get(tone, '')}**{plain(label)}** " if label else ""
            yield f"{marked}{plain(said) if label else opening(plain(said))}{_cited(place)}"
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
            if title:
                yield from (f"**{plain(title)}**", "")
            yield from fenced(drawing.mermaid(), "mermaid")
        case Folded(title, blocks, count):
            counted = f" ({count:,})" if count else ""
            yield f"<details><summary>{plain(title)}{counted}</summary>"
            yield ""
            yield from lines(blocks)
            yield ""
            yield "</details>"
        case Foot(said):
            yield f"<sub>{plain(said)}</sub>"


def _toned(said: str, tone: Tone) -> str:
    """A paragraph, with a mark before it for the colour that it has elsewhere."""
    if tone in _MARKS:
        return f"{_MARKS[tone]}**{plain(said)}**"
    return f"**{plain(said)}**" if tone == "strong" else opening(plain(said))


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
