"""`whytune audit export`: the ledger as JSON Lines."""

from __future__ import annotations

import click

from whytune.engine.ledger.export import export as lines_of
from whytune.engine.ledger.store import Ledger

from ...options import ledger_option
from ...outside.files import STDOUT, save, say_where


@click.command()
@ledger_option
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
def export(ledger: str, output: str | None) -> None:
    """Write the whole ledger as JSON Lines: a head, the files of its rulebooks, and every record as it is stored.

    docs/ledger.md describes the format, and how to verify it in twenty lines.

    \b
    Example:
      whytune audit export --ledger advice.ledger -o ledger.jsonl
    """
    with Ledger.to_read(ledger) as opened:
        save(output or STDOUT, lines_of(opened), reads=[ledger])
    say_where(output or STDOUT)
