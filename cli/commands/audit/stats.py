"""`whytune audit stats`: how often each advice, rule and month occurs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from whytune.engine.ledger.selection import chosen
from whytune.engine.ledger.statistics import Statistics, statistics
from whytune.engine.ledger.store import Ledger
from whytune.prose.records import counts

from ...options import ledger_option, spoken_option
from ...output import format_option_with, is_told, show
from .filters import misspelt, selection, selection_options
from .spreadsheet import sheet

COLUMNS = ("kind", "decision", "name", "count")
"""The columns of the CSV."""


@click.command()
@ledger_option
@selection_options
@format_option_with("csv")
@spoken_option
def stats(ledger: str, format_: str, language: str, **asked: Any) -> None:
    """Count the recorded recommendations by advice, status, deciding rule, month and rulebook.

    A rule that ruled out what another proposed is counted separately. In CSV, each line is one count.

    \b
    Examples:
      whytune audit stats --ledger advice.ledger
      whytune audit stats --ledger advice.ledger --since 2026-01-01 --format csv
    """
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        counted = statistics(chosen(opened, wanted))
        notes = () if counted.records else tuple(misspelt(opened, wanted, language))
    if is_told(format_):
        show(format_, counted.to_dict, lambda: counts(counted, language))
    else:
        click.echo(sheet(COLUMNS, rows(counted)), nl=False)
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
