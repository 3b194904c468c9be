"""How a verification is asked for and ends: the options, the checkpoints to meet, the exit code."""

from __future__ import annotations

from typing import NoReturn

import click

from whytune.engine.ledger.beside_own import beside_own
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import Verification
from whytune.prose import terminal
from whytune.prose.document import document
from whytune.prose.faults import in_doubt
from whytune.prose.ledger_verdict import verdict
from whytune.shown import Format, Shown
from whytune.signing import read_signed

from ... import FAILED, UNVERIFIED
from ...options import end, set_option
from ...output import Decorated, answer, show
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


def record_options(command: Decorated) -> Decorated:
    """--record, which asks about one record, and --set for what that keeps out."""
    for option in (
        set_option("With --record: the value of a fact that was kept out; it must be the recorded one."),
        click.option(
            "--record", "identity", metavar="ID", help="Only this record: its hash, its place, who signed it, replay."
        ),
    ):
        command = option(command)
    return command


def check_record_options(identity: str | None, settings: tuple[str, ...], beside: str | None) -> None:
    """Raises UsageError for options that do not go with each other."""
    if identity is not None and beside is not None:
        raise click.UsageError("--record asks about one record, --beside compares the first bad one: give one of them")
    if settings and identity is None:
        raise click.UsageError("--set gives what one record keeps out: name it with --record")


def conclude(
    verification: Verification,
    format_: Format,
    language: str,
    file: str,
    beside: str | None = None,
    is_ledger: bool = False,
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


def conclude_on_one(proof: Shown[RecordProof], format_: Format) -> None:
    """Prints what proves one record, and ends with exit code 4 if something contradicts it, or 1 if replay does."""
    answer(format_, proof)
    if proof.value.is_doubtful:
        end(UNVERIFIED)
    if proof.value.replayed.deviation:
        end(FAILED)


def stop_in_doubt(identity: str, chain: ChainNear, format_: Format | None, language: str) -> NoReturn:
    """Ends with exit code 4 what told of a record near which the chain is broken; beside data or a file, says so on
    stderr.
    """
    if format_ in ("json", None):
        doubt = document("", language, in_doubt(identity, chain, language))
        click.echo(terminal.text(doubt, width()), err=True, nl=False)
    end(UNVERIFIED)


def stop_unverified(verification: Verification, format_: str, language: str) -> NoReturn:
    """Ends with exit code 4 what told of a damaged ledger; beside data, says on stderr what is wrong."""
    if format_ in ("json", "csv"):
        click.echo(terminal.text(verdict(verification, language)), err=True, nl=False)
    end(UNVERIFIED)
