"""`whytune audit verify-export`: does an export verify?"""

from __future__ import annotations

import click

from whytune.engine.ledger.export import Export
from whytune.engine.ledger.verification import verify
from whytune.shown import Format

from ...options import spoken_option
from ...output import format_option
from .verdict import beside_option, checkpoint_options, conclude, read_checkpoints


@click.command()
@click.argument("file")
@checkpoint_options
@beside_option
@format_option
@spoken_option
def verify_export(
    file: str, signed: tuple[str, ...], public_key: str | None, beside: str | None, format_: Format, language: str
) -> None:
    """Verify FILE, written by `whytune audit export`, as `whytune audit verify` verifies a ledger.

    docs/ledger.md says how to do it without whytune.

    \b
    Examples:
      whytune audit verify-export ledger.jsonl
      whytune audit verify-export ledger.jsonl --checkpoint march.json --public-key auditor.pub
    """
    asked = read_checkpoints(signed, public_key)
    with Export(file) as export:
        verification = verify(export, asked)
    conclude(verification, format_, language, file, beside)
