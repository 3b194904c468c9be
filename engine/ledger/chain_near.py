"""One record -> how far the chain around it was looked at, and whether it holds there."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from ..language.problems import WhytuneError
from .record import Head, Record
from .record_reading import NotARecord
from .verification import Fault, fault_in_chain

LOOKED_BACK = 100
"""How many records before the one that is asked for are looked at; each takes less than half a millisecond."""


class Chained(Protocol):
    """Something that has records by their numbers: a ledger, or an export of one."""

    def __len__(self) -> int: ...

    def body(self, seq: int) -> bytes | None: ...

    def is_guarded(self) -> bool: ...


class ChainNear(NamedTuple):
    """From the `first` to the `last` of the records around one, each was looked at: its hash, its place, its time and
    its link to the one before it; and the first fault that was met, of which the record may be the victim.
    """

    first: int
    last: int
    fault: Fault | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"first": self.first, "last": self.last, "fault": self.fault.to_dict() if self.fault else None}


def chain_near(ledger: Chained, record: Record) -> ChainNear:
    """Does the chain hold from some records before this one to the link of the next? All else only `verify` tells."""
    first = max(1, record.seq - LOOKED_BACK)
    end = Head() if first == 1 else None
    fault, last = None, first - 1
    for seq in range(first, record.seq + 2):
        met = _looked_at(ledger, seq, end)
        if isinstance(met, Fault):
            fault = met if seq <= record.seq or met.kind == "unlinked" else None
            break
        end, last = met, seq
    return ChainNear(first, last, fault if ledger.is_guarded() else Fault("unguarded", None, "", fault))


def record_at(ledger: Chained, seq: int) -> Record | Fault:
    """The record with this number, or why there is none to be read; its hash is not checked."""
    try:
        body = ledger.body(seq)
        return Record.read(body) if body is not None else Fault("missing", seq)
    except NotARecord:
        return Fault("strange", seq)
    except WhytuneError as error:  # the file cannot be read there
        return Fault("damaged", seq, error.problems[0].message)


def _looked_at(ledger: Chained, seq: int, end: Head | None) -> Head | Fault:
    """Where this record ends the chain that came to this end, of which nothing is known if it is None."""
    record = record_at(ledger, seq)
    if isinstance(record, Fault):
        return record
    return fault_in_chain(record, end or Head(seq - 1, record.data["previous"])) or record.end
