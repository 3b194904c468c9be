"""The rows from a fault on -> the records that a checkpoint proves all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from .checkpoint import Checkpoint
from .record import Head, Record
from .record_reading import NotARecord


class StillSigned(NamedTuple):
    """Each record from the `first` to the `last` is whole and names the hash of the one before it, and the last is the
    one that the checkpoint was signed over: so all of them are as they were signed, whatever stands before them.
    """

    first: int
    last: int
    checkpoint: Checkpoint

    def to_dict(self) -> dict[str, Any]:
        return {"first": self.first, "last": self.last, "file": self.checkpoint.file}


class SignedRun:
    """The records that follow one another without a gap, up to the one last met, and what was signed over them."""

    def __init__(self, end: Head, signed: Collection[Checkpoint]) -> None:
        self._first, self._end, self._signed = 1, end, signed
        self.proven: list[StillSigned] = []

    def along(self, rows: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """The same rows, each of them looked at on its way."""
        for seq, body in rows:
            self._look(seq, body)
            yield seq, body

    def _look(self, seq: int, body: bytes) -> None:
        record = _read(body)
        if record is None or not record.is_whole() or record.seq != seq:
            return
        if (self._end.length + 1, self._end.head) != (seq, record.data["previous"]):
            self._first = seq
        self._end = record.end
        here = (one for one in self._signed if (one.records, one.head) == (seq, record.hash))
        self.proven += [StillSigned(self._first, seq, one) for one in here]


def _read(body: bytes) -> Record | None:
    try:
        return Record.read(body)
    except NotARecord:
        return None
