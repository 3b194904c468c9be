"""A verification -> the verdict: is all as it was written, if not what is wrong, and which checkpoints are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whytune.engine.language.problems import visible
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.resting import Resting
from whytune.engine.ledger.still_signed import StillSigned
from whytune.engine.ledger.twins import Twins
from whytune.engine.ledger.unproven import Unproven
from whytune.engine.ledger.verification import OF_RULEBOOK, Verification
from whytune.engine.words.catalogue import phrase

from .document import Block, Command, Document, Folded, Grid, Heading, Paragraph, Rows, document
from .faults import faults
from .record import CHECKPOINT, KEY, minute, verifying_signed
from .records import outcomes
from .shell import LEDGER

_CALLED = {"by": "recorded_by", "purpose": "recorded_for", "case": "recorded_case", "time": "recorded_at"}
"""What readers call the usual members of a record; others have the names that its JSON gives them."""

SHORT_KEY = 16
"""The digits of a key's SHA-256 that a verdict shows."""


def verdict(
    verification: Verification,
    language: str,
    is_ledger: bool = False,
    *,
    sent: str | None = None,
    ledgers: tuple[str, str] = ("", ""),
) -> Document:
    """Whether everything is as it was written, and if not the first bad place; of a ledger, what that leaves out.

    It says what it is about: the file that was `sent`, or with an empty name the ledger of the service; nothing where
    the reader named it. `ledgers` names the one that was handed over and one's own; that of the service has no name.
    """
    about = [] if sent is None else [Paragraph(_about(sent, language), tone="strong")]
    result = _broken(verification, language, is_ledger) if verification.fault else _whole(verification, language)
    lines = [*about, *result]
    if is_ledger and verification.fault is None:
        lines.append(Paragraph(phrase("verified_unused", language), tone="quiet"))
    if verification.twins:
        lines += _beside(verification.twins, *ledgers, language)
    return document(phrase("verdict_title", language), language, lines)


def _about(sent: str, language: str) -> str:
    return phrase("verified_sent", language, file=visible(sent)) if sent else phrase("verified_served", language)


def _whole(verification: Verification, language: str) -> Iterator[Block]:
    """That all verifies, and what only a checkpoint can tell."""
    records = verification.end
    if verification.checkpoints:
        whole = "verified" if records.length else "verified_empty"
    else:
        whole = "verified_so_far" if records.length else "verified_empty_so_far"
    first, *others = phrase(whole, language, count=str(records.length), head=records.head).split("\n")
    yield Paragraph(first, tone="good")
    yield from map(Paragraph, others)
    if not verification.met:
        offer = phrase("checkpoint_offer", language)
        yield Paragraph(phrase("verified_unsigned", language), tone="doubtful", to_type=offer)
    yield from _met(verification.met, language)


def _broken(verification: Verification, language: str, is_ledger: bool) -> Iterator[Block]:
    """The first fault, what is proven before it, what stands there and after it, and what became of each checkpoint."""
    proven = verification.end.length
    yield from faults(verification, language)
    if proven:
        is_beside = verification.fault is not None and verification.fault.kind == "unowned"
        yield Paragraph(phrase("fault_beside" if is_beside else "fault_before", language, count=str(proven)))
    if verification.unproven:
        is_rulebook = verification.fault is not None and verification.fault.kind in OF_RULEBOOK
        yield from _unproven(verification.unproven, is_rulebook, language)
    if verification.resting:
        yield Paragraph(_resting(verification.resting, language), tone="bad")
    yield from _offer(verification, language, is_ledger)
    yield from _met(verification.met, language)
    is_cut = verification.fault is not None and verification.fault.kind == "cut"
    for one in verification.unmet:
        signed = {"file": visible(one.file), "time": minute(one.time), "count": str(one.records)}
        if is_cut and one.records > proven:
            yield Paragraph(phrase("unmet_cut", language, **signed, missing=str(one.records - proven)), tone="bad")
        elif one.records > proven:
            yield Paragraph(phrase("unmet_short", language, **signed, whole=str(proven)), tone="bad")
        else:
            yield Paragraph(phrase("unmet_other", language, **signed), tone="bad")
        yield from (_still(part, language) for part in verification.still_signed if part.checkpoint == one)


def _still(part: StillSigned, language: str) -> Paragraph:
    """Which records a checkpoint proves that is not met as a whole."""
    key = "unmet_still_one" if part.first == part.last else "unmet_still"
    return Paragraph(phrase(key, language, first=str(part.first), last=str(part.last)), 1, tone="good")


