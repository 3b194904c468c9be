"""`whytune audit checkpoint`: the length and the last hash of a ledger, signed."""

from __future__ import annotations

import click

from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify
from whytune.prose.ledger_verdict import verdict
from whytune.signing import signed_end

from ... import UNVERIFIED
from ...options import end, ledger_option, spoken_option
from ...output import show
from ...outside.files import STDOUT, save, say_where
from ...recording import clock
from .verdict import checkpoint_options, read_checkpoints


@click.command()
@ledger_option
@click.option("--key", required=True, metavar="FILE", help="The private key to sign with, from `whytune audit keygen`.")
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
@click.option("--time", metavar="TIME", help="Sign this time instead of the clock's.")
@checkpoint_options
@spoken_option
def checkpoint(
    ledger: str,
    key: str,
    output: str | None,
    time: str | None,
    signed: tuple[str, ...],
    public_key: str | None,
    language: str,
) -> None:
    """Sign how many records there are and the hash of the last, after verifying them all.

    Keep checkpoints where those who write to the ledger cannot: with one, nothing before it can be cut off, changed or
    recomputed unnoticed. Give the previous checkpoint as well, to be sure that this one continues it.
    No file is overwritten.

    \b
    Examples:
      whytune audit checkpoint --ledger advice.ledger --key auditor.key -o march.json
      whytune audit checkpoint --ledger advice.ledger --key auditor.key -o april.json \\
                               --checkpoint march.json --public-key auditor.pub
    """
    before = read_checkpoints(signed, public_key)
    with Ledger.to_read(ledger) as opened:
        verification = verify(opened, before)
    if verification.fault:
        show("text", verification.to_dict, lambda: verdict(verification, language, is_ledger=True), err=True)
        end(UNVERIFIED)
    text = signed_end(verification, key, clock(time)().time)
    save(output or STDOUT, text, new=True)  # an older checkpoint is evidence
    say_where(output or STDOUT)
