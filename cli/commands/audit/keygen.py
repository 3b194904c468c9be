"""`whytune audit keygen`: a pair of keys for checkpoints."""

from __future__ import annotations

import secrets

import click

from whytune.engine.language.problems import visible
from whytune.engine.ledger.checkpoint import keys
from whytune.engine.words.catalogue import phrase

from ...options import spoken_option
from ...outside.files import refuse_to_overwrite, save

SEED = 32
"""Bytes of an Ed25519 seed (RFC 8032)."""


@click.command()
@click.argument("name")
@spoken_option
def keygen(name: str, language: str) -> None:
    """Make a pair of Ed25519 keys: NAME.key to sign checkpoints with, NAME.pub to verify them.

    Keep NAME.key away from those who can write to the ledger, or a checkpoint proves nothing. It is not encrypted,
    and readable to you alone. No file is overwritten.

    \b
    Example:
      whytune audit keygen auditor
    """
    pair = keys(secrets.token_bytes(SEED))
    private, public = f"{name}.key", f"{name}.pub"
    refuse_to_overwrite(private, public)
    save(private, pair.private, private=True)
    save(public, pair.public, new=True)
    click.echo(phrase("keys_made", language, private=visible(private), public=visible(public)), err=True)
