"""A document -> text for a terminal: wrapped to a width, East Asian characters two columns wide, coloured if wanted."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import takewhile

import click
from rich.cells import cell_len

from whytune.engine.words.lettering import fold

from .document import (
    Block,
    Command,
    Document,
    Folded,
    Foot,
    Gap,
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
    typed,
)

WIDTH = 100
"""The columns used if nobody says how many there are; more are not comfortable to read."""

NARROWEST = 40

SCREEN = 24
"""The lines of a screen."""

GUTTER = 3
"""The columns between two columns of a table."""

WIDEST = 48
"""The columns of the first of two columns at most."""

_COLOURS = {"good": "green", "doubtful": "yellow", "open": "cyan", "bad": "red"}


def text(document: Document, width: int = WIDTH) -> str:
    """The document as plain text."""
    return click.unstyle(styled(document, width))


def styled(document: Document, width: int = WIDTH) -> str:
    """The document with the escapes of a terminal; its first line is not empty, whichever block begins it."""
    first, *others = [*lines(document.blocks, width)] or [""]
    return "\n".join((first.replace("\n", "", 1) if _begins_apart(document.blocks) else first, *others))


def opening(document: Document, width: int = WIDTH) -> str:
    """What stands before the first heading or gap, with the escapes of a terminal."""
    first = takewhile(lambda block: not isinstance(block, Heading | Gap | Folded), document.blocks)
    return "\n".join(lines(first, width))


def _begins_apart(blocks: Sequence[Block]) -> bool:
    first = next(iter(blocks), None)
    return isinstance(first, Heading | Folded | Foot) or (isinstance(first, Illustration) and bool(first.title))


def lines(blocks: Iterable[Block], width: int = WIDTH) -> Iterator[str]:
    """The blocks as lines, with the escapes of a terminal for what is strong or coloured.

    What is spare is among them where all of them fit a screen.
    """
    blocks = tuple(blocks)
    texts = [(block, text) for block in blocks for text in _written(block, width)]
    has_room = sum(text.count("\n") + 1 for _, text in texts) - _begins_apart(blocks) <= SCREEN
    for block, text in texts:
        if has_room or not (isinstance(block, Paragraph) and block.spare):
            yield text


def _written(block: Block, width: int) -> Iterator[str]:
    match block:
        case Title(_, tone):
            yield toned(wrapped(typed(block), width), tone, bold=True)
        case Heading(text, _, tone):
            yield toned("\n" + wrapped(text, width), tone, bold=True)
        case Paragraph(_, level, tone):
            yield toned(wrapped(typed(block), width, 2 * level), tone)
        case Item(_, level, source, tone):
            indent = 2 * level + 2
            yield toned(wrapped(typed(block), width, indent, " " * (indent - 2) + "-"), tone)
            yield from _source(source, width, indent)
        case Listed(_, details, level, tone):
            yield toned(wrapped(typed(block), width, 2 * level), tone)
            yield from (wrapped(detail, width, 2 * level + 4) for detail in details)
        case Notice():
            yield _notice(block, width)
        case Rows(rows, level):
            yield from table(rows, width, 2 * level)
        case Grid(head, body):
            yield grid(head, body, width)
        case Step(number, of, text, reason, source):
            margin = len(str(of)) + 4
            yield wrapped(text, width, margin, f"{number}.".rjust(margin - 1))
            if reason:
                yield wrapped(reason, width, margin)
            yield from _source(source, width, margin)
        case Command(words, level):
            yield from command(words, width, 2 * level)
        case Listing(text, _, level):
            yield textwrap.indent(text, "  " * level)
        case Illustration(drawing, title, in_words):
            if title:
                yield toned("\n" + wrapped(title, width), "strong")
            yield in_words or drawing.outline(width)
        case Folded(title, blocks):
            yield toned("\n" + wrapped(title, width), "strong")
            yield from lines(blocks, width)
        case Gap():
            yield ""
        case Foot(text):
            yield "\n" + toned(wrapped(text, width), "quiet")


def _source(source: str, width: int, indent: int) -> Iterator[str]:
    if source:
        yield toned(wrapped(source, width, indent), "quiet")


def _notice(notice: Notice, width: int) -> str:
    """The place, the label and the text, folded before they are coloured: a colour takes no room."""
    place = f"{notice.place}: " if notice.place else ""
    label = f"{notice.label} " if notice.label else ""
    plain = wrapped(f"{place}{label}{typed(notice)}", width, 4).lstrip()
    folded = r"\s+".join(map(re.escape, notice.label.split()))
    return re.sub(folded, lambda match: toned(match[0], notice.tone, bold=True), plain, count=1) if folded else plain


def toned(text: str, tone: Tone, bold: bool = False) -> str:
    """The text with the escapes of its tone."""
    if tone == "plain" and not bold:
        return text
    return click.style(text, fg=_COLOURS.get(tone), bold=bold or tone == "strong" or None, dim=tone == "quiet" or None)


def wrapped(text: str, width: int, indent: int = 0, first: str | None = None) -> str:
    """The text in lines of this width, indented; `first` stands before the first line, in the indent."""
    margin = " " * indent
    if first is None:
        start = margin
    elif cell_len(first) >= indent:  # it needs a line of its own
        start = f"{first}\n{margin}"
    else:
        start = first + " " * (indent - cell_len(first))
    return start + f"\n{margin}".join(fold(text, max(20, width - indent)))


def table(rows: Sequence[tuple[str, str]], width: int, indent: int = 2) -> list[str]:
    """Two columns, the first as wide as its widest cell within reason, the second wrapped.

    A cell too wide for the first column has lines of its own, and the second column begins below it. A cell of the
    second stands below the first where a word of it, such as a hash, would be broken beside it.
    """
    column, other = (max(map(cell_len, cells), default=0) for cells in (zip(*rows, strict=True) if rows else ((), ())))
    if indent + column + 2 + other > width:
        column = min(column, WIDEST, max(1, width - indent - 22))
    margin = indent + column + 2
    return [_in_two(left, right, width, indent, margin) for left, right in rows]


def _in_two(left: str, right: str, width: int, indent: int, margin: int) -> str:
    """A row of a table whose second column begins at this margin, if no word has to be broken there."""
    if _longest_word(right) > width - margin:
        return f"{wrapped(left, width, indent)}\n{wrapped(right, width, indent + 2)}"
    if cell_len(left) + indent + 2 <= margin:
        return wrapped(right, width, margin, " " * indent + left)
    return f"{wrapped(left, width, indent)}\n{wrapped(right, width, margin)}"


def grid(head: Sequence[str], body: Iterable[Sequence[str]], width: int) -> str:
    """A table with a line below its head, as wide as the width at most; where words would be broken for want of room,
    each row is a list of its cells, each with its title."""
    rows = [head, *body]
    if (rooms := _rooms(rows, width)) is None:
        return "\n\n".join("\n".join(table(_titled(head, row), width, 0)) for row in rows[1:])
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    drawn = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    columns = [_folded(column, room) for column, room in zip(zip(*rows, strict=True), rooms, strict=True)]
    for title, *_ in columns:
        drawn.add_column(title, overflow="fold")
    for row in zip(*(cells for _, *cells in columns), strict=True):
        drawn.add_row(*row)
    out = StringIO()
    plain = Console(
        file=out, width=width, color_system=None, markup=False, highlight=False, emoji=False, force_jupyter=False
    )
    plain.print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))


def _titled(head: Sequence[str], row: Sequence[str]) -> list[tuple[str, str]]:
    """The cells of a row that hold something, each with the title of its column."""
    return [(title, cell) for title, cell in zip(head, row, strict=True) if cell]


def _rooms(rows: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """The room of each column of a table: of those that can be narrower without a word being broken, the widest give
    way until all fit; None if they never do."""
    columns = [*zip(*rows, strict=True)]
    rooms = [max(map(cell_len, column)) for column in columns]
    least = [max((_longest_word(cell) for cell in column), default=0) for column in columns]
    while sum(rooms) + GUTTER * (len(rooms) - 1) > width:
        slack = [room if room > narrowest else 0 for room, narrowest in zip(rooms, least, strict=True)]
        if not any(slack):
            return None
        rooms[slack.index(max(slack))] -= 1
    return rooms


def _longest_word(cell: str) -> int:
    """The columns of the longest part that a line cannot be broken in: East Asian text is broken anywhere."""
    return max(map(cell_len, re.findall(r"[^\s\u2e80-\uffff]+|[\u2e80-\uffff]{1,2}", cell)), default=0)


def _folded(column: Sequence[str], room: int) -> list[str]:
    """The cells of a column in lines of this width."""
    return ["\n".join(fold(cell, room)) for cell in column]


def command(words: Sequence[str], width: int, indent: int) -> Iterator[str]:
    """A command over as many lines as it needs, to be pasted into a shell as it stands."""
    line = " " * indent
    for word in words:
        if cell_len(line) + cell_len(word) + 3 > width and line.strip():
            yield f"{line}\\"
            line = " " * (indent + 4)
        line += f"{word} "
    yield line.rstrip()
