"""A record as a value: its canonical bytes, its hash, and its place in the chain."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from ..advice.recommendation import OPEN
from ..language.problems import Problem, Sentence, WhytuneError
from ..language.rulebook import NOT_APPLICABLE, REFER
from .canonical import canonical_without_floats
from .record_reading import MAX_BYTES, NotARecord, end_in, record_in
from .record_shape import DecisionShape, PlainTexts, RecordShape

FORMAT = 1
"""The version of the form of records."""

BEGINNING = "0" * 64
"""What the first record gives as the hash of the one before it."""


class Circumstances(NamedTuple):
    """Who asked, what for, about which case, and the evidence for each fact; None if nobody said."""

    by: str | None = None
    purpose: str | None = None
    case: str | None = None
    evidence: Mapping[str, str] = {}


class Moment(NamedTuple):
    """A time, and whether it came from a clock or from the caller."""

    time: datetime
    clock: Literal["system", "given"] = "system"


class Head(NamedTuple):
    """The end of a chain: how many records there are, and the hash and time of the last."""

    length: int = 0
    head: str = BEGINNING
    time: str = ""

    @property
    def id(self) -> str:
        """The id by which people cite the last record: its number, and the beginning of its hash to show that it is the
        same.
        """
        return f"{self.length}-{self.head[:8]}"


class Entry(NamedTuple):
    """A record before it has a place and a time: its members in canonical JSON, and its rulebook's files by hash."""

    members: Mapping[str, bytes]
    files: Mapping[str, bytes]

    def sealed(self, after: Head, now: Moment) -> Record:
        """The record that follows this end of a chain at this time."""
        return Record.read(self.sealed_body(after, now))

    def sealed_body(self, after: Head, now: Moment) -> bytes:
        """The bytes of the record that follows this end at this time: the only work to be done while others wait.

        Raises WhytuneError: too-large.
        """
        members = {
            **self.members,
            "clock": canonical_without_floats(now.clock),
            "previous": canonical_without_floats(after.head),
            "seq": canonical_without_floats(after.length + 1),
            "time": canonical_without_floats(stamp(now.time)),
        }
        digest = hashlib.sha256(joined(members)).hexdigest()
        body = joined({**members, "hash": canonical_without_floats(digest)})
        if len(body) > MAX_BYTES:
            hint = Sentence("nothing was recorded; the rulebook has too many rules or too long texts for a ledger")
            raise WhytuneError([Problem("too-large", Sentence("the record would be larger than 1 MiB"), None, hint)])
        return body


@dataclass(frozen=True, slots=True)
class Record:
    """A record: its bytes, and what they say."""

    body: bytes
    data: RecordShape

    @classmethod
    def read(cls, body: bytes) -> Record:
        """The record in these bytes; raises NotARecord. Its hash is not checked."""
        return cls(body, record_in(body))

    @property
    def seq(self) -> int:
        return self.data["seq"]

    @property
    def hash(self) -> str:
        return self.data["hash"]

    @property
    def time(self) -> str:
        return self.data["time"]

    @property
    def id(self) -> str:
        """The id by which people cite it."""
        return self.end.id

    @property
    def end(self) -> Head:
        """The end of a chain that ends with this record."""
        return Head(self.seq, self.hash, self.time)

    @property
    def hidden(self) -> tuple[str, ...]:
        """The facts whose values were kept out."""
        return tuple(name for name, fact in self.data["facts"].items() if "hash" in fact)

    @property
    def made_by(self) -> tuple[object, ...]:
        """What tells its rulebook from others: name, version and digest, and the hash of each file."""
        rulebook = self.data["rulebook"]
        return (rulebook["name"], rulebook["version"], rulebook["digest"], *rulebook["files"].items())

    @property
    def outcomes(self) -> dict[str, str]:
        """The outcome of each decision: an option, `refer`, or `open`."""
        return {name: outcome_of(decision) for name, decision in self.data["recommendation"]["decisions"].items()}

    @property
    def titles(self) -> dict[str, PlainTexts]:
        """What the outcome of each decision is called, as the trace told it."""
        steps = self.data["recommendation"]["trace"]
        return {step["name"]: step["title"] for step in steps if step["kind"] == "decision"}

    @property
    def rule_titles(self) -> dict[str, PlainTexts]:
        """What each rule is called, as the trace told it."""
        steps = self.data["recommendation"]["trace"]
        return {step["name"]: step["title"] for step in steps if step["kind"] == "rule"}

    def is_whole(self) -> bool:
        """Do its bytes give its hash? (Without the member `hash`, its canonical JSON is these bytes less that text.)"""
        return self.recomputed == self.hash

    @property
    def recomputed(self) -> str:
        """The hash that its bytes give."""
        return hashlib.sha256(without_hash(self.body, self.hash)).hexdigest()


def head_of(body: bytes) -> Head | None:
    """The end of a chain that ends with this record, without parsing all of it; None if the record is damaged."""
    try:
        end = end_in(body)
    except NotARecord:
        return None
    whole = hashlib.sha256(without_hash(body, end["hash"])).hexdigest() == end["hash"]
    return Head(end["seq"], end["hash"], end["time"]) if whole else None


def outcome_of(decision: DecisionShape) -> str:
    """The outcome of a decision as a record has it: an option, `refer`, `not_applicable` or `open`."""
    if decision["referred"]:
        return REFER
    return decision["advice"] or (OPEN if decision["status"] == "open" else NOT_APPLICABLE)


def vetoes_of(decision: DecisionShape) -> tuple[str, ...]:
    """The rules that decided by ruling out: those against an option that a rule in force proposed."""
    ruled_out = (option for option in decision["options"].values() if option["state"] == "ruled_out" and option["for"])
    return tuple(sorted({rule for option in ruled_out for rule in option["against"]}))


def reasons_of(decision: DecisionShape) -> tuple[str, ...]:
    """The rules and policies that decided, by speaking for the advice or by ruling out what others proposed."""
    return tuple(dict.fromkeys((*decision["decided_by"], *vetoes_of(decision))))


def stamp(time: datetime) -> str:
    """The time in UTC to the microsecond, so that texts compare as times do: 2026-03-03T09:15:02.000000Z."""
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def without_hash(body: bytes, digest: str) -> bytes:
    """The bytes that were hashed: no other part of a record can hold its hash, which would then depend on itself."""
    return body.replace(f'"hash":"{digest}",'.encode(), b"", 1)


def joined(members: Mapping[str, bytes]) -> bytes:
    """The canonical JSON of an object whose members are already canonical and whose names are plain letters."""
    return b"{" + b",".join(b'"%s":%s' % (name.encode(), members[name]) for name in sorted(members)) + b"}"
