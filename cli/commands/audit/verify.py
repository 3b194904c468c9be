"""`whytune audit verify`: is every record as it was written?"""

from __future__ import annotations

from functools import partial

import click

from whytune.engine.language.settings import from_settings
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify as check
from whytune.kept import proved
from whytune.shown import Format

from ...options import ledger_option, spoken_option
from ...output import format_option
from .verdict import (
    beside_option,
    check_record_options,
    checkpoint_options,
    conclude,
    conclude_on_one,
    read_checkpoints,
    record_options,
)


@click.command()
@ledger_option
@record_options
@checkpoint_options
@beside_option
@format_option
@spoken_option
def verify(
    ledger: str,
    identity: str | None,
    settings: tuple[str, ...],
    signed: tuple[str, ...],
    public_key: str | None,
    beside: str | None,
    format_: Format,
    language: str,
) -> None:
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
    check_record_options(identity, settings, beside)
    asked = read_checkpoints(signed, public_key)
    with Ledger.to_read(ledger) as opened:
        if identity is not None:
            conclude_on_one(proved(opened, identity, language, asked, partial(from_settings, settings)), format_)
            return
        verification = check(opened, asked)
    conclude(verification, format_, language, ledger, beside, is_ledger=True)
