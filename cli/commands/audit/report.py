"""`whytune audit report`: one record as a page to read."""

from __future__ import annotations

import click

from whytune.engine.ledger.store import Ledger
from whytune.kept import one
from whytune.prose import page

from ...options import language_of, language_option, ledger_option
from ...outside.files import STDOUT, save, say_where
from .verdict import stop_in_doubt


@click.command()
@click.argument("id")
@ledger_option
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
@language_option
def report(id: str, ledger: str, output: str | None, language: str | None) -> None:
    """Write the record ID as one HTML page: advice, reasons, flowchart, facts, what would flip it, and its proof.

    The page is self-contained and prints well. It is a reading copy: only the ledger proves the record. Exit code 4:
    the chain is broken near it, which the page says first.

    \b
    Examples:
      whytune audit report 12-3f9a0c1b --ledger advice.ledger -o report.html
      whytune audit report 12 --ledger advice.ledger --language zh -o report.html
    """
    with Ledger.to_read(ledger) as opened:
        kept = one(opened, id, lambda rulebook: language_of(rulebook, language))
    save(output or STDOUT, f"{page.text(kept.document('full')).rstrip()}\n".encode(), reads=[ledger])
    say_where(output or STDOUT)
    if kept.wrong:
        stop_in_doubt(kept.identity, kept.chain, None, kept.language)
