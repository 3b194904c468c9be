"""The first fault of a ledger -> where it is and what is wrong, in words."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.language.problems import Sentence, visible
from whytune.engine.ledger.verification import Fault, FaultKind, Verification
from whytune.engine.words.catalogue import Family, phrase, translated

from .document import Paragraph

_FAULT = Family[FaultKind]("fault")


def faults(verification: Verification, language: str) -> Iterator[Paragraph]:
    """Where the first fault is and which, and that of the first bad record where the file as a whole has one."""
    fault = verification.fault
    for part in (fault, fault.first) if fault else ():
        if part:
            yield Paragraph(_fault_at(part, language), tone="bad")


def _fault_at(fault: Fault, language: str) -> str:
    """Where a fault is, and which."""
    place = phrase("fault_at", language, seq=str(fault.seq)) if fault.seq else phrase("fault_in_file", language)
    return place + reason(fault, language)


def reason(fault: Fault, language: str) -> str:
    """What is wrong, without where."""
    detail = visible(translated(fault.detail, language) if isinstance(fault.detail, Sentence) else fault.detail)
    return phrase(_FAULT[fault.kind], language, detail=detail)
