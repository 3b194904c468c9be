"""`whytune check`: what is wrong with a rulebook that loads."""

from __future__ import annotations

from datetime import date
from itertools import count

import click

from whytune.days import today_or
from whytune.engine.language.problems import visible
from whytune.engine.language.translations import unconfirmed
from whytune.engine.review.checks import CHECKS, failing
from whytune.engine.review.examination import Finding
from whytune.engine.words.speaker import Speaker
from whytune.prose import findings as prose

from .. import FAILED
from ..options import all_regions_option, as_of_option, book_on, end, language_option, rulebook_argument
from ..output import format_option_with, is_told, show
from ..outside.confirmations import confirm, confirmed_before
from ..outside.files import save
from ..progress import following


@click.command()
@rulebook_argument
@as_of_option()
@language_option
@format_option_with("sarif", "junit", "github")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="warning",
    show_default=True,
    help="The lowest severity that ends with exit code 1. Notes never do.",
)
@all_regions_option
@click.option("--waived", is_flag=True, help="Also show waived findings: by whom, why, until when.")
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

    Every finding has a place, and one about behaviour also a case to try. All tasks are examined, not a sample.
    Many missing cases are told in one line for each check; --all-regions lists them. `whytune explain-check CODE` says
    what a finding means and what to do.

    \b
    Examples:
      whytune check
      whytune check my-rules --as-of 2027-01-01 --fail-on error
      whytune check my-rules --format sarif > findings.sarif
    """
    book = book_on(rulebook, today_or(as_of), language)
    if confirm_translations:
        _confirm(rulebook, Speaker(book.content, book.language), format_)
        return
    with following() as report:
        number = count()
        checked = book.check(lambda check: report(check, next(number), len(CHECKS)))
    findings, speaker = list(checked), checked.speaker
    failed = failing(findings, fail_on)
    if is_told(format_):
        examined = prose.Examined(checked.findings, speaker, rulebook, as_of, waived, every=all_regions)
        show(format_, lambda: [finding.to_dict() for finding in findings], lambda: prose.findings(examined))
    else:
        _write(format_, findings, failed, speaker)
    if failed:
        end(FAILED)


def _confirm(rulebook: str, speaker: Speaker, format_: str) -> None:
    """Records that all languages say the same, and lists each text that was not confirmed before."""
    accepted = list(unconfirmed(speaker.rulebook, confirmed_before(rulebook)))
    file = visible(confirm(speaker.rulebook, rulebook, save))
    data = {
        "file": file,
        "confirmed": [
            {"text": renewed.text.key, "changed": renewed.changed, "kept": renewed.kept} for renewed in accepted
        ],
    }
    show(format_ if is_told(format_) else "text", lambda: data, lambda: prose.confirmed(accepted, file, speaker))


def _write(format_: str, findings: list[Finding], failed: list[Finding], speaker: Speaker) -> None:
    """Writes findings in another program's format; nothing at all if there is no line to write."""
    from ..interchange import as_github, as_junit, as_sarif

    writers = {"sarif": as_sarif, "github": as_github}
    text = as_junit(failed, speaker) if format_ == "junit" else writers[format_](findings, speaker)
    if text:
        click.echo(text)
