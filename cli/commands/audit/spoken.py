"""What the commands of an auditor say alike: outcomes and verdicts in words."""

from __future__ import annotations

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.problems import Sentence, visible
from whytune.engine.language.text import pick
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.verification import Fault, Verification
from whytune.engine.words.phrases import phrase
from whytune.engine.words.sentences import say

from ...layout import wrap


def outcome(record: Record, decision: str, language: str) -> str:
    """The outcome of a decision in words, by the record's own texts."""
    named = record.outcomes[decision]
    steps = record.data["recommendation"]["trace"]
    titles = [step["title"] for step in steps if step["kind"] == "decision" and step["name"] == decision]
    if named == OPEN or not titles:
        return phrase("advice_open", language)
    return visible(pick(titles[-1], language))


def outcomes(record: Record, language: str) -> str:
    """The outcome of every decision with its status; the decisions by name where there are several."""
    told = record.data["recommendation"]["decisions"]
    said = {
        name: phrase(
            "within",
            language,
            value=outcome(record, name, language),
            bounds=phrase(f"status_{decision['status']}", language),
        )
        for name, decision in told.items()
    }
    if len(said) == 1:
        return next(iter(said.values()))
    colon = phrase("colon", language)
    return phrase("semicolon", language).join(f"{visible(name)}{colon}{text}" for name, text in said.items())


def verdict(found: Verification, language: str) -> str:
    """What verification found, in words."""
    if found.fault is None:
        key = "verified" if found.end.length else "verified_empty"
        lines = phrase(key, language, count=str(found.end.length), head=found.end.head).split("\n")
        lines.append(
            phrase(
                "verified_signed" if found.checkpoints else "verified_unsigned", language, count=str(found.checkpoints)
            )
        )
    else:
        lines = [_said(fault, language) for fault in (found.fault, found.fault.first) if fault]
        lines += [phrase("fault_before", language, count=str(found.end.length))] if found.end.length else []
    return "\n".join(map(wrap, lines))


def _said(fault: Fault, language: str) -> str:
    """Where a fault is, and which."""
    place = phrase("fault_at", language, seq=str(fault.seq)) if fault.seq else phrase("fault_in_file", language)
    detail = say(fault.detail, language) if isinstance(fault.detail, Sentence) else fault.detail
    return place + phrase(f"fault_{fault.kind}", language, detail=visible(detail))
