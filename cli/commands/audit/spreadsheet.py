"""Rows -> CSV whose cells a spreadsheet takes as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def sheet(columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> str:
    """The rows below a line of column names; no cell begins like a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(_harmless, row) for row in rows)
    return text.getvalue()


def _harmless(cell: str | None) -> str:
    """The cell as text: a spreadsheet would take one with such a beginning for a formula (OWASP, CSV injection)."""
    text = cell or ""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r")) else text
