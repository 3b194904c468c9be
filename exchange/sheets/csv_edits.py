"""A CSV file and its records as they shall be -> the file with these, every other byte as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence


def arranged_records(text: str, order: Sequence[int | tuple[str, ...]]) -> str:
    """The text with its records below the first in this order: those that it has by position, and new ones.

    Blank lines count for nothing and stay with the record below them.
    """
    head, *records = _records(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    texts = [records[item] if isinstance(item, int) else written(item, newline) for item in order]
    return "".join(part if part.endswith("\n") else part + newline for part in [head, *texts])


def written(cells: Sequence[str], newline: str = "\n") -> str:
    """One record, with quotes where it needs them."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)  # with which it also quotes a cell with one of these
    return line.getvalue().removesuffix("\r\n") + newline


def _records(text: str) -> list[str]:
    """The text of each record that says something, with the blank lines above it."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(iter(lines), strict=True)
    records, start = [], 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            records.append("".join(lines[start : reader.line_num]))
            start = reader.line_num
    return records
