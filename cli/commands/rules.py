"""`whytune rules`: what the rulebook holds, and where each rule comes from."""

from __future__ import annotations

from datetime import date

import click

from whytune import contents
from whytune.engine import load
from whytune.engine.words.speaker import Speaker
from whytune.shown import Format

from ..options import as_of_option, language_of, language_option, rulebook_option
from ..output import answer, format_option


@click.command()
@click.argument("id", required=False)
@rulebook_option
@as_of_option(default="all, whatever their days")
@language_option
@format_option
def rules(id: str | None, rulebook: str, as_of: date | None, language: str | None, format_: Format) -> None:
    """List the rules, policies and notes of a rulebook; or show the one called ID, with its source.

    \b
    Examples:
      whytune rules
      whytune rules prompt_is_enough --language zh
      whytune rules approach.if_none_stands
      whytune rules --rulebook my-rules --as-of 2026-07-01
    """
    loaded = load(rulebook)
    answer(format_, contents.rules(id, as_of, Speaker(loaded, language_of(loaded, language))))
