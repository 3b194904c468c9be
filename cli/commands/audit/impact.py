"""`whytune audit impact`: which recorded advice would differ under another rulebook?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

import click

from whytune.days import today_or
from whytune.engine import Advisor, load
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.selection import refuse_record, refuse_strangers
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.speaker import Speaker
from whytune.kept import affected
from whytune.shown import Format

from ... import FAILED
from ...options import as_of_option, end, language_of, language_option, ledger_option
from ...output import answer, format_option
from ...progress import Report, following
from .filters import selection, selection_options
from .verdict import stop_unverified


@click.command()
@click.argument("other", metavar="RULEBOOK")
@ledger_option
@click.option(
    "--fail-over",
    type=click.IntRange(0),
    metavar="N",
    help="Exit code 1 if more than N records change, or if any could not be asked again.",
)
@selection_options
@as_of_option()
@format_option
@language_option
def impact(
    other: str,
    ledger: str,
    fail_over: int | None,
    as_of: date | None,
    format_: Format,
    language: str | None,
    **asked: Any,
) -> None:
    """Say which recorded recommendations would come out differently under RULEBOOK, a name or path.

    Facts that a case gave are given again; those it left out RULEBOOK may assume. --as-of chooses the day of its rules.
    Each change
    names the rules that decided before and those that decide now. Of a damaged ledger, the records before the first
    fault are asked about: exit code 4.

    \b
    Examples:
      whytune audit impact my-rules --ledger advice.ledger
      whytune audit impact my-rules --ledger advice.ledger --since 2026-01-01 --fail-over 0
    """
    refuse_record(other)
    advisor = Advisor(load(other), today_or(as_of))
    speaker = Speaker(advisor.rulebook, language_of(advisor.rulebook, language))
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        with following() as report:
            following_records = partial(_followed, of=len(opened), speaker=speaker, report=report)
            effect = affected(opened, wanted, advisor, speaker, following_records)
        if not (effect.value.looked_at or effect.verification):  # a gate does not pass because a name was misspelt
            refuse_strangers(opened, wanted)
    answer(format_, effect)
    if effect.verification:
        stop_unverified(effect.verification, format_, speaker.language)
    if fail_over is not None and (effect.value.changed > fail_over or effect.value.not_asked):
        end(FAILED)


def _followed(records: Iterable[Record], of: int, speaker: Speaker, report: Report) -> Iterator[Record]:
    """The records, reporting how many were looked at."""
    for record in records:
        report(speaker.say("records_looked_at", count=f"{record.seq:,}"), record.seq, of, record.seq)
        yield record
