"""`whytune compare`: the approaches side by side, as a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import click

from whytune.engine.costs.comparison import Comparison, ComparisonRow, load_comparison
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence
from whytune.prose.comparison import SideBySide, comparison

from ..options import language_option, latest_day, spoken, today_or
from ..output import Format, format_option, show


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
@format_option
def compare(
    approaches: tuple[str, ...], dimensions: tuple[str, ...], rulebook: str, language: str | None, format_: Format
) -> None:
    """Set the approaches side by side: prompt engineering, RAG and fine-tuning, in eight dimensions and in short.

    \b
    Examples:
      whytune compare
      whytune compare rag fine_tune --dimension training_cost --dimension data_need
      whytune compare --format html --language zh > comparison.html
    """
    known = load_comparison(rulebook, latest_day(today_or(None)))
    told_in = spoken(Sentence("the comparison"), known.identity.languages, language)
    for name in approaches:
        known.approach(name)
    rows = [known.row(name) for name in dict.fromkeys(dimensions)] or list(known.rows)
    tables = list(_tables(known, rows, approaches))
    show(format_, lambda: _data(known, tables), lambda: comparison(known, tables, told_in))


def _tables(known: Comparison, rows: Collection[ComparisonRow], approaches: Iterable[str]) -> Iterator[SideBySide]:
    for table in known.tables:
        columns = known.columns(table.table, approaches)
        lines = tuple(known.line(row, columns) for row in rows if row.table == table.table)
        if lines:
            yield SideBySide(table, columns, lines)


def _data(known: Comparison, tables: Iterable[SideBySide]) -> dict[str, Any]:
    return {
        "comparison": {"name": known.identity.name, "edition": known.identity.edition, "digest": known.digest},
        "approaches": {each.approach: each.label for each in known.approaches},
        "tables": [
            {
                "table": compared.table.table,
                "title": compared.table.title,
                "source": compared.table.source.model_dump(exclude_none=True),
                "rows": [
                    {
                        "dimension": line.row.row,
                        "label": line.row.label,
                        "cells": line.cells,
                        "note": line.row.note.model_dump(exclude_none=True) if line.row.note else None,
                    }
                    for line in compared.lines
                ],
            }
            for compared in tables
        ],
    }