def _offer(verification: Verification, language: str, is_ledger: bool) -> Iterator[Paragraph]:
    """That a checkpoint may prove records after the fault, unless one does; and where none was given, how."""
    there, fault = verification.unproven, verification.fault
    is_broken = fault is not None and fault.seq is not None and fault.kind not in OF_RULEBOOK
    if there and there.linked and is_broken and not verification.still_signed:
        is_given = verification.met or verification.unmet
        how = "" if is_given else " ".join(verifying_signed(KEY, is_ledger))
        yield Paragraph(phrase("fault_after_signed", language), to_type=how)


def _resting(resting: Resting, language: str) -> str:
    """How many records rest on a rulebook that is wrong, and the first of them."""
    named = phrase("comma", language).join(map(visible, resting.first))
    more = " …" if resting.records > len(resting.first) else ""
    return phrase("fault_resting", language, count=str(resting.records), records=named + more)


def _unproven(there: Unproven, is_rulebook: bool, language: str) -> Iterator[Block]:
    """The record at a fault, or at that of its rulebook, as it reads now, and how far those after it fit together."""
    if there.record:
        yield from what_stands(there.record, is_rulebook, language)
    count, seq = str(there.linked), str(there.broken)
    if there.broken and there.linked:
        yield Paragraph(phrase("fault_after_broken", language, count=count, seq=seq))
    elif there.broken:
        yield Paragraph(phrase("fault_next_broken", language, seq=seq))
    elif there.linked:
        yield Paragraph(phrase("fault_after_rulebook" if is_rulebook else "fault_after", language, count=count))


def what_stands(record: Record, is_rulebook: bool, language: str) -> Iterator[Block]:
    """The record at a fault, or at that of its rulebook, as it reads now."""
    yield Paragraph(phrase("fault_record_whole" if is_rulebook else "fault_record", language))
    yield Rows(tuple(_as_it_reads(record, language)), 1)
    if not is_rulebook:
        yield Paragraph(phrase("fault_unknowable", language))


def _as_it_reads(record: Record, language: str) -> Iterator[tuple[str, str]]:
    """What a record says of itself, in rows of a table."""
    circumstances = record.data
    yield phrase("record", language), visible(record.id)
    yield phrase("recorded_at", language), minute(record.time)
    if circumstances["by"]:
        yield phrase("recorded_by", language), visible(circumstances["by"])
    if circumstances["purpose"]:
        yield phrase("recorded_for", language), visible(circumstances["purpose"])
    if circumstances["case"]:
        yield phrase("recorded_case", language), visible(circumstances["case"])
    yield phrase("advice", language), visible(outcomes(record, language))
    if not record.is_whole():
        yield phrase("hash_borne", language), visible(record.hash)
        yield phrase("proof_hash", language), record.recomputed


def _beside(twins: Twins, given: str, own: str, language: str) -> Iterator[Block]:
    """A record of a ledger that was handed over beside the one of the same name in one's own: what differs."""
    yield Heading(phrase("verified_beside", language, id=visible(twins.own.id)))
    rows = [
        (_called(one.member, language), visible(one.given or ""), visible(one.own or "")) for one in twins.differing
    ]
    if rows:
        here = phrase("verified_in", language, ledger=visible(own)) if own else phrase("verified_here", language)
        columns = phrase("verified_member", language), phrase("verified_in", language, ledger=visible(given)), here
        yield Grid(columns, tuple(rows))
    else:
        yield Paragraph(phrase("verified_alike", language))


def _called(member: str, language: str) -> str:
    """A member of a record in words; by its name in JSON if it is seldom seen."""
    return phrase(_CALLED[member], language) if member in _CALLED else visible(member)


def _met(met: Sequence[Checkpoint], language: str) -> Iterator[Paragraph]:
    """How many checkpoints are met, and each with its time, reach and key."""
    if not met:
        return
    yield Paragraph(phrase("verified_signed", language, count=str(len(met))), tone="good")
    for one in met:
        file, time, key = visible(one.file), minute(one.time), one.key[:SHORT_KEY]
        text = phrase("verified_by", language, file=file, time=time, count=str(one.records), key=key)
        yield Paragraph(text, 1)


def signing(language: str) -> Folded:
    """How a checkpoint is made and met at a terminal."""
    return Folded(
        phrase("at_terminal", language),
        (
            Paragraph(phrase("signing_said", language)),
            Command(("whytune", "audit", "keygen", "auditor")),
            Command(("whytune", "audit", "checkpoint", "--ledger", LEDGER, "--key", "auditor.key", "-o", CHECKPOINT)),
            Command(verifying_signed("auditor.pub")),
        ),
    )
