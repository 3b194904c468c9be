"""`whytune audit verify-export`: does an export verify?"""

from __future__ import annotations

from functools import partial

import click

from whytune.engine.language.settings import from_settings
from whytune.engine.ledger.export import Export
from whytune.engine.ledger.verification import verify
from whytune.kept import proved
from whytune.shown import Format

from ...options import spoken_option
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
@click.argument("file")
@record_options
@checkpoint_options
@beside_option
@format_option
@spoken_option
def verify_export(
    file: str,
    identity: str | None,
    settings: tuple[str, ...],
    signed: tuple[str, ...],
    public_key: str | None,
    beside: str | None,
    format_: Format,
    language: str,
) -> None:
    """Verify FILE, written by `whytune audit export`, or one record in it, as `whytune audit verify` does a ledger's.

    docs/ledger.md says how to do it without whytune.

    \b
    Examples:
      whytune audit verify-export ledger.jsonl
      whytune audit verify-export ledger.jsonl --checkpoint march.json --public-key auditor.pub
      whytune audit verify-export ledger.jsonl --record 12-3f9a0c1b
    """
    check_record_options(identity, settings, beside)
    asked = read_checkpoints(signed, public_key)
    with Export(file) as export:
        if identity is not None:
            conclude_on_one(proved(export, identity, language, asked, partial(from_settings, settings)), format_)
            return
        verification = verify(export, asked)
    conclude(verification, format_, language, file, beside)
