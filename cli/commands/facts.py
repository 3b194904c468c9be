"""`whytune facts`: what can be known of a task."""

from __future__ import annotations

import click

from whytune import contents
from whytune.engine import load
from whytune.engine.words.speaker import Speaker
from whytune.shown import Format

from ..options import language_of, language_option, rulebook_option
from ..output import answer, format_option


@click.command()
@click.argument("name", required=False)
@rulebook_option
@language_option
@format_option
def facts(name: str | None, rulebook: str, language: str | None, format_: Format) -> None:
    """List the facts that a case may give, in the order of the questions; or show the one called NAME.

    \b
    Examples:
      whytune facts
      whytune facts examples --language zh
    """
    loaded = load(rulebook)
    answer(format_, contents.facts(name, Speaker(loaded, language_of(loaded, language))))
