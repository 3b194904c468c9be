"""One record that is not as it was written -> what stands in its place, and what was signed through it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ..language.brief import brief
from .chain_near import Chained, record_at
from .checkpoint import Checkpoint
from .record import Record
from .selection import number_in
from .verification import Fault, fault_at


class ChangedRecord(NamedTuple):
    """What is wrong at a place, of so many in all, the record as it reads there now, and in `unmet` the checkpoints
    that were signed over what stood there, or over a later record. Nothing proves it, and it is not replayed.
    """

    seq: int
    of: int
    fault: Fault
    record: Record
    unmet: tuple[Checkpoint, ...]

    def __repr__(self) -> str:
        return brief(self)

    @property
    def is_proven(self) -> bool:
        return False

    @property
    def is_doubtful(self) -> bool:
        return True

    def to_dict(self) -> dict[str, Any]:
        return {
            "record": self.record.id,
            "hash": self.record.hash,
            "recomputed": self.record.recomputed,
            "seq": self.seq,
            "records": self.of,
            "proven": False,
            "unmet": [checkpoint._asdict() for checkpoint in self.unmet],
            "fault": self.fault.to_dict(),
        }


def changed_record(ledger: Chained, identity: str, signed: Iterable[Checkpoint] = ()) -> ChangedRecord | None:
    """The record that this id names, if it can be read and is not as it was written."""
    seq = number_in(identity)
    record = record_at(ledger, seq) if seq is not None else None
    if seq is None or not isinstance(record, Record) or (fault := fault_at(record, seq)) is None:
        return None
    return ChangedRecord(seq, len(ledger), fault, record, tuple(one for one in sorted(signed) if one.records >= seq))
