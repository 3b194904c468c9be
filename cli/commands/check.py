"""`whytune check`: what is wrong with a rulebook that loads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

import click

from whytune.engine import load
from whytune.engine.language.loading import folder_of
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Waiver
from whytune.engine.language.text import pick
from whytune.engine.language.translations import Unconfirmed, span_of, unconfirmed
from whytune.engine.review.casebook import cases_of, covered_by
from whytune.engine.review.checks import WAIVABLE, examine, failing
from whytune.engine.review.examination import SEVERITIES, Examination, Finding
from whytune.engine.words.speaker import Speaker

from .. import FAILED
from ..layout import progress, wrap
from ..options import (
    all_regions_option,
    as_of_option,
    check_reviews,
    end,
    language_of,
    language_option,
    rulebook_argument,
    today_or,
)
from ..outside.saving import save
from ..outside.translations import confirm, confirmed_before, confirmed_of
from ..regions import MOST_SHOWN, regions

FORMATS = ("text", "json", "sarif", "junit", "github")
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command()
@rulebook_argument
@as_of_option()
@language_option
@click.option("--format", "-f", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="warning",
    show_default=True,
    help="The least grave finding that ends with exit code 1. Notes never do.",
)
@all_regions_option
@click.option("--waived", is_flag=True, help="Show what waivers cover, too: by whom, why, until when.")
@click.option("--confirm-translations", is_flag=True, help="Record that all languages say the same, as of now.")
def check(
    rulebook: str,
    as_of: date | None,
    language: str | None,
    format_: str,
    fail_on: str,
    all_regions: bool,
    waived: bool,
    confirm_translations: bool,
) -> None:
    """Prove that a rulebook decides every task once, and find what no longer matters in it.

    Every finding has a place, and where it is about behaviour a case to try. All tasks are looked at, not a sample.
    `whytune explain-check CODE` says what a finding means and what to do.

    \b
    Examples:
      whytune check
      whytune check my-rules --as-of 2027-01-01 --fail-on error
      whytune check my-rules --format sarif > findings.sarif
    """
    loaded, day = load(rulebook), today_or(as_of)
    speaker = Speaker(loaded, language_of(loaded, language))
    check_reviews(loaded, day)
    if confirm_translations:
        accepted = list(unconfirmed(loaded, confirmed_before(rulebook)))
        click.echo(speaker.say("translations_confirmed", file=visible(confirm(loaded, rulebook, save))))
        click.echo("\n".join(_confirmed(accepted, speaker)))
        return
    cases = cases_of(rulebook, loaded)
    covered = covered_by(loaded, cases, day) if cases or folder_of(rulebook) else None  # nobody expects any of a file
    examined = Examination(loaded, day, covered, confirmed_of(rulebook), cases)
    findings = examine(examined, progress)
    progress("")
    failed = failing(findings, fail_on)
    if format_ == "text":
        click.echo("\n".join(_lines(findings if waived else _told(findings), speaker, rulebook, as_of, all_regions)))
        click.echo(_summary(findings, speaker))
    elif written := _written(format_, findings, failed, speaker):
        click.echo(written)
    if failed:
        end(FAILED)


def _written(format_: str, findings: list[Finding], failed: list[Finding], speaker: Speaker) -> str:
    from ..findings import as_github, as_json, as_junit, as_sarif

    if format_ == "junit":
        return as_junit(failed, speaker)
    return {"json": as_json, "sarif": as_sarif, "github": as_github}[format_](findings, speaker)


def _told(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.waiver is None]


def _lines(findings: list[Finding], speaker: Speaker, rulebook: str, as_of: date | None, every: bool) -> Iterator[str]:
    """The findings, the gravest first; those equally grave by their places. Every region of each, or the first few."""
    for finding in sorted(findings, key=lambda each: SEVERITIES.index(each.severity)):
        yield _headline(finding, speaker)
        if finding.waiver:
            yield wrap(_accepted(finding.waiver, speaker), 4)
        if finding.expired:
            day = str(_waiver(finding.expired, speaker).until)
            yield wrap(speaker.say("waiver_expired", waiver=finding.expired, day=day), 4)
        if finding.regions:
            most = None if every else 0 if finding.severity == "note" or finding.waiver else MOST_SHOWN
            yield from regions(finding.regions, speaker, rulebook, most, finding.day or as_of)


def _confirmed(accepted: list[Unconfirmed], speaker: Speaker) -> Iterator[str]:
    """What was accepted that was not before: each text with its place, those that are new after those that changed."""
    for each in sorted(accepted, key=lambda each: not each.changed):
        key = "confirmed_new" if not each.changed else "confirmed_stale" if each.kept else "confirmed_changed"
        said = {"changed": ", ".join(each.changed), "kept": ", ".join(each.kept)}
        place = span_of(speaker.rulebook, each.text.path)
        yield wrap((f"{place}: " if place else "") + speaker.say(key, text=each.text.key, **said), 4)
    new = sum(not each.changed for each in accepted)
    counts = [speaker.say("count_changed", count=str(len(accepted) - new)), speaker.say("count_new", count=str(new))]
    yield click.style(speaker.listed(counts) if accepted else speaker.say("confirmed_nothing"), bold=True)


def _headline(finding: Finding, speaker: Speaker) -> str:
    """Where, how grave, which check, about what, and what: folded first, coloured then, for a colour takes no room."""
    place = f"{finding.span}: " if finding.span else ""
    named = f"{finding.code}: {finding.about}" if finding.code in WAIVABLE else finding.code
    label = f"{speaker.say(finding.severity)} [{named}]"
    plain = wrap(f"{place}{label} {pick(finding.message, speaker.language)}", 4).lstrip()
    folded = r"\s+".join(map(re.escape, label.split()))
    coloured = partial(click.style, fg=_COLOURS[finding.severity], bold=True)
    return re.sub(folded, lambda found: coloured(found[0]), plain, count=1)


def _accepted(name: str, speaker: Speaker) -> str:
    """Which waiver accepts the finding, who owns it, until when, and why."""
    waiver = _waiver(name, speaker)
    until = speaker.say("accepted_until", day=str(waiver.until)) if waiver.until else speaker.say("accepted_for_good")
    return speaker.say("waived_by", waiver=name, owner=waiver.owner, until=until, because=speaker.text(waiver.because))


def _waiver(name: str, speaker: Speaker) -> Waiver:
    return next(each for each in speaker.rulebook.waivers if each.waiver == name)


def _summary(findings: list[Finding], speaker: Speaker) -> str:
    told = _told(findings)
    counts = [
        speaker.say(f"count_{severity}", count=str(sum(each.severity == severity for each in told)))
        for severity in SEVERITIES
        if any(each.severity == severity for each in told)
    ]
    counts = counts or [speaker.say("nothing_found")]
    covered = len(findings) - len(told)
    counts += [speaker.say("count_waived", count=str(covered))] if covered else []
    return click.style(speaker.listed(counts), bold=True)
