"""What an edit of one file does -> a document: findings and cases first, then what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from whytune.engine.language.problems import Problem
from whytune.engine.review.casebook import Result
from whytune.engine.words.catalogue import phrase, translated
from whytune.engine.words.speaker import Speaker

from .document import Block, Document, Heading, Listing, Notice, Paragraph, document
from .findings import Examined, by_gravity


class Reviewed(NamedTuple):
    """The files; what the checks find only since the edit, and no more; the mistakes of cases that do not fit, or how
    the cases come out; what changes, and what of that in records.
    """

    files: Sequence[str]
    new: Examined
    gone: Examined
    misfits: Sequence[Problem]
    results: Sequence[Result]
    change: Document
    records: Document | None = None


def review(reviewed: Reviewed) -> Document:
    """What needs mending first, then whose advice changes."""
    speaker = reviewed.new.speaker
    title = speaker.say("review_title", file=speaker.listed(reviewed.files))
    return document(title, speaker.language, _blocks(reviewed, speaker))


def additions(patch: str, failing: int, language: str) -> Iterator[Block]:
    """What an edit calls for beyond its own file, and how many cases fail even with that."""
    yield Heading(phrase("review_along", language))
    yield Paragraph(phrase("review_along_said", language))
    yield Listing(patch, "diff")
    if failing:
        yield Paragraph(phrase("review_along_failing", language, count=f"{failing:,}"), tone="doubtful")


def _blocks(reviewed: Reviewed, speaker: Speaker) -> Iterator[Block]:
    yield from _findings(reviewed, speaker)
    yield from _cases(reviewed, speaker)
    for part in filter(None, (reviewed.change, reviewed.records)):
        yield Heading(part.title)
        yield from part.blocks


def _findings(reviewed: Reviewed, speaker: Speaker) -> Iterator[Block]:
    if reviewed.new.findings:
        yield Heading(speaker.say("review_new_findings"))
        yield from by_gravity(reviewed.new)
    elif not reviewed.misfits:
        yield Paragraph(speaker.say("review_no_findings"), tone="good")
    if reviewed.gone.findings:
        yield Heading(speaker.say("review_gone_findings"))
        yield from by_gravity(reviewed.gone)


def _cases(reviewed: Reviewed, speaker: Speaker) -> Iterator[Block]:
    failed = [result for result in reviewed.results if result.failures]
    if reviewed.misfits:
        yield Heading(speaker.say("review_misfits"), tone="bad")
        yield from (
            Notice(translated(problem.sentence(), speaker.language), tone="bad") for problem in reviewed.misfits
        )
    elif failed:
        counts = {"failed": f"{len(failed):,}", "all": f"{len(reviewed.results):,}"}
        yield Paragraph(speaker.say("review_failed", **counts), tone="bad")
    elif reviewed.results:
        yield Paragraph(speaker.say("review_passed", all=f"{len(reviewed.results):,}"), tone="good")
