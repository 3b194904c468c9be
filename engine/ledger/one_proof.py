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
from .verification import Fault, fault_at


class Proving(Chained, Library, Protocol):
    """Something that can prove one of its records: a ledger, or an export of one."""


class RecordProof(NamedTuple):
    """A record whose bytes give its hash, of so many in all, and what the others and checkpoints say of it.

    `broken_before` is what is wrong with the record before it, or with its link to that. `linked` is the number of the
    last record up to which each that comes after it names the hash of the one before, and `broken_after` what is wrong
    with the next, if one was looked at. A checkpoint in `covering` was signed over one of these, and so proves the
    record even if earlier ones are damaged; those in `before` were signed before it was written; those in `unmet`
    should cover it and do not. Where none covers it, `chain` says how far the records before were looked at.
    """

    record: Record
    of: int
    broken_before: Fault | None
    linked: int
    broken_after: Fault | None
    covering: tuple[Checkpoint, ...]
    before: tuple[Checkpoint, ...]
    unmet: tuple[Checkpoint, ...]
    replayed: Replayed
    chain: ChainNear | None = None

    def __repr__(self) -> str:
        return brief(self)

    @property
    def follows(self) -> bool:
        """Does it name the hash of the record before it, and is that whole?"""
        return self.broken_before is None

    @property
    def is_followed(self) -> bool:
        """Does the next record, if there is one, name its hash, and is that whole?"""
        return self.record.seq == self.of or self.linked > self.record.seq

    @property
    def is_proven(self) -> bool:
        """Is it proved by a signature, and by nobody's word?"""
        return bool(self.covering)

    @property
    def is_doubtful(self) -> bool:
        """Is the chain near it broken, or does a checkpoint that should cover it not do so, and does none prove it?"""
        is_broken = self.chain is not None and self.chain.fault is not None
        return not self.is_proven and (is_broken or bool(self.unmet))

    @property
    def contradicting(self) -> tuple[Checkpoint, ...]:
        """The checkpoints that were signed over another record than the one to which the chain leads from this one."""
        return tuple(one for one in self.unmet if one.records <= self.linked)

    def to_dict(self) -> dict[str, Any]:
        return {
            "record": self.record.id,
            "hash": self.record.hash,
            "seq": self.record.seq,
            "records": self.of,
            "follows": self.follows,
            "followed": self.is_followed,
            "broken_after": self.broken_after.to_dict() if self.broken_after else None,
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
    hashes, broken = _chain(record, ledger, max([record.seq + 1, *(one.records for one in later)]))
    covering = tuple(one for one in later if hashes.get(one.records) == one.head)
    return RecordProof(
        record,
        len(ledger),
        _broken_before(record, ledger),
        max(hashes),
        broken,
        covering,
        before,
        tuple(one for one in later if one not in covering),
        Replayer(ledger).replay(record, revealed),
        None if covering else chain_near(ledger, record),
    )


def _chain(record: Record, ledger: Proving, last: int) -> tuple[dict[int, str], Fault | None]:
    """The hash of the record and of each after it, up to the last number or the first misfit, and what that is."""
    hashes = {record.seq: record.hash}
    for seq in range(record.seq + 1, min(last, len(ledger)) + 1):
        following = _whole_at(seq, ledger)
        if isinstance(following, Fault):
            return hashes, following
        if following.data["previous"] != hashes[seq - 1]:
            return hashes, Fault("unlinked", seq)
        hashes[seq] = following.hash
    return hashes, None


def _broken_before(record: Record, ledger: Proving) -> Fault | None:
    """What is wrong with the record before this one, or with this one's link to it, or to the beginning."""
    before = _whole_at(record.seq - 1, ledger) if record.seq > 1 else None
    if isinstance(before, Fault):
        return before
    expected = before.hash if before else BEGINNING
    return None if record.data["previous"] == expected else Fault("unlinked", record.seq)


def _whole_at(seq: int, ledger: Proving) -> Record | Fault:
    """The record with this number; or why it is missing, cannot be read, or is not as it was written."""
    record = record_at(ledger, seq)
    return record if isinstance(record, Fault) else fault_at(record, seq) or record
