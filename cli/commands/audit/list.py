"""`whytune audit list`: which recommendations were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from whytune.engine.ledger.record import Record
from whytune.engine.ledger.store import Ledger
from whytune.kept import MOST, data, listed
from whytune.kept import page as page_of
from whytune.prose.records import listing

from ...options import ledger_option, spoken_option
from ...output import format_option_with, is_told, show
from .filters import misspelt, selection, selection_options
from .spreadsheet import sheet
from .verdict import stop_unverified

COLUMNS: tuple[str, ...] = ("id", "time", "clock", "by", "purpose", "case", "decision", "outcome", "status")
COLUMNS += ("decided_by", "rulebook", "version", "digest", "as_of")
"""The columns of the CSV, which has one line for each decision of a record."""


@click.command()
@ledger_option
@selection_options
@click.option("--page", type=click.IntRange(1, MOST), default=1, show_default=True, help="Which page, newest first.")
@click.option("--size", type=click.IntRange(1, MOST), default=20, show_default=True, help="Records on a page.")
@format_option_with("csv")
@spoken_option
def list(ledger: str, page: int, size: int, format_: str, language: str, **asked: Any) -> None:
    """List the recorded recommendations, the newest first.

    Of a damaged ledger, all that is whole is listed, with where the chain breaks: exit code 4. Only what is read for
    the page is examined; `audit verify` examines all. In CSV, which lists records alone, a cell that would begin like
    a formula has a ' before it.

    \b
    Examples:
      whytune audit list --ledger advice.ledger --since 2026-03-01 --until 2026-03-31
      whytune audit list --ledger advice.ledger --advice lora --format csv --size 1000
    """
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        shown = page_of(opened, wanted, page, size, mains=format_ not in ("json", "csv"))
        notes = () if shown.total or shown.verification else tuple(misspelt(opened, wanted, language))
    if is_told(format_):
        show(format_, lambda: listed(shown), lambda: listing(shown, language))
    else:
        click.echo(_csv(shown.records), nl=False)
    if shown.verification:
        stop_unverified(shown.verification, format_, language)
    for note in notes:
        click.echo(note, err=True)


def _csv(records: Iterable[Record]) -> str:
    return sheet(COLUMNS, (row for record in records for row in _rows(record)))


def _rows(record: Record) -> Iterator[Iterable[str | None]]:
    """The cells for each decision of the record."""
    kept = data(record)
    for name, decision in kept["decisions"].items():
        row = {**kept, **kept["rulebook"], "rulebook": kept["rulebook"]["name"], "decision": name}
        row |= {**decision, "decided_by": " ".join(decision["decided_by"])}
        yield (row[column] for column in COLUMNS)
