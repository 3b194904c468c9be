"""What the commands of an auditor say alike: outcomes, times, circumstances, proofs and verdicts in words."""

from __future__ import annotations

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.problems import Sentence, visible
from whytune.engine.language.text import pick
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.verification import Fault, Verification
from whytune.engine.words.phrases import phrase
from whytune.engine.words.sentences import say
from whytune.engine.words.speaker import Speaker

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


def minute(time: str) -> str:
    """The time of a record to the second, as people read it: 2026-03-03 09:15:02 UTC."""
    return f"{time[:10]} {time[11:19]} UTC"


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


def circumstances(record: Record, speaker: Speaker, evidence: bool = True) -> list[tuple[str, str]]:
    """When, who, what for, which case, and with `evidence` what proves each fact, in rows of a table."""
    told = record.data
    when = minute(record.time)
    if told["clock"] == "given":
        when = speaker.say("within", value=when, bounds=speaker.say("time_given"))
    rows = [
        (speaker.say("recorded_at"), when),
        (speaker.say("recorded_by"), told["by"] or speaker.say("not_said")),
        (speaker.say("recorded_for"), told["purpose"] or speaker.say("not_said")),
    ]
    rows += [(speaker.say("recorded_case"), told["case"])] if told["case"] else []
    for name, reference in told["evidence"].items() if evidence else ():
        label = speaker.fact(name) if name in speaker.rulebook.vocabulary.by_name else name
        rows.append((speaker.say("evidence_for", fact=label), reference))
    return [(visible(left), visible(right)) for left, right in rows]


def proof(record: Record, speaker: Speaker) -> list[tuple[str, str]]:
    """The hashes by which a record is verified, and what computed it, in rows of a table."""
    told = record.data
    rulebook = told["rulebook"]
    software = speaker.listed(f"{name} {version}" for name, version in sorted(told["software"].items()))
    return [
        (visible(left), visible(right))
        for left, right in (
            (speaker.say("hash"), record.hash),
            (speaker.say("previous_hash"), told["previous"]),
            (speaker.say("rulebook"), f"{rulebook['name']} {rulebook['version']}, {rulebook['digest']}"),
            (speaker.say("rules_day"), told["as_of"] or speaker.say("every_day")),
            (speaker.say("software"), software),
        )
    ]
