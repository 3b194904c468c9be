"""`whytune check`: what is wrong with a rulebook that loads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime

import click

from whytune.engine import load
from whytune.engine.checks import examine, failing
from whytune.engine.examination import Examination, Finding
from whytune.engine.speaker import Speaker
from whytune.engine.text import pick

from . import DONE, FAILED
from .layout import progress, wrap
from .options import as_of_option, language_of, language_option, rulebook_argument, save, today_or
from .regions import MOST_SHOWN, regions
from .translations import confirm, confirmed_of

FORMATS = ("text", "json", "sarif", "junit", "github")
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command()
@rulebook_argument
@as_of_option
@language_option
@click.option("--format", "-f", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="warning",
    show_default=True,
    help="The least grave finding that ends with exit code 1. Notes never do.",
)
@click.option("--waived", is_flag=True, help="Show what waivers cover, too.")
@click.option("--confirm-translations", is_flag=True, help="Record that all languages say the same, as of now.")
@click.pass_context
def check(
    ctx: click.Context,
    rulebook: str,
    as_of: datetime | None,
    language: str | None,
    format_: str,
    fail_on: str,
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
    loaded = load(rulebook)
    speaker = Speaker(loaded, language_of(loaded, language))
    if confirm_translations:
        click.echo(speaker.say("translations_confirmed", file=confirm(loaded, rulebook, save)))
        return
    day = today_or(as_of)
    examined = Examination(loaded, day, None, confirmed_of(rulebook))
    findings = examine(examined, progress)
    progress("")
    click.echo(_written(format_, findings, speaker, rulebook, waived))
    ctx.exit(FAILED if failing(findings, fail_on) else DONE)


def _written(format_: str, findings: list[Finding], speaker: Speaker, rulebook: str, waived: bool) -> str:
    if format_ == "json":
        return json.dumps([finding.to_dict() for finding in findings], ensure_ascii=False, indent=2)
    if format_ == "text":
        return "\n".join(_lines(findings, speaker, rulebook, waived))
    from . import findings as formats

    writer: Callable[[list[Finding], Speaker], str] = getattr(formats, format_)
    return writer(findings, speaker)


def _lines(findings: list[Finding], speaker: Speaker, rulebook: str, waived: bool) -> Iterator[str]:
    for finding in findings:
        if waived or finding.waiver is None:
            yield from _finding(finding, speaker, rulebook)
    yield from _summary(findings, speaker)


def _finding(finding: Finding, speaker: Speaker, rulebook: str) -> Iterator[str]:
    severity = click.style(speaker.say(finding.severity), fg=_COLOURS[finding.severity], bold=True)
    place = f"{finding.span}: " if finding.span else ""
    yield wrap(f"{place}{severity} [{finding.code}] {pick(finding.message, speaker.language)}", 4).lstrip()
    if finding.waiver:
        yield wrap(speaker.say("waived_by", waiver=finding.waiver), 4)
    if finding.expired:
        yield wrap(speaker.say("waiver_expired", waiver=finding.expired), 4)
    if finding.regions:
        most = 0 if finding.severity == "note" or finding.waiver else MOST_SHOWN
        yield from regions(finding.regions, speaker, rulebook, most)


def _summary(findings: list[Finding], speaker: Speaker) -> Iterator[str]:
    told = [finding for finding in findings if finding.waiver is None]
    if not told:
        yield click.style(speaker.say("nothing_found"), fg="green", bold=True)
    counts = [
        speaker.say(f"count_{severity}", count=str(sum(each.severity == severity for each in told)))
        for severity in ("error", "warning", "note")
        if any(each.severity == severity for each in told)
    ]
    covered = len(findings) - len(told)
    counts += [speaker.say("count_waived", count=str(covered))] if covered else []
    if counts:
        yield click.style(speaker.listed(counts), bold=True)
