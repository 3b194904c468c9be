"""`whytune audit stats`: how often each advice, rule and month occurs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from whytune.engine.ledger.statistics import Statistics
from whytune.engine.ledger.store import Ledger
from whytune.kept import counted

from ...options import ledger_option, spoken_option
from ...output import answer, format_option_with, is_told
from .filters import misspelt, selection, selection_options
from .spreadsheet import sheet
from .verdict import stop_unverified

COLUMNS = ("kind", "decision", "name", "count")
"""The columns of the CSV."""


@click.command()
@ledger_option
@selection_options
@format_option_with("csv")
@spoken_option
def stats(ledger: str, format_: str, language: str, **asked: Any) -> None:
    """Count the recorded recommendations by advice, status, deciding rule, month and rulebook.

    A rule that ruled out what another proposed is counted separately. Of a damaged ledger, the records before the first
    fault are counted: exit code 4. In CSV, each line is one count.

    \b
    Examples:
      whytune audit stats --ledger advice.ledger
      whytune audit stats --ledger advice.ledger --since 2026-01-01 --format csv
    """
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        numbers = counted(opened, wanted, language)
        is_misspelt = not (numbers.value.records or numbers.verification)
        notes = tuple(misspelt(opened, wanted, language)) if is_misspelt else ()
    if is_told(format_):
        answer(format_, numbers)
    else:
        click.echo(sheet(COLUMNS, rows(numbers.value)), nl=False)
    if numbers.verification:
        stop_unverified(numbers.verification, format_, language)
    for note in notes:
        click.echo(note, err=True)


def rows(counted: Statistics) -> Iterator[tuple[str, ...]]:
    """Each count with its kind, the decision that it is about (if any), and the name of what is counted."""
    yield "records", "", "", str(counted.records)
    for kind, by_decision in (
        ("advice", counted.advice),
        ("status", counted.status),
        ("rule", counted.rules),
        ("veto", counted.vetoes),
    ):
        yield from ((kind, decision, name, str(count)) for (decision, name), count in by_decision.items())
    for kind, by_name in (("month", counted.months), ("rulebook", counted.rulebooks)):
        yield from ((kind, "", name, str(count)) for name, count in by_name.items())
