"""Text that a terminal can show: wrapped to its width, with East Asian characters two columns wide."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from io import StringIO

import click
from rich.cells import cell_len

from whytune.engine.words.lettering import fold

from . import takes_escapes


def width() -> int:
    """Columns to write in: the terminal's, but no more than are comfortable to read."""
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))


def wrap(text: str, indent: int = 0, first: str | None = None) -> str:
    """The text in lines of the terminal's width, indented; `first` stands before the first line, in the indent."""
    margin = " " * indent
    if first is None:
        start = margin
    elif cell_len(first) >= indent:  # it needs a line of its own
        start = f"{first}\n{margin}"
    else:
        start = first + " " * (indent - cell_len(first))
    return start + f"\n{margin}".join(fold(text, max(20, width() - indent)))


def heading(text: str) -> str:
    return "\n" + click.style(text, bold=True)


def progress(step: str) -> None:
    """Says on a terminal which step of long work is under way; clears the line when there is none."""
    if sys.stderr.isatty() and takes_escapes():
        click.echo(f"\r\x1b[K{step} ...\r" if step else "\r\x1b[K", err=True, nl=False)


def table(rows: Iterable[tuple[str, str]], indent: int = 2) -> list[str]:
    """Two columns, the first as wide as its widest cell within reason, the second wrapped."""
    rows = list(rows)
    column = min(max((cell_len(left) for left, _ in rows), default=0), 48)
    return [wrap(right, indent + column + 2, " " * indent + left) for left, right in rows]


def grid(header: list[str], body: Iterable[list[str]]) -> str:
    """A table with a line below its header, as wide as the terminal at most."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Grid

    drawn = Grid(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for title in header:
        drawn.add_column(title, overflow="fold")
    for row in body:
        drawn.add_row(*row)
    out = StringIO()
    Console(file=out, width=width(), color_system=None, markup=False, highlight=False, emoji=False).print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().rstrip("\n").split("\n"))
