"""`whytune audit verify-export`: does an export verify?"""

from __future__ import annotations

from typing import Any

import click

from whytune.engine.ledger.export import Export
from whytune.shown import Format

from ...options import spoken_option
from ...output import format_option
from .verdict import Verifying, verification_options, verify_contents


@click.command()
@click.argument("file")
@verification_options
@format_option
@spoken_option
def verify_export(file: str, format_: Format, language: str, **asked: Any) -> None:
    """Verify FILE, written by `whytune audit export`, or one record in it, as `whytune audit verify` does a ledger's.

    docs/ledger.md says how to do it without whytune.

    \b
    Examples:
      whytune audit verify-export ledger.jsonl
      whytune audit verify-export ledger.jsonl --checkpoint march.json --public-key auditor.pub
      whytune audit verify-export ledger.jsonl --record 12-3f9a0c1b
    """
    verify_contents(Export, file, Verifying(**asked), format_, language)
