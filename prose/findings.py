"""Findings about a rulebook, the pages of the checks, and translations that were confirmed -> documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from types import ModuleType
from typing import Literal, NamedTuple, get_args

from whytune.engine.language.rulebook import Waiver
from whytune.engine.language.text import pick
from whytune.engine.language.translations import Unconfirmed, span_of
from whytune.engine.review.checks import CHECKS, WAIVABLE, code_of, pages
from whytune.engine.review.examination import SEVERITIES, Finding, Severity
from whytune.engine.words.catalogue import Family, phrase
from whytune.engine.words.speaker import Speaker

from .document import Block, Document, Gap, Notice, Paragraph, Rows, Title, Tone, document
from .regions import MOST_SHOWN, regions
from .shell import quoted

MOST_UNTESTED = 3
"""How many findings of one check on cases are told one by one."""
_TONES: dict[Severity, Tone] = {"error": "bad", "warning": "doubtful", "note": "open"}


_COUNT = Family[Severity]("count")
_SEVERITY = Family[Severity]()

Untested = Literal["untested-rule", "untested-boundary"]
"""The checks on cases, of which a new rulebook has as many findings as it has rules and cuts."""
_MISSING = Family[Untested]("gathered")


class Examined(NamedTuple):
    """Findings to be told: what is in error, in whose words, the rulebook as it was named, the day asked about.

    `waived` tells what waivers cover, too; `every` all regions of tasks.
    """

    findings: Sequence[Finding]
    speaker: Speaker
    rulebook: str
    as_of: date | None
    waived: bool = False
    every: bool = False


def findings(examined: Examined) -> Document:
    """The findings, the gravest first, those equally grave by their places; and how many there are.

    Where many cases are missing, that is told once for each check, after all other findings.
    """
    speaker = examined.speaker
    shown = examined.findings if examined.waived else _unwaived(examined.findings)
    gathered = {} if examined.every else _untested(shown)
    apart = [finding for finding in shown if finding.code not in gathered or _is_waived(finding)]
    blocks = by_gravity(examined._replace(findings=apart))
    missing = (_missing_cases(code, alike, examined) for code, alike in gathered.items())
    hides = len(shown) < len(examined.findings)
    offer = speaker.say("waived_offer") if hides else ""
    counts = Paragraph(speaker.listed(_counts(examined.findings, speaker)), tone="strong", to_type=offer)
    uncounted = [Paragraph(speaker.say("not_counted"))] if any(map(_is_uncounted, shown)) else []
    title = speaker.say("check_title", name=speaker.rulebook.name)
    return document(title, speaker.language, (*blocks, *missing, *uncounted, counts))


def _is_uncounted(finding: Finding) -> bool:
    """Is it about tasks of which nobody counted how many they are?"""
    return finding.regions is not None and finding.regions.share is None


def _untested(shown: Sequence[Finding]) -> dict[Untested, list[Finding]]:
    """The findings of each check on cases that has too many to be told one by one; none that a waiver is about."""
    by_check: dict[Untested, list[Finding]] = {
        code: [finding for finding in shown if finding.code == code and not _is_waived(finding)]
        for code in get_args(Untested)
    }
    return {code: alike for code, alike in by_check.items() if len(alike) > MOST_UNTESTED}


def _is_waived(finding: Finding) -> bool:
    """Does a waiver cover the finding, or did one until its day passed?"""
    return bool(finding.waiver or finding.expired)


def _missing_cases(code: Untested, alike: Sequence[Finding], examined: Examined) -> Notice:
    """What no case tests, in one line, and how to get such cases."""
    speaker, severity = examined.speaker, alike[0].severity
    names = speaker.listed([*(f"`{finding.about}`" for finding in alike[:MOST_UNTESTED]), "…"])
    command = f"whytune test {quoted(examined.rulebook)} --suggest"
    message = speaker.say(_MISSING[code], count=f"{len(alike):,}", names=names, command=command)
    label = f"{speaker.say(_SEVERITY[severity])} [{code}]"
    return Notice(message, label, "", _TONES[severity], to_type=speaker.say("all_regions_offer"))


def by_gravity(examined: Examined) -> Iterator[Block]:
    """Each finding, the gravest first."""
    ordered = sorted(examined.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return (block for finding in ordered for block in _finding(finding, examined))


def _unwaived(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.waiver is None]


def _finding(finding: Finding, examined: Examined) -> Iterator[Block]:
    """What was found and where; who accepts it; and the tasks that it is about."""
    speaker = examined.speaker
    named = f"{finding.code}: {finding.about}" if finding.code in WAIVABLE else finding.code
    label = f"{speaker.say(_SEVERITY[finding.severity])} [{named}]"
    place = str(finding.span) if finding.span else ""
    yield Notice(pick(finding.message, speaker.language), label, place, _TONES[finding.severity])
    if finding.waiver:
        yield Paragraph(_accepted(finding.waiver, speaker), level=2)
    if finding.expired:
        day = str(_waiver(finding.expired, speaker).until)
        yield Paragraph(speaker.say("waiver_expired", waiver=finding.expired, day=day), level=2)
    if finding.regions:
        yield from regions(
            finding.regions, speaker, examined.rulebook, _most(finding, examined.every), finding.day or examined.as_of
        )


def _most(finding: Finding, every: bool) -> int | None:
    """How many regions of tasks are told; for what needs no mending, only their share."""
    if every:
        return None
    return 0 if finding.severity == "note" or finding.waiver else MOST_SHOWN


def _accepted(name: str, speaker: Speaker) -> str:
    """Which waiver accepts the finding, who owns it, until when, and why."""
    waiver = _waiver(name, speaker)
    until = speaker.say("accepted_until", day=str(waiver.until)) if waiver.until else speaker.say("accepted_for_good")
    return speaker.say("waived_by", waiver=name, owner=waiver.owner, until=until, because=speaker.text(waiver.because))


def _waiver(name: str, speaker: Speaker) -> Waiver:
    return next(waiver for waiver in speaker.rulebook.waivers if waiver.waiver == name)


def _counts(findings: Sequence[Finding], speaker: Speaker) -> list[str]:
    """How many findings there are of each severity, and how many are waived."""
    unwaived = _unwaived(findings)
    severities = [finding.severity for finding in unwaived]
    counts = [
        speaker.say(_COUNT[severity], count=str(severities.count(severity)))
        for severity in SEVERITIES
        if severity in severities
    ] or [speaker.say("nothing_found")]
    covered = len(findings) - len(unwaived)
    return [*counts, speaker.say("count_waived", count=str(covered))] if covered else counts


def confirmed(accepted: Iterable[Unconfirmed], file: str, speaker: Speaker) -> Document:
    """The file in which translations were confirmed, and each text that was not confirmed before, new ones last."""
    ordered = sorted(accepted, key=lambda text: not text.changed)
    new = sum(not text.changed for text in ordered)
    counts = [speaker.say("count_changed", count=str(len(ordered) - new)), speaker.say("count_new", count=str(new))]
    blocks = [
        Paragraph(speaker.say("translations_confirmed", file=file)),
        *(Paragraph(_confirmation(text, speaker), level=2) for text in ordered),
        Paragraph(speaker.listed(counts) if ordered else speaker.say("confirmed_nothing"), tone="strong"),
    ]
    return document(speaker.say("confirmed_title", name=speaker.rulebook.name), speaker.language, blocks)


def _confirmation(accepted: Unconfirmed, speaker: Speaker) -> str:
    """A text with its place, and which of its languages were confirmed."""
    key = "confirmed_new" if not accepted.changed else "confirmed_stale" if accepted.kept else "confirmed_changed"
    languages = {"changed": ", ".join(accepted.changed), "kept": ", ".join(accepted.kept)}
    place = span_of(speaker.rulebook, accepted.text.path)
    return (f"{place}: " if place else "") + speaker.say(key, text=accepted.text.key, **languages)


def checks(language: str) -> Document:
    """All checks, each with what it finds."""
    rows = tuple((code_of(check), pages(check)[language].partition("\n")[0]) for check in CHECKS)
    return document(phrase("checks_title", language), language, [Rows(rows, level=0)])


def check(asked: ModuleType, language: str) -> Document:
    """The page of a check: how grave it is, what it finds, why that matters, what to do."""
    code = code_of(asked)
    title = f"{code} ({phrase(_SEVERITY[asked.SEVERITY], language)})"
    paragraphs = [paragraph.replace("**", "") for paragraph in pages(asked)[language].split("\n\n")]
    paragraphs += [phrase("waiver_needs", language, code=code)] if code in WAIVABLE else []
    apart = (block for paragraph in paragraphs for block in (Gap(), Paragraph(paragraph)))
    return document(code, language, [Title(title), *apart])
