"""Checkpoints of a ledger, and the keys that sign and verify them, as files."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from os import PathLike, fspath
from pathlib import Path

from whytune.engine.language.problems import short
from whytune.engine.language.source import read_bytes
from whytune.engine.ledger import checkpoint as checkpoints
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import Verification, damaged, verify

from .keeping import system_clock
from .keywords import checking_keywords
from .saving import explained, refuse_to_overwrite, write_new

SEED = 32
"""Bytes of an Ed25519 seed (RFC 8032)."""


@checking_keywords
def keygen(name: str | PathLike[str]) -> tuple[str, str]:
    """Makes a pair of Ed25519 keys, NAME.key to sign checkpoints with and NAME.pub to verify them, and names the files.

    Keep NAME.key away from those who can write to the ledger, or a checkpoint proves nothing. It is not encrypted, and
    readable to you alone. Raises WhytuneError: unwritable-file, also where one of the files exists.
    """
    pair = checkpoints.keys(secrets.token_bytes(SEED))
    private, public = f"{fspath(name)}.key", f"{fspath(name)}.pub"
    refuse_to_overwrite(private, public)
    for file, content, mode in ((private, pair.private, 0o600), (public, pair.public, 0o666)):
        with explained(file):
            write_new(file, [content], mode)
    return private, public


def read_signed(files: Sequence[str], public_key: str | None) -> tuple[Checkpoint, ...]:
    """The checkpoints in these files, each with its signature verified; raises WhytuneError: bad-checkpoint, wrong-key.

    Raises ValueError for checkpoints without the key to verify them, or a key alone.
    """
    if bool(files) != bool(public_key):
        raise ValueError("checkpoints and public_key go together: a key from elsewhere proves who signed")
    if not public_key:
        return ()
    key, *signed = (read_bytes(Path(file), short(file)) for file in (public_key, *files))
    return tuple(checkpoints.read(text, file, key, public_key) for text, file in zip(signed, files, strict=True))


def signed_end(verification: Verification, key: str, time: datetime) -> bytes:
    """A checkpoint of the end of a ledger that was verified, signed at this time with the private key in this file.

    Raises WhytuneError: ledger-damaged, wrong-key, missing-file, unreadable-file.
    """
    if verification.fault:
        raise damaged(verification.fault)
    return checkpoints.sign(verification.end, time, read_bytes(Path(key), short(key)), key)


def sign(ledger: Ledger, file: str, key: str, before: Sequence[Checkpoint]) -> None:
    """Writes a checkpoint of a ledger to a new file, after verifying all of it; the clock is read.

    Raises WhytuneError: ledger-damaged, wrong-key, unwritable-file.
    """
    text = signed_end(verify(ledger, before), key, system_clock().time)
    with explained(file):
        write_new(file, [text], 0o666)
