"""`whytune audit verify`: is every record as it was written?"""

from __future__ import annotations

from functools import partial

import click

from whytune.engine.language.settings import from_settings
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify as check
from whytune.kept import proved
from whytune.shown import Format, Shown

from ... import FAILED, UNVERIFIED
from ...options import end, ledger_option, set_option, spoken_option
from ...output import answer, format_option
from .verdict import beside_option, checkpoint_options, conclude, read_checkpoints


@click.command()
@ledger_option
@click.option(
    "--record", "identity", metavar="ID", help="Only this record: its hash, its place, who signed it, replay."
)
@set_option("With --record: the value of a fact that was kept out; it must be the recorded one.")
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
    if identity is not None and beside is not None:
        raise click.UsageError("--record asks about one record, --beside compares the first bad one: give one of them")
    if settings and identity is None:
        raise click.UsageError("--set gives what one record keeps out: name it with --record")
    asked = read_checkpoints(signed, public_key)
    with Ledger.to_read(ledger) as opened:
        if identity is not None:
            _conclude_on_one(proved(opened, identity, language, asked, partial(from_settings, settings)), format_)
            return
        verification = check(opened, asked)
    conclude(verification, format_, language, ledger, beside, is_ledger=True)


def _conclude_on_one(proof: Shown[RecordProof], format_: Format) -> None:
    """Prints what proves one record, and ends with exit code 4 if something contradicts it, or 1 if replay does."""
    answer(format_, proof)
    if proof.value.is_doubtful:
        end(UNVERIFIED)
    if proof.value.replayed.deviation:
        end(FAILED)
