"""`whytune compare`: the approaches side by side, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from io import StringIO
from typing import Any, NamedTuple

import click

from whytune.engine.comparison import Comparison, Line, Row, Table, load_comparison
from whytune.engine.loading import DEFAULT
from whytune.engine.phrases import phrase
from whytune.engine.text import pick
from whytune.engine.vocabulary import Source

from .layout import width, wrap
from .options import as_json, language_option, spoken

_STYLE = (
    "body{font-family:system-ui,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:2rem;max-width:70rem;"
    "color:#222;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0}"
    "th,td{border:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top}"
    "thead th{background:#f3f6f9}.source,.note{color:#555;font-size:.9rem}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}th,td{border-color:#444}"
    "thead th{background:#252a30}.source,.note{color:#aaa}}"
)


class Block(NamedTuple):
    """One table to show: which approaches, and their cells row by row."""

    table: Table
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


class Shown(NamedTuple):
    """A comparison in one language."""

    comparison: Comparison
    language: str

    def say(self, key: str, **parts: str) -> str:
        return phrase(key, self.language, **parts)

    def approach(self, name: str) -> str:
        return pick(self.comparison.approach(name).label, self.language)

    def cell(self, line: Line, name: str) -> str:
        said = line.cells[name]
        return pick(said, self.language) if said else self.say("compare_nothing")

    def source(self, source: Source) -> str:
        document = next(each for each in self.comparison.documents if each.document == source.document)
        said = self.say("cited", title=pick(document.title, self.language), place=source.place)
        return self.say("within", value=said, bounds=document.edition) if document.edition else said

    def header(self, block: Block) -> list[str]:
        return [self.say("dimension"), *(self.approach(name) for name in block.columns)]

    def body(self, block: Block) -> Iterator[list[str]]:
        for line in block.lines:
            yield [pick(line.row.label, self.language), *(self.cell(line, name) for name in block.columns)]

    def remarks(self, block: Block) -> Iterator[str]:
        """Where the table comes from, and what is to be said against it."""
        yield self.say("compare_source", source=self.source(block.table.source))
        for line in block.lines:
            if line.row.note:
                text = pick(line.row.note.text, self.language)
                row = pick(line.row.label, self.language)
                said = self.say("compare_note", row=row, text=text)
                cited = line.row.note.source
                yield self.say("within", value=said, bounds=self.source(cited)) if cited else said

    def identity(self) -> str:
        known = self.comparison.identity
        cited = self.say("comparison_cited", name=known.name, edition=known.edition, digest=self.comparison.digest[:16])
        return self.say("comparison") + self.say("colon") + cited


@click.command()
@click.argument("approaches", nargs=-1, metavar="[APPROACH ...]")
@click.option("--dimension", "-d", "dimensions", multiple=True, metavar="NAME", help="Only this row. Repeatable.")
@click.option(
    "--rulebook",
    "-r",
    default=DEFAULT,
    show_default=True,
    metavar="NAME|PATH",
    help="A shipped rulebook, or the path of a folder with comparison.yaml, or of such a file.",
)
@language_option
@click.option(
    "--format",
    "-f",
    "format_",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="Text for a terminal, JSON for programs, Markdown or a page of HTML to pass on.",
)
def compare(
    approaches: tuple[str, ...], dimensions: tuple[str, ...], rulebook: str, language: str | None, format_: str
) -> None:
    """Set the approaches side by side: prompt engineering, RAG and fine-tuning, in eight dimensions and in short.

    \b
    Examples:
      whytune compare
      whytune compare rag fine_tune --dimension training_cost --dimension data_need
      whytune compare --format html --language zh > comparison.html
    """
    known = load_comparison(rulebook)
    shown = Shown(known, spoken("the comparison", known.identity.languages, language))
    for name in approaches:
        known.approach(name)
    rows = [known.row(name) for name in dict.fromkeys(dimensions)] or list(known.rows)
    blocks = list(_blocks(known, rows, approaches))
    form = {"text": _text, "json": _json, "markdown": _markdown, "html": _html}[format_]
    click.echo("\n".join(form(shown, blocks)))


def _blocks(known: Comparison, rows: Iterable[Row], approaches: Iterable[str]) -> Iterator[Block]:
    wanted = list(rows)
    for table in known.tables:
        columns = known.columns(table.table, approaches)
        lines = tuple(known.line(row, columns) for row in wanted if row.table == table.table)
        if lines:
            yield Block(table, columns, lines)


def _text(shown: Shown, blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (click.style(pick(block.table.title, shown.language), bold=True), "")
        yield grid(shown.header(block), shown.body(block))
        yield ""
        yield from (click.style(wrap(remark, 2), dim=True) for remark in shown.remarks(block))
        yield ""
    yield click.style(shown.identity(), dim=True)


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


def _json(shown: Shown, blocks: Iterable[Block]) -> Iterator[str]:
    known = shown.comparison
    data: dict[str, Any] = {
        "comparison": {"name": known.identity.name, "edition": known.identity.edition, "digest": known.digest},
        "approaches": {each.approach: each.label for each in known.approaches},
        "tables": [
            {
                "table": block.table.table,
                "title": block.table.title,
                "source": block.table.source.model_dump(exclude_none=True),
                "rows": [
                    {
                        "dimension": line.row.row,
                        "label": line.row.label,
                        "cells": line.cells,
                        "note": line.row.note.model_dump(exclude_none=True) if line.row.note else None,
                    }
                    for line in block.lines
                ],
            }
            for block in blocks
        ],
    }
    yield as_json(data)


def _markdown(shown: Shown, blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        header = shown.header(block)
        yield f"## {pick(block.table.title, shown.language)}"
        yield ""
        yield _piped(header)
        yield "|" + "---|" * len(header)
        yield from (_piped(row) for row in shown.body(block))
        for remark in shown.remarks(block):
            yield ""
            yield remark
        yield ""
    yield shown.identity()


def _piped(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|") for cell in cells) + " |"


def _html(shown: Shown, blocks: Iterable[Block]) -> Iterator[str]:
    title = escape(pick(shown.comparison.identity.title, shown.language))
    yield f'<!doctype html>\n<html lang="{escape(shown.language)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>"
    for block in blocks:
        yield f"<h2>{escape(pick(block.table.title, shown.language))}</h2>\n<table>\n<thead><tr>"
        yield "".join(f'<th scope="col">{escape(cell)}</th>' for cell in shown.header(block))
        yield "</tr></thead>\n<tbody>"
        for name, *cells in shown.body(block):
            row = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
            yield f'<tr><th scope="row">{escape(name)}</th>{row}</tr>'
        yield "</tbody>\n</table>"
        source, *notes = shown.remarks(block)
        yield f'<p class="source">{escape(source)}</p>'
        yield from (f'<p class="note">{escape(note)}</p>' for note in notes)
    yield f'<p class="source">{escape(shown.identity())}</p>\n</body>\n</html>'
