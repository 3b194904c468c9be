"""What questions about the records of a ledger are answered with."""

from __future__ import annotations

from typing import Literal, NotRequired  # pydantic reads this on Python 3.11, but not its TypedDict

from typing_extensions import TypedDict

from whytune.engine.language.casefile import Status
from whytune.engine.ledger.record_shape import AnswerShape, DayText, FrameShape, Hash, Time
from whytune.engine.ledger.verification import FaultKind

from .told import AskedRulebook


class RecordedDecision(TypedDict):
    """The recorded outcome of a decision, and what decided it."""

    outcome: str
    status: Status
    decided_by: list[str]


class ListedRecord(TypedDict):
    """A record as a list tells of it; of a damaged ledger also whether the chain holds up to it."""

    id: str
    hash: Hash
    time: Time
    clock: Literal["system", "given"]
    by: str | None
    purpose: str | None
    case: str | None
    decisions: dict[str, RecordedDecision]
    rulebook: AskedRulebook
    as_of: DayText | None
    verified: NotRequired[bool]


class ListedFault(TypedDict):
    """In a list of a damaged ledger, what is wrong at a record or link; `id` is null where the file cannot be read."""

    id: str | None
    verified: bool
    fault: FaultAnswer


class ShownRecord(FrameShape):
    """A record as it is stored, and the fault near it, if one is met."""

    recommendation: AnswerShape
    fault: NotRequired[FaultAnswer]


class StatisticsAnswer(TypedDict):
    """How often each advice, status, rule, veto, month and rulebook occurs among the records."""

    records: int
    advice: dict[str, dict[str, int]]
    status: dict[str, dict[str, int]]
    rules: dict[str, dict[str, int]]
    vetoes: dict[str, dict[str, int]]
    months: dict[str, int]
    rulebooks: dict[str, int]
    fault: FaultAnswer | None


MovedRecords = TypedDict(
    "MovedRecords",
    {
        "decision": str,
        "from": str,
        "to": str,
        "count": int,
        "ids": list[str],
        "decided_before": list[str],
        "decided_after": list[str],
    },
)


class UnfitRecords(TypedDict):
    """How many records the other rulebook refuses, and why."""

    why: str
    count: int


class ImpactAnswer(TypedDict):
    """Which records would come out differently, of how many, and which are by another rulebook of the same version."""

    looked_at: int
    asked: int
    changed: int
    moved: list[MovedRecords]
    kept_out: int
    unfit: list[UnfitRecords]
    digest: str
    same_version: list[str]
    fault: FaultAnswer | None


class DeviationAnswer(TypedDict):
    """The first place where a record and its replay differ, and whether the advice does."""

    path: str
    recorded: str
    now: str
    advice: bool


class ChainAnswer(TypedDict):
    """The first and last record that were looked at near one, and the fault met."""

    first: int
    last: int
    fault: FaultAnswer | None


class ReplayedRecord(TypedDict):
    """A record that did not give the same answer again, or whose facts were kept out."""

    id: str
    same: bool
    difference: DeviationAnswer | None
    kept_out: list[str]
    chain: NotRequired[ChainAnswer]


class ReplayAnswer(TypedDict):
    """How many records gave the same answer again, and the first of those that did not."""

    record: str | None
    same: int
    different: int
    kept_out: int
    first: list[ReplayedRecord]
    fault: FaultAnswer | None


class FaultAnswer(TypedDict):
    """What is wrong with the ledger, and at which record."""

    kind: FaultKind
    seq: int | None
    detail: str
    first: NotRequired[FaultAnswer]


class MetAnswer(TypedDict):
    """A checkpoint: what was signed and when, in which file, and the SHA-256 of the public key."""

    records: int
    head: Hash
    time: str
    file: str
    key: Hash


class RestingAnswer(TypedDict):
    """How many records rest on the rulebook that is wrong, and the ids of the first."""

    records: int
    first: list[str]


class StillSignedAnswer(TypedDict):
    """After the first fault: the first and last of the records that the checkpoint in this file proves all the same."""

    first: int
    last: int
    file: str


class UnprovenAnswer(TypedDict):
    """The record at the first fault, how many whole ones after it are linked, and the first that is not."""

    record: str | None
    linked: int
    broken: int | None


class DifferingMemberAnswer(TypedDict):
    """A member of a record, by the names that lead to it, and its text where it was sent and in the own ledger."""

    member: str
    given: str | None
    own: str | None


class TwinsAnswer(TypedDict):
    """The record at the first fault of a ledger that was sent, and what the one that is served says otherwise."""

    record: str
    differing: list[DifferingMemberAnswer]


class ProofAnswer(TypedDict):
    """Is one record as it was written? Its place and hash, whether its neighbours fit it, checkpoints, and replay."""

    record: str
    hash: Hash
    seq: int
    records: int
    follows: bool
    followed: bool
    broken_after: FaultAnswer | None
    proven: bool
    covering: list[MetAnswer]
    before: list[MetAnswer]
    unmet: list[MetAnswer]
    replay: ReplayedRecord
    chain: ChainAnswer | None


class ChangedAnswer(TypedDict):
    """What is wrong with a record, as it reads now, the hash that its bytes give, and what was signed through it."""

    record: str
    hash: str
    recomputed: Hash
    seq: int
    records: int
    proven: bool
    unmet: list[MetAnswer]
    fault: FaultAnswer


class VerifyAnswer(TypedDict):
    """Is all as it was written? The hash of the last record that verifies, checkpoints met and not, the first fault."""

    verified: bool
    records: int
    head: Hash | None
    checkpoints: int
    met: list[MetAnswer]
    unmet: list[MetAnswer]
    fault: FaultAnswer | None
    unproven: UnprovenAnswer | None
    still_signed: list[StillSignedAnswer]
    resting: RestingAnswer | None
    beside: TwinsAnswer | None
