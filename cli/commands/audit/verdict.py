"""How a verification is asked for and ends: the options, the checkpoints to meet, the exit code."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple, NoReturn

import click

from whytune.engine.language.settings import from_settings
from whytune.engine.ledger.beside_own import beside_own
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.changed_record import ChangedRecord
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.export import Export
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import Verification, verify
from whytune.kept import proved
from whytune.prose import terminal
from whytune.prose.document import document
from whytune.prose.faults import in_doubt
from whytune.prose.ledger_verdict import verdict
from whytune.shown import Format, Shown
from whytune.signing import read_signed

from ... import FAILED, UNVERIFIED
from ...options import end, set_option
from ...output import Decorated, answer, show
from ...own_ledger import with_own_ledger
from ...streams import width


def checkpoint_options(command: Decorated) -> Decorated:
    for option in (
        click.option("--public-key", metavar="FILE", help="The public key that the checkpoints were signed with."),
        click.option("--checkpoint", "signed", multiple=True, metavar="FILE", help="A checkpoint to meet. Repeatable."),
    ):
        command = option(command)
    return command


def read_checkpoints(files: tuple[str, ...], public_key: str | None) -> tuple[Checkpoint, ...]:
    """The checkpoints in these files, their signatures verified; raises WhytuneError."""
    if bool(files) != bool(public_key):
        raise click.UsageError("--checkpoint and --public-key go together: a key from elsewhere proves who signed")
    return read_signed(files, public_key)


def beside_option(command: Decorated) -> Decorated:
    return click.option(
        "--beside",
        metavar="LEDGER",
        help="Your own ledger: the first bad record stands beside the one of its name there.",
    )(command)


class Verifying(NamedTuple):
    """What is asked of a ledger or an export, as `verification_options` give it."""

    identity: str | None
    settings: tuple[str, ...]
    signed: tuple[str, ...]
    public_key: str | None
    beside: str | None

    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """The checkpoints to meet; raises UsageError for options that do not go together, and WhytuneError."""
        if self.identity is not None and self.beside is not None:
            raise click.UsageError(
                "--record asks about one record, --beside compares the first bad one: give one of them"
            )
        if self.settings and self.identity is None:
            raise click.UsageError("--set gives what one record keeps out: name it with --record")
        return read_checkpoints(self.signed, self.public_key)


def verification_options(command: Decorated) -> Decorated:
    """--record with --set for what that keeps out, the checkpoints to meet, and --beside; `Verifying` takes them."""
    command = set_option("With --record: the value of a fact that was kept out; it must be the recorded one.")(
        checkpoint_options(beside_option(command))
    )
    return click.option(
        "--record", "identity", metavar="ID", help="Only this record: its hash, its place, who signed it, replay."
    )(command)


def verify_contents(
    contents_of: Callable[[str], Ledger | Export], file: str, asked: Verifying, format_: Format, language: str
) -> None:
    """Prints what proves the ledger, or the export, in this file, or its one record, and ends with the exit code for
    it; raises UsageError, WhytuneError.
    """
    signed = asked.checkpoints()
    with contents_of(file) as contents:
        is_ledger = isinstance(contents, Ledger)
        if asked.identity is not None:
            revealed = partial(from_settings, asked.settings)
            _conclude_on_one(proved(contents, asked.identity, language, signed, revealed), format_)
            return
        verification = verify(contents, signed)
    _conclude(verification, format_, language, file, asked.beside, is_ledger)


def _conclude(
    verification: Verification, format_: Format, language: str, file: str, beside: str | None, is_ledger: bool
) -> None:
    """Prints the verdict on this file, `beside` one's own ledger, and ends with exit code 4 if something is wrong.

    Raises WhytuneError: not-a-ledger and whatever else one's own ledger cannot be read for.
    """
    if beside is not None:
        with Ledger.to_read(beside) as own:
            verification = beside_own(verification, own)
    ledgers = file, beside or ""
    show(format_, verification.to_dict, lambda: verdict(verification, language, is_ledger, ledgers=ledgers))
    if verification.fault:
        end(UNVERIFIED)


def _conclude_on_one(proof: Shown[RecordProof | ChangedRecord], format_: Format) -> None:
    """Prints what proves one record, and ends with exit code 4 if something contradicts it, or 1 if replay does."""
    answer(format_, proof)
    if isinstance(proof.value, ChangedRecord) or proof.value.is_doubtful:
        end(UNVERIFIED)
    if proof.value.replayed.deviation:
        end(FAILED)


def stop_in_doubt(identity: str, chain: ChainNear, format_: Format | None, language: str) -> NoReturn:
    """Ends with exit code 4 what told of a record near which the chain is broken; beside data or a file, says so on
    stderr.
    """
    if format_ in ("json", None):
        doubt = document("", language, in_doubt(identity, chain, language))
        click.echo(terminal.text(with_own_ledger(doubt), width()), err=True, nl=False)
    end(UNVERIFIED)


def stop_unverified(verification: Verification, format_: str, language: str) -> NoReturn:
    """Ends with exit code 4 what told of a damaged ledger; beside data, says on stderr what is wrong."""
    if format_ in ("json", "csv"):
        click.echo(terminal.text(with_own_ledger(verdict(verification, language, is_ledger=True))), err=True, nl=False)
    end(UNVERIFIED)
