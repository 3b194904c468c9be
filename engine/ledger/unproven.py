"""What stands at the first fault of a ledger and after it -> how far it can be read, and fits together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from ..language.problems import WhytuneError
from .record import Record
from .record_reading import NotARecord


class Unproven(NamedTuple):
    """The record at a fault as it reads now, how many whole records follow that are linked one to the other, and the
    number of the first that is not; None if they are up to the end.
    """

    record: Record | None
    linked: int = 0
    broken: int | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"record": self.record.id if self.record else None, "linked": self.linked, "broken": self.broken}


def unproven(place: int, seq: int, body: bytes, following: Iterator[tuple[int, bytes]]) -> Unproven:
    """What stands at this place and after it: the row that was met there, with its number, and those that follow."""
    last = _read(body)
    if seq != place and not (last and _is_whole(last, seq)):
        return Unproven(None, 0, seq)
    at_fault, linked = (last, 0) if seq == place else (None, 1)
    with suppress(WhytuneError):  # the file cannot be read any further
        for number, text in following:
            seq += 1
            record = _read(text)
            is_linked = number == seq and record is not None and _is_whole(record, seq) and _follows(record, last)
            if not is_linked:
                return Unproven(at_fault, linked, seq)
            last, linked = record, linked + 1
        return Unproven(at_fault, linked)
    return Unproven(at_fault, linked, seq + 1)


def _read(body: bytes) -> Record | None:
    try:
        return Record.read(body)
    except NotARecord:
        return None


def _is_whole(record: Record, seq: int) -> bool:
    return record.is_whole() and record.seq == seq


def _follows(record: Record, last: Record | None) -> bool:
    """Does the record name the hash of the last one, if that could be read?"""
    return last is None or record.data["previous"] == last.hash
