"""`whytune audit verify`: is every record as it was written?"""

from __future__ import annotations

import click

from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify as check
from whytune.shown import Format

from ...options import ledger_option, spoken_option
from ...output import format_option
from .verdict import checkpoint_options, conclude, read_checkpoints


@click.command()
@ledger_option
@checkpoint_options
@format_option
@spoken_option
def verify(ledger: str, signed: tuple[str, ...], public_key: str | None, format_: Format, language: str) -> None:
    """Verify every record: its hash, its link, its place, its time, its rulebook; and the checkpoints.

    Without a checkpoint, a tail that was cut off and a chain that was recomputed cannot be noticed: nothing
    within the file shows them. Exit code 4 names the first bad place.

    \b
    Examples:
      whytune audit verify --ledger advice.ledger
      whytune audit verify --ledger advice.ledger --checkpoint march.json --public-key auditor.pub
    """
    asked = read_checkpoints(signed, public_key)
    with Ledger.to_read(ledger) as opened:
        verification = check(opened, asked)
    conclude(verification, format_, language)
