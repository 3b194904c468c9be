"""`whytune audit show`: one record: advice, reasons, trace, the facts and where they came from."""

from __future__ import annotations

from collections.abc import Iterator

import click

from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of
from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import rulebook_of
from whytune.engine.words.speaker import Speaker

from ...answer import lines
from ...layout import heading, table
from ...options import as_json, language_of, language_option, ledger_option, lines_format_option
from .spoken import circumstances, proof


@click.command()
@click.argument("id")
@ledger_option
@lines_format_option
@language_option
def show(id: str, ledger: str, format_: str, language: str | None) -> None:
    """Show the record ID: who asked and what for, then the recommendation as it was given.

    ID is the number of the record, or better its whole id: then nothing else can stand in its place.

    \b
    Examples:
      whytune audit show 12-3f9a0c1b --ledger advice.ledger
      whytune audit show 12 --ledger advice.ledger --format json
    """
    with Ledger.to_read(ledger) as opened:
        record = find(opened, id)
        rulebook = rulebook_of(record, opened)
    if format_ == "json":
        click.echo(as_json(record.data))
        return
    speaker = Speaker(rulebook, language_of(rulebook, language))
    click.echo("\n".join(_lines(record, speaker)))


def _lines(record: Record, speaker: Speaker) -> Iterator[str]:
    yield click.style(speaker.say("record_head", id=record.id), bold=True)
    yield from table(circumstances(record, speaker))
    yield ""
    yield from lines(answer_of(record, speaker.rulebook), speaker)
    yield heading(speaker.say("proof"))
    yield from table(proof(record, speaker))
