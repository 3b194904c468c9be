"""`whytune audit verify`: is every record as it was written?"""

from __future__ import annotations

from pathlib import Path

import click

from whytune.engine.ledger import checkpoint as checkpoints
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import Verification
from whytune.engine.ledger.verification import verify as check
from whytune.engine.problems import short
from whytune.engine.source import read_bytes

from .. import UNVERIFIED
from ..options import Command, end, format_option, ledger_option, spoken_option
from ..options import show as present
from .spoken import verdict


def checkpoint_options(command: Command) -> Command:
    for option in (
        click.option("--public-key", metavar="FILE", help="The public key that the checkpoints were signed with."),
        click.option("--checkpoint", "signed", multiple=True, metavar="FILE", help="A checkpoint to meet. Repeatable."),
    ):
        command = option(command)
    return command


@click.command()
@ledger_option
@checkpoint_options
@format_option
@spoken_option
def verify(ledger: str, signed: tuple[str, ...], public_key: str | None, format_: str, language: str) -> None:
    """Verify every record: its hash, its link, its place, its time, its rulebook; and the checkpoints.

    Without a checkpoint, a tail that was cut off and a chain that was computed anew cannot be noticed: nothing
    within the file shows them. Exit code 4 names the first bad place.

    \b
    Examples:
      whytune audit verify --ledger advice.ledger
      whytune audit verify --ledger advice.ledger --checkpoint march.json --public-key auditor.pub
    """
    asked = read_checkpoints(signed, public_key)
    with Ledger.to_read(ledger) as opened:
        found = check(opened, asked)
    conclude(found, format_, language)


def read_checkpoints(files: tuple[str, ...], public_key: str | None) -> tuple[Checkpoint, ...]:
    """The checkpoints in these files, their signatures verified; raises WhytuneError."""
    if bool(files) != bool(public_key):
        raise click.UsageError("--checkpoint and --public-key go together: a key from elsewhere proves who signed")
    if not public_key:
        return ()
    key, *signed = (read_bytes(Path(file), short(file)) for file in (public_key, *files))
    return tuple(checkpoints.read(text, file, key, public_key) for text, file in zip(signed, files, strict=True))


def conclude(found: Verification, format_: str, language: str) -> None:
    """Says what was found, and ends with exit code 4 if it is a fault."""
    present(format_, found.to_dict, [verdict(found, language)])
    if found.fault:
        end(UNVERIFIED)
