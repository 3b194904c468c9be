"""Rows -> CSV that a spreadsheet takes for texts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def sheet(columns: Sequence[str], rows: Iterable[Iterable[str | None]]) -> str:
    """The rows below the names of their columns; no cell begins as a formula does."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(_harmless, row) for row in rows)
    return text.getvalue()


def _harmless(cell: str | None) -> str:
    """The cell as a text: a spreadsheet would take one that begins so for a formula (OWASP, CSV injection)."""
    text = cell or ""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r")) else text
