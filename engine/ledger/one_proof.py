"""One record -> what proves that it is as it was written, whatever became of the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from ..language.brief import brief
from ..language.value import Value
from .chain_near import Chained, ChainNear, chain_near, record_at
from .checkpoint import Checkpoint
from .record import BEGINNING, Record
from .recorded import Library
from .replay import Replayed, Replayer
from .verification import fault_at


class Proving(Chained, Library, Protocol):
    """Something that can prove one of its records: a ledger, or an export of one."""


class RecordProof(NamedTuple):
    """A record whose bytes give its hash, of so many in all, and what the others and checkpoints say of it.

    `follows`: it names the hash of the record before it. `linked` is the number of the last record up to which each
    that comes after it names the hash of the one before. A checkpoint in `covering` was signed over one of these, and
    so proves the record even if earlier ones are damaged; those in `before` were signed before it was written; those
    in `unmet` should cover it and do not. Where none covers it, `chain` says how far the records before were looked at.
    """

    record: Record
    of: int
    follows: bool
    linked: int
    covering: tuple[Checkpoint, ...]
    before: tuple[Checkpoint, ...]
    unmet: tuple[Checkpoint, ...]
    replayed: Replayed
    chain: ChainNear | None = None

    def __repr__(self) -> str:
        return brief(self)

    @property
    def is_followed(self) -> bool:
        """Does the next record, if there is one, name its hash?"""
        return self.record.seq == self.of or self.linked > self.record.seq

    @property
    def is_proven(self) -> bool:
        """Is it proved by a signature, and by nobody's word?"""
        return bool(self.covering)

    @property
    def is_doubtful(self) -> bool:
        """Does the chain near it contradict it, or a checkpoint that should cover it, and none prove it?"""
        is_broken = self.chain is not None and self.chain.fault is not None
        return not self.is_proven and (is_broken or not (self.follows and self.is_followed) or bool(self.unmet))

    def to_dict(self) -> dict[str, Any]:
        return {
            "record": self.record.id,
            "hash": self.record.hash,
            "seq": self.record.seq,
            "records": self.of,
            "follows": self.follows,
            "followed": self.is_followed,
            "proven": self.is_proven,
            "covering": [checkpoint._asdict() for checkpoint in self.covering],
            "before": [checkpoint._asdict() for checkpoint in self.before],
            "unmet": [checkpoint._asdict() for checkpoint in self.unmet],
            "replay": self.replayed.to_dict(),
            "chain": self.chain.to_dict() if self.chain else None,
        }


def proof_of(
    record: Record, ledger: Proving, signed: Iterable[Checkpoint] = (), revealed: Mapping[str, Value] | None = None
) -> RecordProof:
    """What proves this record of a ledger, whose bytes give its hash; `revealed` are the values that it keeps out.

    Raises WhytuneError: facts-kept-out, wrong-value; ledger-damaged if its rulebook is.
    """
    checkpoints = sorted(signed)
    before = tuple(one for one in checkpoints if one.records < record.seq)
    later = [one for one in checkpoints if one.records >= record.seq]
    hashes = _chain(record, ledger, max([record.seq + 1, *(one.records for one in later)]))
    covering = tuple(one for one in later if hashes.get(one.records) == one.head)
    return RecordProof(
        record,
        len(ledger),
        _follows(record, ledger),
        max(hashes),
        covering,
        before,
        tuple(one for one in later if one not in covering),
        Replayer(ledger).replay(record, revealed),
        None if covering else chain_near(ledger, record),
    )


def _chain(record: Record, ledger: Proving, last: int) -> dict[int, str]:
    """The hash of the record and of each after it, up to the last number or the first that does not fit."""
    hashes = {record.seq: record.hash}
    for seq in range(record.seq + 1, last + 1):
        following = _whole_at(seq, ledger)
        if following is None or following.data["previous"] != hashes[seq - 1]:
            break
        hashes[seq] = following.hash
    return hashes


def _follows(record: Record, ledger: Proving) -> bool:
    """Does the record name the hash of the one before it, or as the first the beginning?"""
    if record.seq == 1:
        return record.data["previous"] == BEGINNING
    before = _whole_at(record.seq - 1, ledger)
    return before is not None and before.hash == record.data["previous"]


def _whole_at(seq: int, ledger: Proving) -> Record | None:
    """The record with this number; None if it is missing, cannot be read, or is not as it was written."""
    record = record_at(ledger, seq)
    return record if isinstance(record, Record) and fault_at(record, seq) is None else None
