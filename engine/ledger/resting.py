"""The rows from a faulty rulebook on -> the records that rest on what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from .record import Record
from .record_reading import NotARecord

MOST = 20
"""How many records are named; the count covers all."""


class Resting(NamedTuple):
    """How many records name these files of a rulebook, as far as they can be read, and the ids of the first."""

    records: int
    first: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"records": self.records, "first": list(self.first)}


class RestingRecords:
    """The records that come by and name all of these files, by their SHA-256."""

    def __init__(self, files: Collection[str]) -> None:
        self._files = frozenset(files)
        self._count = 0
        self._first: list[str] = []

    def along(self, rows: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """The same rows, each of them looked at on its way."""
        for seq, body in rows:
            with suppress(NotARecord):
                self._look(Record.read(body))
            yield seq, body

    def _look(self, record: Record) -> None:
        if self._files <= {*record.data["rulebook"]["files"].values()}:
            self._count += 1
            self._first += [record.id] if len(self._first) < MOST else []

    def resting(self) -> Resting:
        return Resting(self._count, tuple(self._first))
