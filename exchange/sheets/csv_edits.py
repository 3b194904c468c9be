"""A CSV file and its records as they are to be -> the file with these, every other byte as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from itertools import takewhile
from types import MappingProxyType


def arranged_records(
    text: str,
    order: Sequence[int | tuple[str, ...]],
    rewritten: Mapping[int, Sequence[str]] = MappingProxyType({}),
    delimiter: str = ",",
) -> str:
    """The text with its records after the first in this order: those that it has, by position, some of them rewritten,
    and new ones.

    Blank lines do not count, and stay with the record below them.
    """
    head, *records = _records(text, delimiter)
    newline = "\r\n" if "\r\n" in text else "\n"
    for at, cells in rewritten.items():
        records[at] = records[at][: _blank_above(records[at])] + written(cells, newline, delimiter)
    parts = [head, *(records[one] if isinstance(one, int) else written(one, newline, delimiter) for one in order)]
    return "".join(part if part.endswith("\n") else part + newline for part in parts[:-1]) + parts[-1]


def _blank_above(record: str) -> int:
    """How many characters the blank lines above a record have."""
    return sum(len(line) for line in takewhile(lambda line: not line.strip(), record.splitlines(keepends=True)))


def written(cells: Sequence[str], newline: str = "\n", delimiter: str = ",") -> str:
    """One record, with quotes where it needs them."""
    line = io.StringIO()
    writer = csv.writer(line, delimiter=delimiter, lineterminator="\r\n")  # which also quotes a cell with one of these
    writer.writerow(cells)
    return line.getvalue().removesuffix("\r\n") + newline


def _records(text: str, delimiter: str) -> list[str]:
    """The text of every record that is not blank, with the blank lines above it."""
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    records, start = [], 0
    for cells in reader:
        if any(cell.strip() for cell in cells):
            records.append("".join(lines[start : reader.line_num]))
            start = reader.line_num
    return records
