"""`whytune audit keygen`: a pair of keys for checkpoints."""

from __future__ import annotations

import click

from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import phrase
from whytune.prose import terminal
from whytune.signing import keygen as make_keys

from ...options import spoken_option
from ...streams import width


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
    private, public = make_keys(name)
    made = phrase("keys_made", language, private=visible(private), public=visible(public))
    click.echo(terminal.wrapped(made, width()), err=True)
