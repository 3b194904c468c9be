"""`whytune audit verify`: is every record as it was written?"""

from __future__ import annotations

from typing import Any

import click

from whytune.engine.ledger.store import Ledger
from whytune.shown import Format

from ...options import ledger_option, spoken_option
from ...output import format_option
from .verdict import Verifying, verification_options, verify_contents


@click.command()
@ledger_option
@verification_options
@format_option
@spoken_option
def verify(ledger: str, format_: Format, language: str, **asked: Any) -> None:
    """Verify every record (its hash, link, place, time and rulebook) and the checkpoints.

    Without a checkpoint, nobody can notice that the end was cut off or the whole chain recomputed: nothing in the file
    shows it. Exit code 4: something is wrong; the first bad place is named. Of one record, 1: it is not given again.

    \b
    Examples:
      whytune audit verify --ledger advice.ledger
      whytune audit verify --ledger advice.ledger --checkpoint march.json --public-key auditor.pub
      whytune audit verify --ledger supplied.ledger --beside advice.ledger
      whytune audit verify --ledger advice.ledger --record 12-3f9a0c1b
    """
    verify_contents(Ledger.to_read, ledger, Verifying(**asked), format_, language)
