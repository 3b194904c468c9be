"""`whytune rules`: what the rulebook holds, and where each rule comes from."""

from __future__ import annotations

from datetime import date

import click

import whytune
from whytune import contents
from whytune.engine import load
from whytune.engine.words.speaker import Speaker
from whytune.shown import Format

from ..given_file import read_file
from ..options import as_of_option, day_of, language_of, language_option, rulebook_option
from ..output import answer, format_option


@click.command()
@click.argument("id", required=False)
@rulebook_option
@as_of_option(default="all, whatever their days")
@click.option(
    "--case", metavar="CASE.yaml", help="With the ID of a table: mark the rows that are in force on this case."
)
@language_option
@format_option
def rules(
    id: str | None, rulebook: str, as_of: date | None, case: str | None, language: str | None, format_: Format
) -> None:
    """List the rules, policies and notes of a rulebook; or show the one called ID, with its source; or the table ID.

    \b
    Examples:
      whytune rules
      whytune rules prompt_is_enough --language zh
      whytune rules approach.if_none_stands
      whytune rules --rulebook my-rules --as-of 2026-07-01
      whytune rules domain_data --rulebook my-rules --case case.yaml
    """
    loaded, recommendation = load(rulebook), None
    if case and id not in {table.table for table in loaded.tables}:
        raise click.UsageError("--case goes with the ID of a table")
    if case:
        written = read_file(case, rulebook)
        on_day = whytune.load(rulebook).as_of(day_of(as_of, written))
        loaded, recommendation = on_day.content.as_of(on_day.day), on_day.case_of(written.given).recommendation
    answer(format_, contents.rules(id, as_of, Speaker(loaded, language_of(loaded, language)), recommendation))
