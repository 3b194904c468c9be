"""`whytune rulebooks`: the rulebooks that come with whytune, and whom each is for."""

from __future__ import annotations

import click

from whytune.engine.words.shelf import shelf
from whytune.prose.shelf import shelf as shelf_document
from whytune.shown import Format

from ..options import spoken_option
from ..output import format_option, show


@click.command()
@spoken_option
@format_option
def rulebooks(language: str, format_: Format) -> None:
    """List the rulebooks that come with whytune, with the edition of each and whom it is for.

    \b
    Examples:
      whytune rulebooks
      whytune rulebooks --language zh --format json
    """
    shown = shelf()
    show(format_, shown.to_dict, lambda: shelf_document(shown, language))
