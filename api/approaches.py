"""The approaches side by side: the comparison that stands beside a rulebook, or some columns and rows of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from whytune.engine.costs.comparison import Comparison, ComparisonRow
from whytune.prose.comparison import SideBySide, comparison

from .shown import Described


def side_by_side(known: Comparison, approaches: Collection[str], dimensions: Iterable[str], language: str) -> Described:
    """These approaches, or all if none is named, in these dimensions; raises WhytuneError for an unknown name."""
    for name in approaches:
        known.approach(name)
    rows = [known.row(name) for name in dict.fromkeys(dimensions)] or list(known.rows)
    tables = list(_tables(known, rows, approaches))
    return Described(lambda: _data(known, tables), lambda level: comparison(known, tables, language))


def _tables(known: Comparison, rows: Collection[ComparisonRow], approaches: Iterable[str]) -> Iterator[SideBySide]:
    for table in known.tables:
        columns = known.columns(table.table, approaches)
        lines = tuple(known.line(row, columns) for row in rows if row.table == table.table)
        if lines:
            yield SideBySide(table, columns, lines)


def _data(known: Comparison, tables: Iterable[SideBySide]) -> dict[str, Any]:
    return {
        "comparison": {"name": known.identity.name, "edition": known.identity.edition, "digest": known.digest},
        "approaches": {approach.approach: approach.label for approach in known.approaches},
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
