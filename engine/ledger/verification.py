"""Is every record whole and in its place, and is its rulebook there? If not, the first fault."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from typing import Any, Literal, NamedTuple, Protocol

from ..language.problems import Problem, Sentence, WhytuneError
from ..language.rulebook import Rulebook
from .checkpoint import Checkpoint
from .record import Head, Record
from .record_reading import NotARecord
from .recorded import Library, day_of, loaded
from .resting import Resting, RestingRecords
from .still_signed import SignedRun, StillSigned
from .twins import Twins
from .unproven import Unproven, unproven

FaultKind = Literal[
    "unguarded",
    "missing",
    "strange",
    "moved",
    "changed",
    "unlinked",
    "earlier",
    "rulebook_missing",
    "rulebook_changed",
    "rulebook_unread",
    "rulebook_other",
    "unowned",
    "cut",
    "rewritten",
    "longer",
    "damaged",
]

FAULTS: Mapping[FaultKind, Sentence] = {
    "unguarded": Sentence("the tables or triggers of the file are not those that whytune makes"),
    "missing": Sentence("a record is missing"),
    "strange": Sentence("bytes that are no record"),
    "moved": Sentence("a record that was made for another place"),
    "changed": Sentence("a record was changed after it was written: its hash no longer fits it"),
    "unlinked": Sentence("a record does not name the hash of the one before it"),
    "earlier": Sentence("a record says an earlier time than the one before it"),
    "rulebook_missing": Sentence("a file of the rulebook is not stored"),
    "rulebook_changed": Sentence("a stored file of the rulebook was changed: its hash no longer fits it"),
    "rulebook_unread": Sentence("this whytune cannot read the stored rulebook"),
    "rulebook_other": Sentence("the stored rulebook has another digest"),
    "unowned": Sentence("a stored file belongs to no record"),
    "cut": Sentence("there are fewer records than were signed or announced"),
    "rewritten": Sentence("the record at the place of a checkpoint is not the one that was signed"),
    "longer": Sentence("there are more records than were announced"),
    "damaged": Sentence("the file cannot be read any further"),
}
"""Every fault that verification finds."""

OF_RULEBOOK: frozenset[FaultKind] = frozenset(
    ("rulebook_missing", "rulebook_changed", "rulebook_unread", "rulebook_other")
)
"""The faults of a stored rulebook, which leave the record whole and the chain unbroken."""


class Contents(Library, Protocol):
    """What can be verified: the file of a ledger, or an export."""

    def records(self) -> Iterator[tuple[int, bytes]]: ...

    def files(self) -> tuple[str, ...]: ...

    def is_guarded(self) -> bool: ...

    @property
    def announced(self) -> Head | None: ...


class Fault(NamedTuple):
    """What is wrong (a key of FAULTS), at which record (None: with the file as a whole), and a detail.

    The detail is a name, a number or a time, or a Sentence if it is the message of a problem.
    """

    kind: FaultKind
    seq: int | None
    detail: str = ""
    first: Fault | None = None
    """If the tables or triggers were changed: also what is wrong with the first bad record."""

    def to_dict(self) -> dict[str, Any]:
        data = {"kind": self.kind, "seq": self.seq, "detail": self.detail}
        return data | ({"first": self.first.to_dict()} if self.first else {})


class Verification(NamedTuple):
    """The first fault, if there is one; where the records that verify end; the checkpoints that were met or were not.

    With a fault also what stands at its record and after it, which records checkpoints prove all the same, which
    records rest on the rulebook that is wrong, and how the record at the fault is in the ledger of whoever asks, if
    they have it.
    """

    end: Head
    fault: Fault | None
    met: tuple[Checkpoint, ...]
    unmet: tuple[Checkpoint, ...] = ()
    unproven: Unproven | None = None
    twins: Twins | None = None
    still_signed: tuple[StillSigned, ...] = ()
    resting: Resting | None = None

    @property
    def checkpoints(self) -> int:
        """How many checkpoints were met."""
        return len(self.met)

    def to_dict(self) -> dict[str, Any]:
        fault = self.fault.to_dict() if self.fault else None
        return {
            "verified": self.fault is None,
            "records": self.end.length,
            "head": self.end.head,
            "checkpoints": self.checkpoints,
            "met": [checkpoint._asdict() for checkpoint in self.met],
            "unmet": [checkpoint._asdict() for checkpoint in self.unmet],
            "fault": fault,
            "unproven": self.unproven.to_dict() if self.unproven else None,
            "still_signed": [signed.to_dict() for signed in self.still_signed],
            "resting": self.resting.to_dict() if self.resting else None,
            "beside": self.twins.to_dict() if self.twins else None,
        }


def verify(contents: Contents, checkpoints: Iterable[Checkpoint] = ()) -> Verification:
    """Looks at everything from the first record on, and stops at the first fault."""
    return Verifier(contents, checkpoints).run()


def whole(record: Record) -> Record:
    """The record, if its bytes give its hash; raises WhytuneError: ledger-damaged."""
    if fault := fault_at(record, record.seq):
        raise damaged(fault)
    return record


def fault_at(record: Record, seq: int) -> Fault | None:
    """What is wrong with the record at this place, if anything: its bytes do not give its hash, or its number."""
    if not record.is_whole():
        return Fault("changed", seq)
    return Fault("moved", seq, record.id) if record.seq != seq else None


def fault_in_chain(record: Record, end: Head) -> Fault | None:
    """What is wrong with the record as the one that follows this end: itself, its link, or its time."""
    seq = end.length + 1
    if fault := fault_at(record, seq):
        return fault
    if record.data["previous"] != end.head:
        return Fault("unlinked", seq)
    return Fault("earlier", seq, record.time) if record.time < end.time else None


def whole_rulebook(record: Record, library: Library) -> Rulebook:
    """The rulebook of the record, if both are as they were recorded; raises WhytuneError: ledger-damaged."""
    rulebook = _stored_rulebook(whole(record), library)
    if isinstance(rulebook, Fault):
        raise damaged(rulebook)
    return rulebook


def rulebook_of(record: Record, library: Library) -> Rulebook:
    """The rulebook of the record with the rules of its day; raises WhytuneError: ledger-damaged."""
    return whole_rulebook(record, library).as_of(day_of(record))


def damaged(fault: Fault) -> WhytuneError:
    """The error for a fault at a record, or of the file as a whole."""
    reason = FAULTS[fault.kind]
    if fault.detail:
        reason = Sentence("{fault}: {detail}", fault=reason, detail=fault.detail)
    message = reason if fault.seq is None else Sentence("record {seq}: {fault}", seq=fault.seq, fault=reason)
    if fault.kind in ("changed", "moved"):
        hint = Sentence(
            "verify record {seq} to see what stands there now; at a terminal: `whytune audit verify --record {seq}` "
            "with the same ledger",
            seq=fault.seq,
        )
    else:
        hint = Sentence("verify the whole ledger; at a terminal: `whytune audit verify` with the same ledger")
    return WhytuneError([Problem("ledger-damaged", message, None, hint)])


class Verifier:
    """One walk along a chain."""

    def __init__(self, contents: Contents, checkpoints: Iterable[Checkpoint]) -> None:
        self.contents = contents
        self.signed = sorted(checkpoints, key=lambda checkpoint: checkpoint.records)
        self.end = Head()
        self.met = [checkpoint for checkpoint in self.signed if checkpoint.records == 0]
        self.rulebooks: set[tuple[object, ...]] = set()
        self.used: set[str] = set()
        self.unproven: Unproven | None = None
        self.still_signed: tuple[StillSigned, ...] = ()
        self.resting: Resting | None = None

    def run(self) -> Verification:
        try:
            guarded = self.contents.is_guarded()
            fault = self._walk()
        except WhytuneError as error:  # SQLite or the disk cannot go on
            guarded, fault = True, Fault("damaged", self.end.length + 1, error.problems[0].message)
        fault = fault if guarded else Fault("unguarded", None, "", fault)
        unmet = tuple(checkpoint for checkpoint in self.signed if checkpoint not in self.met)
        return Verification(
            self.end, fault, tuple(self.met), unmet, self.unproven, still_signed=self.still_signed, resting=self.resting
        )

    def _walk(self) -> Fault | None:
        rows = self.contents.records()
        for seq, body in rows:
            before = self.end
            if fault := self._step(seq, body):
                self._go_on(fault, before, chain([(seq, body)], rows))
                return fault
        if unowned := set(self.contents.files()) - self.used:
            return Fault("unowned", None, min(unowned))
        return self._missing_end()

    def _go_on(self, fault: Fault, before: Head, rows: Iterator[tuple[int, bytes]]) -> None:
        """Looks at what stands at a fault, where the chain had come to this end, and after it."""
        run = SignedRun(before, [checkpoint for checkpoint in self.signed if checkpoint not in self.met])
        seq, body = next(rows)
        resting = RestingRecords(_files_of(fault, body)) if fault.kind in OF_RULEBOOK else None
        following = run.along(chain([(seq, body)], rows))
        following = resting.along(following) if resting else following
        next(following)
        self.unproven = unproven(fault.seq or seq, seq, body, following)
        with suppress(WhytuneError):  # the file cannot be read any further
            for _ in following if self.signed or resting else ():
                pass
        self.still_signed = tuple(run.proven)
        self.resting = resting.resting() if resting else None

    def _step(self, seq: int, body: bytes) -> Fault | None:
        expected = self.end.length + 1
        if seq != expected:
            return Fault("missing", expected)
        try:
            record = Record.read(body)
        except NotARecord:
            return Fault("strange", seq)
        fault = fault_in_chain(record, self.end) or self._by_rulebook(record)
        if fault is None:
            self.end = record.end
            fault = self._as_signed(record)
        return fault

    def _by_rulebook(self, record: Record) -> Fault | None:
        """The fault of the record's rulebook; every rulebook is looked at once."""
        key = record.made_by
        if key in self.rulebooks:
            return None
        rulebook = _stored_rulebook(record, self.contents)
        self.rulebooks.add(key)
        self.used.update(record.data["rulebook"]["files"].values())
        return rulebook if isinstance(rulebook, Fault) else None

    def _as_signed(self, record: Record) -> Fault | None:
        here = [checkpoint for checkpoint in self.signed if checkpoint.records == record.seq]
        if any(checkpoint.head != record.hash for checkpoint in here):
            return Fault("rewritten", record.seq)
        self.met += here
        return None

    def _missing_end(self) -> Fault | None:
        announced = self.contents.announced
        wanted = max([checkpoint.records for checkpoint in self.signed] + [announced.length if announced else 0])
        if self.end.length < wanted:
            return Fault("cut", self.end.length + 1, str(wanted))
        if announced and (self.end.length, self.end.head) != (announced.length, announced.head):
            return Fault("longer" if self.end.length > announced.length else "rewritten", announced.length)
        return None


def _files_of(fault: Fault, body: bytes) -> tuple[str, ...]:
    """The SHA-256 of the file that is at fault in the rulebook of this record, or of all where it is the whole."""
    files = Record.read(body).data["rulebook"]["files"]
    return (files[fault.detail],) if fault.detail in files else tuple(files.values())


def _stored_rulebook(record: Record, library: Library) -> Rulebook | Fault:
    """The stored rulebook of this record, or what is wrong with it."""
    recorded = record.data["rulebook"]
    for name, digest in recorded["files"].items():
        text = library.file(digest)
        if text is None:
            return Fault("rulebook_missing", record.seq, name)
        if hashlib.sha256(text).hexdigest() != digest:
            return Fault("rulebook_changed", record.seq, name)
    try:
        rulebook = loaded(record, library)
    except WhytuneError as error:
        return Fault("rulebook_unread", record.seq, error.problems[0].message)
    same = (rulebook.name, rulebook.version, rulebook.digest) == tuple(
        recorded[part] for part in ("name", "version", "digest")
    )
    return rulebook if same else Fault("rulebook_other", record.seq, rulebook.digest)
