"""A document -> Markdown for a comment or a page; what users wrote is read as it stands, and acts on nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat

from whytune.engine.words.catalogue import phrase

from .document import (
    CODE,
    Block,
    Command,
    Document,
    Folded,
    Foot,
    Grid,
    Heading,
    Illustration,
    Item,
    Listed,
    Listing,
    Notice,
    Paragraph,
    Rows,
    Step,
    Title,
    Tone,
    is_shown,
    numeric,
)

MAX_LETTERS = 60_000
"""The longest document, in characters; GitHub takes 65,536 in a comment."""

MAX_CELL = 1_200
"""The longest cell of a table, or line, in characters."""

_MARKS: Mapping[str, str] = {"good": "🟢 ", "doubtful": "🟠 ", "open": "🔵 ", "bad": "🔴 "}
"""What stands for a colour, which Markdown does not have."""

_CALM = re.compile(r"""[\w./:=(){},;'"…-]+(?: [\w./:=(){},;'"…-]+)*""")
"""A name, a command or a call with nothing in it that acts anywhere."""
_ACTS = re.compile(r"[&<>|*`\[\]~!\\$]|(?<![^\W_])_|_(?![^\W_])")
"""What would mark a text; `_` within a word does not."""
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
            block = block._replace(blocks=tuple(_fitted_part(block.blocks, quarter, cut)))
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
    """The blocks as lines of Markdown; a list is not broken by empty lines, and begins at the margin."""
    before: Block | None = None
    margin = 1
    for block in filter(is_shown, blocks):
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
        case Title(text, tone):
            yield f"### {_MARKS.get(tone, '')}{plain(text)}"
        case Heading(text, level, tone):
            yield f"{'#' * (level + 3)} {_MARKS.get(tone, '')}{plain(text)}"
        case Paragraph(text, _, tone):
            yield _toned(text, tone)
        case Item(text, level, source):
            yield f"{'  ' * (level - margin)}- {opening(plain(text))}{_cited(source)}"
        case Listed(text, details):
            yield f"- {opening(plain(text))}"
            yield from (f"  - {opening(plain(detail))}" for detail in details)
        case Notice(text, label, place, tone):
            marked = f"{_MARKS.get(tone, '')}**{plain(label)}** " if label else ""
            yield f"{marked}{plain(text) if label else opening(plain(text))}{_cited(place)}"
        case Rows(rows):
            yield from table(("", ""), ((plain(left), plain(right)) for left, right in rows))
        case Grid(head, body):
            yield from table([*map(plain, head)], ([*map(plain, row)] for row in body), numeric(block))
        case Step(number, _, text, reason, source):
            more = f"<br>{plain(reason)}" if reason else ""
            yield f"{number}. {opening(plain(text))}{more}{_cited(source)}"
        case Command(words):
            yield from fenced(" ".join(words), "sh")
        case Listing(text, language):
            yield from fenced(text, language)
        case Illustration(drawing, title):
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
        case Foot(text):
            yield f"<sub>{plain(text)}</sub>"


def _toned(text: str, tone: Tone) -> str:
    """A paragraph, with a mark before it for the colour that it has elsewhere."""
    if tone in _MARKS:
        return f"{_MARKS[tone]}**{plain(text)}**"
    return f"**{plain(text)}**" if tone == "strong" else opening(plain(text))


def _cited(source: str) -> str:
    return f"<br><sub>{plain(source)}</sub>" if source else ""


def plain(text: str) -> str:
    """The text on one line, with nothing in it that GitHub would act on; a name stays in backquotes."""
    text = " ".join(text.split())
    text = text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…"
    parts = enumerate(CODE.split(text))
    return "".join(_code(part) if number % 2 else _inert(part) for number, part in parts)


def _code(name: str) -> str:
    return f"`{name}`" if _CALM.fullmatch(name) else _inert(f"`{name}`")


def opening(text: str) -> str:
    """A text that begins a line: what Markdown takes for a list, a heading or a line there is written as its number."""
    return _BEGINS.sub(lambda match: "".join(f"&#{ord(letter)};" for letter in match[0]), text)


def _inert(text: str) -> str:
    """Each letter that Markdown or HTML acts on as its number; a space without width where a call would begin."""
    text = _CALLS.sub(lambda match: f"{match[0]}\u200b", text)
    return _ACTS.sub(lambda match: f"&#{ord(match[0])};", text)


def fenced(code: str, language: str) -> Iterator[str]:
    """Lines kept as they are, in a fence that none of them can close."""
    longest = max(map(len, re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}{language}"
    yield code.rstrip("\n")
    yield fence


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], flush: Iterable[bool] = ()) -> Iterator[str]:
    """A table of cells that are Markdown already; `flush` says which columns stand flush right."""
    sides = chain((" ---: |" if is_right else " --- |" for is_right in flush), repeat(" --- |"))
    yield f"| {' | '.join(heads)} |"
    yield f"|{''.join(islice(sides, len(heads)))}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
