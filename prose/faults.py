"""The first fault of a ledger -> where it is and what is wrong, in words."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.problems import Sentence, visible
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.verification import Fault, FaultKind, Verification
from whytune.engine.words.catalogue import Family, phrase, translated

from .document import Paragraph
from .shell import verifying

_FAULT = Family[FaultKind]("fault")


def faults(verification: Verification, language: str) -> Iterator[Paragraph]:
    """Where the first fault is and which, and that of the first bad record where the file as a whole has one."""
    fault = verification.fault
    for part in (fault, fault.first) if fault else ():
        if part:
            yield Paragraph(fault_at(part, language), tone="bad")


def in_doubt(identity: str, chain: ChainNear, language: str) -> Iterator[Paragraph]:
    """Where the chain around a record is broken, that nothing here proves the record then, and what may."""
    if chain.fault is None:
        return
    yield doubt(identity, chain.fault, language)
    yield Paragraph("", tone="quiet", to_type=phrase("verify_one_by", language, id=visible(identity)))
    yield Paragraph("", tone="quiet", to_type=phrase("verify_all_by", language, command=" ".join(verifying())))


def doubt(identity: str, fault: Fault, language: str, *, is_signed: bool = False) -> Paragraph:
    """Where the chain around a record is broken, and that it does not prove the record then; a checkpoint may, unless
    one `is_signed` over it that does not.
    """
    first = fault.first or fault
    place = phrase("chain_broken", language, seq=str(first.seq)) if first.seq else phrase("ledger_broken", language)
    key = "record_unproved" if is_signed else "record_in_doubt"
    text = phrase(key, language, fault=place + reason(first, language), id=visible(identity))
    return Paragraph(text, tone="bad")


def fault_at(fault: Fault, language: str) -> str:
    """Where a fault is, and which."""
    place = phrase("fault_at", language, seq=str(fault.seq)) if fault.seq else phrase("fault_in_file", language)
    return place + reason(fault, language)


def reason(fault: Fault, language: str) -> str:
    """What is wrong, without where."""
    detail = visible(translated(fault.detail, language) if isinstance(fault.detail, Sentence) else fault.detail)
    return phrase(_FAULT[fault.kind], language, detail=detail)
