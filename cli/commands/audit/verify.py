"""`whytune audit verify`: is every record as it was written?"""

from __future__ import annotations

import click

from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify as check
from whytune.shown import Format

from ...options import ledger_option, spoken_option
from ...output import format_option
from .verdict import beside_option, checkpoint_options, conclude, read_checkpoints


@click.command()
@ledger_option
@checkpoint_options
@beside_option
@format_option
@spoken_option
def verify(
    ledger: str, signed: tuple[str, ...], public_key: str | None, beside: str | None, format_: Format, language: str
) -> None:
    """Verify every record (its hash, link, place, time and rulebook) and the checkpoints.

    Without a checkpoint, nobody can notice that the end was cut off or the whole chain recomputed: nothing in the file
    shows it. Exit code 4: something is wrong; the first bad place is named.

    \b
    Examples:
      whytune audit verify --ledger advice.ledger
      whytune audit verify --ledger advice.ledger --checkpoint march.json --public-key auditor.pub
      whytune audit verify --ledger supplied.ledger --beside advice.ledger
    """
    asked = read_checkpoints(signed, public_key)
    with Ledger.to_read(ledger) as opened:
        verification = check(opened, asked)
    conclude(verification, format_, language, ledger, beside, is_ledger=True)
