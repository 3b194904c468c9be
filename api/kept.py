"""What a ledger keeps, as answers: its records page by page, one record, and whether all are as they were written."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from whytune.engine import Problem, Rulebook, Span, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of
from whytune.engine.ledger.selection import Selection, chosen, find
from whytune.engine.ledger.statistics import Statistics, statistics
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import rulebook_of, verify
from whytune.engine.words.speaker import Speaker
from whytune.prose.document import Document, document
from whytune.prose.levels import Level
from whytune.prose.record import record
from whytune.prose.records import Page, counts, listing, verdict

from .shown import Described, Shown

MOST = 10**6
"""The most pages, and the most records on a page."""


def records(ledger: Ledger, wanted: Selection, number: int, size: int, language: str) -> Described:
    """The records on one page, the newest first; raises WhytuneError."""
    shown = page(ledger, wanted, number, size)
    return Described(lambda: [data(kept) for kept in shown.records], lambda level: listing(shown, language))


def one(ledger: Ledger, identity: str, language_of: Callable[[Rulebook], str]) -> Described:
    """The record with this id, as it was given, in the language chosen for its rulebook; raises WhytuneError."""
    kept = find(ledger, identity)
    rulebook = rulebook_of(kept, ledger)
    speaker = Speaker(rulebook, language_of(rulebook))

    def tell(level: Level) -> Document:
        title = speaker.say("record_head", id=kept.id)
        return document(title, speaker.language, record(kept, answer_of(kept, rulebook), speaker))

    return Described(lambda: kept.data, tell)


def verdict_on(ledger: Ledger, language: str) -> Shown[Any]:
    """Is every record as it was written? Only checkpoints, not used here, would show that the end was cut off."""
    verification = verify(ledger)
    return Shown(verification, lambda level: verdict(verification, language))


def counted(ledger: Ledger, wanted: Selection, language: str) -> Shown[Statistics]:
    """How often each advice, status, deciding rule, month and rulebook occurs among these records."""
    numbers = statistics(chosen(ledger, wanted))
    return Shown(numbers, lambda level: counts(numbers, language))


def page(opened: Ledger, wanted: Selection, number: int, size: int) -> Page:
    """The records on one page, and how many there are in all; the length of a whole ledger need not be counted.

    Raises WhytuneError, wrong-type, for a page number or size outside 1 to `MOST`.
    """
    _check_count("page", number)
    _check_count("size", size)
    records = chosen(opened, wanted, newest_first=True)
    before = sum(1 for _ in islice(records, (number - 1) * size))
    shown = [*islice(records, size)]
    total = len(opened) if wanted == Selection() else before + len(shown) + sum(1 for _ in records)
    return Page(shown, number, size, total)


def _check_count(name: str, count: int) -> None:
    if not (isinstance(count, int) and 1 <= count <= MOST):
        message = Sentence("`{name}` is a whole number from 1 to {most:,}", name=name, most=MOST)
        raise WhytuneError([Problem("wrong-type", message, Span(name))])


def data(record: Record) -> dict[str, Any]:
    """What a list tells about a record, as data."""
    content = record.data
    decisions = content["recommendation"]["decisions"]
    return {
        "id": record.id,
        "hash": record.hash,
        "time": record.time,
        "clock": content["clock"],
        "by": content["by"],
        "purpose": content["purpose"],
        "case": content["case"],
        "decisions": {
            name: {"outcome": record.outcomes[name], "status": decision["status"], "decided_by": decision["decided_by"]}
            for name, decision in decisions.items()
        },
        "rulebook": {name: content["rulebook"][name] for name in ("name", "version", "digest")},
        "as_of": content["as_of"],
    }
