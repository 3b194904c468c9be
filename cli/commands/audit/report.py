"""`whytune audit report`: one record as a page for people."""

from __future__ import annotations

import click

from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import rulebook_of
from whytune.engine.words.speaker import Speaker

from ...options import language_of, language_option, ledger_option
from ...outside.saving import STDOUT, save
from .page import page


@click.command()
@click.argument("id")
@ledger_option
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
@language_option
def report(id: str, ledger: str, output: str | None, language: str | None) -> None:
    """Write the record ID as one HTML page: advice, reasons, flowchart, facts, what would flip it, and its proof.

    The page needs nothing from outside and prints well. It is a reading copy: what proves the record is the ledger.

    \b
    Examples:
      whytune audit report 12-3f9a0c1b --ledger advice.ledger -o report.html
      whytune audit report 12 --ledger advice.ledger --language zh -o report.html
    """
    with Ledger.to_read(ledger) as opened:
        record = find(opened, id)
        rulebook = rulebook_of(record, opened)
        text = page(record, Speaker(rulebook, language_of(rulebook, language)))
    save(output or STDOUT, text, reads=[ledger])
