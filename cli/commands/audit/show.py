"""`whytune audit show`: one record: advice, reasons, trace, the facts and where they came from."""

from __future__ import annotations

import click

from whytune.engine.ledger.store import Ledger
from whytune.kept import one
from whytune.prose.levels import Level
from whytune.shown import Format

from ...options import language_of, language_option, ledger_option
from ...output import answer, format_option, level_option
from .verdict import stop_in_doubt


@click.command()
@click.argument("id")
@ledger_option
@level_option("normal adds what is assumed and the proof, full what would have changed it and every step.")
@format_option
@language_option
def show(id: str, ledger: str, level: Level, format_: Format, language: str | None) -> None:
    """Show the record ID: who asked and what for, then the recommendation as it was given.

    ID is the record's number or, better, its whole id: then no other record can take its place. Exit code 4: the chain
    is broken near it; up to 100 records before it are looked at, `audit verify` looks at all.

    \b
    Examples:
      whytune audit show 12-3f9a0c1b --ledger advice.ledger
      whytune audit show 12 --ledger advice.ledger --level full
      whytune audit show 12 --ledger advice.ledger --format json
    """
    with Ledger.to_read(ledger) as opened:
        kept = one(opened, id, lambda rulebook: language_of(rulebook, language))
    answer(format_, kept, level)
    if kept.wrong:
        stop_in_doubt(kept.identity, kept.chain, format_, kept.language)
