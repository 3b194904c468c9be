"""What a reader is told, in one language, before it has a format: a document is a list of blocks.

Whoever makes a document decides what is said and in which order; a writer (`terminal`, `page`, `markdown`) decides what
it looks like, and adds no word of its own except that it left something out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from whytune.engine.language.brief import brief

_NUMBER = re.compile(r"[<>≈~]?\s?[-+−]?\s?[$€£¥]?\d[\d,]*(\.\d+)?\s?%?")
"""A number as a cell of a table has it: with a sign, a currency or a percent sign, or as a bound."""

CODE = re.compile(r"(?<![^\W\u2e80-\uffff])`([^`\s](?:[^`\n]*[^`\s])?)`(?![^\W\u2e80-\uffff])")
"""A name or a command within a text, in backquotes; one within a word (don`t) begins or ends none."""

Tone = Literal["plain", "strong", "good", "doubtful", "open", "bad", "quiet"]
"""What a text means to its reader besides its words; a writer turns it into a colour or a weight."""


class Drawing(Protocol):
    """A picture, which can be told in words where pictures cannot be shown."""

    def svg(self) -> str:
        """The picture as an SVG element, whose texts are escaped."""

    def mermaid(self) -> str:
        """The picture as Mermaid's text."""

    def outline(self, columns: int) -> str:
        """The picture as an indented text of lines no wider than this."""


class Title(NamedTuple):
    """What the document comes to, in one line: the advice, the verdict; and what a reader at a terminal can type."""

    text: str
    tone: Tone = "strong"
    to_type: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Heading(NamedTuple):
    """Begins a section; `level` 2 begins a part of one."""

    text: str
    level: int = 1
    tone: Tone = "strong"

    def __repr__(self) -> str:
        return brief(self)


class Paragraph(NamedTuple):
    """Running text, `level` steps deep; and what a reader at a terminal can type, alone if there is no text.

    It `asks` for facts, each by its name and what the text calls it; of what it `names` a reader may choose another in
    an estimate, each by its quantity and what the text calls it; it tells the advice on decisions, whose questions
    `lead` to more about them, each by its name and the question. What is `spare` is left out of a document that
    fits the screen of a terminal only without it.
    """

    text: str
    level: int = 0
    tone: Tone = "plain"
    to_type: str = ""
    asks: tuple[tuple[str, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    lead: tuple[tuple[str, str], ...] = ()
    spare: bool = False

    def __repr__(self) -> str:
        return brief(self)


class Item(NamedTuple):
    """One of a list, `level` lists deep, with where it is written; and what a reader at a terminal can type."""

    text: str
    level: int = 1
    source: str = ""
    tone: Tone = "plain"
    to_type: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Listed(NamedTuple):
    """One of a list, as a register has them, with what is to be told of it; and what can be typed at a terminal."""

    text: str
    details: tuple[str, ...] = ()
    level: int = 1
    tone: Tone = "plain"
    to_type: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Notice(NamedTuple):
    """A remark about a place in a file; `label` names its kind in a word or two; and what can be typed."""

    text: str
    label: str = ""
    place: str = ""
    tone: Tone = "plain"
    to_type: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Rows(NamedTuple):
    """Names, each with its value."""

    rows: tuple[tuple[str, str], ...]
    level: int = 1

    def __repr__(self) -> str:
        return brief(self)


class Grid(NamedTuple):
    """A table with a title for each column."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __repr__(self) -> str:
        return brief(self)


class Step(NamedTuple):
    """A numbered step of a proof, with its reason and where that is written; `of` is the highest number."""

    number: int
    of: int
    text: str
    reason: str = ""
    source: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Command(NamedTuple):
    """A command to be pasted into a shell as it stands: words that are quoted where a shell needs it.

    `asks` are the facts of the case that it is about, each with its value, for a medium that can ask by itself; `call`
    asks the same in Python.
    """

    words: tuple[str, ...]
    level: int = 2
    asks: tuple[tuple[str, str], ...] = ()
    call: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Listing(NamedTuple):
    """Lines of a file or a program, kept as they are, `level` steps deep."""

    text: str
    language: str = ""
    level: int = 0

    def __repr__(self) -> str:
        return brief(self)


class Illustration(NamedTuple):
    """A picture with a title (empty where that stands above it); `in_words` is for a medium without pictures."""

    drawing: Drawing
    title: str
    in_words: str = ""

    def __repr__(self) -> str:
        return brief(self)


class Foot(NamedTuple):
    """What the whole rests on: which rulebook, which day."""

    text: str

    def __repr__(self) -> str:
        return brief(self)


class Folded(NamedTuple):
    """A long part that is folded away where possible: its title, its content, and how many things it `holds`."""

    title: str
    blocks: tuple[Block, ...]
    holds: int = 0

    def __repr__(self) -> str:
        return brief(self)


@dataclass(frozen=True, slots=True)
class Gap:
    """Sets what follows apart from what stands above it, without a title."""


Told = Title | Heading | Paragraph | Item | Listed | Notice | Rows | Grid
Block = Told | Step | Command | Listing | Illustration | Foot | Folded | Gap


@dataclass(frozen=True, slots=True)
class Document:
    """What is told in one language; `title` names the document itself, as a page or a browser tab does."""

    title: str
    language: str
    blocks: tuple[Block, ...]

    def __repr__(self) -> str:
        return brief(self)

    @property
    def headed(self) -> tuple[Block, ...]:
        """The blocks, headed by the document's title if none of them says what it is."""
        if not self.title or any(isinstance(block, Title) for block in self.blocks):
            return self.blocks
        return (Title(self.title), *self.blocks)


def numeric(grid: Grid) -> list[bool]:
    """Which columns of a table hold numbers and nothing else, so that their digits can stand below each other."""
    columns = zip(*grid.rows, strict=True) if grid.rows else [()] * len(grid.head)
    return [any(column) and all(_NUMBER.fullmatch(cell) for cell in column if cell) for column in columns]


def typed(block: Title | Paragraph | Item | Listed | Notice) -> str:
    """The text with what can be typed, for a terminal."""
    return "  ".join(filter(None, (block.text, block.to_type)))


def is_shown(block: Block) -> bool:
    """Does the block hold anything for a reader who has no terminal?"""
    return not isinstance(block, Gap) and not (isinstance(block, Paragraph) and not block.text)


def document(title: str, language: str, blocks: Iterable[Block]) -> Document:
    """A document of these blocks."""
    return Document(title, language, tuple(blocks))
