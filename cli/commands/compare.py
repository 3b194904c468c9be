"""`whytune compare`: the approaches side by side, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import click

from whytune.engine.costs.comparison import Comparison, Line, Row, Table, load_comparison
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence
from whytune.engine.language.text import pick
from whytune.engine.language.vocabulary import Source
from whytune.engine.words.phrases import cited, phrase, shown_digest

from ..layout import grid, wrap
from ..markdown import plain, table
from ..options import as_json, language_option, spoken


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
        return cited(source, self.comparison.documents, self.language)

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
                source = line.row.note.source
                yield self.say("within", value=said, bounds=self.source(source)) if source else said

    def identity(self) -> str:
        known, digest = self.comparison.identity, shown_digest(self.comparison.digest)
        said = self.say("comparison_cited", name=known.name, edition=known.edition, digest=digest)
        return self.say("comparison") + self.say("colon") + said


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
    shown = Shown(known, spoken(Sentence("the comparison"), known.identity.languages, language))
    for name in approaches:
        known.approach(name)
    rows = [known.row(name) for name in dict.fromkeys(dimensions)] or list(known.rows)
    blocks = list(_blocks(known, rows, approaches))
    form = {"text": _text, "json": _json, "markdown": _markdown, "html": _html}[format_]
    click.echo("\n".join(form(shown, blocks)))


def _blocks(known: Comparison, rows: Iterable[Row], approaches: Iterable[str]) -> Iterator[Block]:
    wanted = list(rows)
    for each in known.tables:
        columns = known.columns(each.table, approaches)
        lines = tuple(known.line(row, columns) for row in wanted if row.table == each.table)
        if lines:
            yield Block(each, columns, lines)


def _text(shown: Shown, blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (click.style(pick(block.table.title, shown.language), bold=True), "")
        yield grid(shown.header(block), shown.body(block))
        yield ""
        yield from (click.style(wrap(remark, 2), dim=True) for remark in shown.remarks(block))
        yield ""
    yield click.style(shown.identity(), dim=True)


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
        yield f"## {plain(pick(block.table.title, shown.language))}"
        yield ""
        yield from table([*map(plain, shown.header(block))], ([*map(plain, row)] for row in shown.body(block)))
        for remark in shown.remarks(block):
            yield ""
            yield plain(remark)
        yield ""
    yield plain(shown.identity())


def _html(shown: Shown, blocks: Iterable[Block]) -> Iterator[str]:
    from ..html import page  # templates are for those who ask for a page

    yield page(
        "compare.html",
        language=shown.language,
        title=pick(shown.comparison.identity.title, shown.language),
        blocks=[_section(shown, block) for block in blocks],
        identity=shown.identity(),
    )


def _section(shown: Shown, block: Block) -> dict[str, Any]:
    source, *notes = shown.remarks(block)
    title = pick(block.table.title, shown.language)
    return {
        "title": title,
        "header": shown.header(block),
        "body": list(shown.body(block)),
        "source": source,
        "notes": notes,
    }
