"""`whytune audit list`: which recommendations were recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import click

from whytune.engine.language.problems import visible
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.selection import chosen
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.phrases import phrase
from whytune.prose.record import minute

from ...layout import table
from ...options import ledger_option, show_lines, spoken_option
from .asked import misspelt, selection, selection_options, sheet_option
from .sheet import sheet
from .spoken import outcomes

COLUMNS: tuple[str, ...] = ("id", "time", "clock", "by", "purpose", "case", "decision", "outcome", "status")
COLUMNS += ("decided_by", "rulebook", "version", "digest", "as_of")
"""The columns of the CSV: one line for each decision of a record."""
MOST = 10**6
"""Pages, and records of a page."""


@click.command()
@ledger_option
@selection_options
@click.option("--page", type=click.IntRange(1, MOST), default=1, show_default=True, help="Which page, newest first.")
@click.option("--size", type=click.IntRange(1, MOST), default=20, show_default=True, help="Records of a page.")
@sheet_option
@spoken_option
def list(ledger: str, page: int, size: int, format_: str, language: str, **asked: Any) -> None:
    """List the recorded recommendations, the newest first.

    In CSV no cell begins as a formula does: one that would has a ' before it.

    \b
    Examples:
      whytune audit list --ledger advice.ledger --since 2026-03-01 --until 2026-03-31
      whytune audit list --ledger advice.ledger --advice lora --format csv --size 1000
    """
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        found = [*islice(chosen(opened, wanted, newest_first=True), (page - 1) * size, page * size + 1)]
        notes = () if found else tuple(misspelt(opened, wanted, language))
    shown = found[:size]
    if format_ == "csv":
        click.echo(_csv(shown), nl=False)
    else:
        show_lines(
            format_, lambda: [_data(record) for record in shown], _lines(shown, len(found) > size, page, language)
        )
    for note in notes:
        click.echo(note, err=True)


def _lines(records: Iterable[Record], more: bool, page: int, language: str) -> Iterator[str]:
    rows = [(record.id, _line(record, language)) for record in records]
    yield from table(rows, 0)
    if not rows:
        yield phrase("no_records", language)
    if more:
        yield phrase("more_records", language, page=str(page + 1))


def _line(record: Record, language: str) -> str:
    told = record.data
    rulebook = f"{told['rulebook']['name']} {told['rulebook']['version']}"
    by = phrase("by_whom", language, name=told["by"]) if told["by"] else ""
    parts = (minute(record.time), outcomes(record, language), rulebook, by, told["purpose"] or told["case"] or "")
    return visible(phrase("semicolon", language).join(filter(None, parts)))


def _data(record: Record) -> dict[str, Any]:
    told = record.data
    decisions = told["recommendation"]["decisions"]
    return {
        "id": record.id,
        "hash": record.hash,
        "time": record.time,
        "clock": told["clock"],
        "by": told["by"],
        "purpose": told["purpose"],
        "case": told["case"],
        "decisions": {
            name: {"outcome": record.outcomes[name], "status": told["status"], "decided_by": told["decided_by"]}
            for name, told in decisions.items()
        },
        "rulebook": {name: told["rulebook"][name] for name in ("name", "version", "digest")},
        "as_of": told["as_of"],
    }


def _csv(records: Iterable[Record]) -> str:
    return sheet(COLUMNS, (row for record in records for row in _rows(record)))


def _rows(record: Record) -> Iterator[Iterable[str | None]]:
    """The cells of each decision of the record."""
    data = _data(record)
    for name, decision in data["decisions"].items():
        row = {**data, **data["rulebook"], "rulebook": data["rulebook"]["name"], "decision": name}
        row |= {**decision, "decided_by": " ".join(decision["decided_by"])}
        yield (row[column] for column in COLUMNS)
