"""`whytune export`: a rulebook in another program's format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import whytune
from whytune.days import today_or
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import phrase
from whytune.exchange.crossing import Outgoing
from whytune.exchange.folder import load_to_cross
from whytune.exports import MODEL, check_form, exported, save

from ..options import as_of_option, language_of, language_option, rulebook_option
from ..output import note


@click.command()
@click.argument("file", metavar="FILE|FOLDER/")
@rulebook_option
@language_option
@as_of_option()
@click.option(
    "--as",
    "form",
    type=click.Choice(["disjoint", "rules"]),
    help="The rows of a decision model: exactly one of which holds, or the rules as they are.  [default: disjoint]",
)
def export(file: str, rulebook: str, language: str | None, as_of: date | None, form: str | None) -> None:
    """Write a rulebook for another program: a workbook (.xlsx, or a folder of CSV, also as .zip), a decision model
    (.dmn) or a module of Python (.py).

    Edits made in a workbook can be taken back with `whytune import`. In a decision model each decision is a table, by
    the rules of one day: of rows of which exactly one holds in every case or, with `--as rules`, of the rules as they
    are, under a hit policy. The rules come back from it, but no cases, prices or translations. A module of Python has
    a function `advise` that answers in microseconds and needs nothing of whytune. What the other format cannot say is
    listed. Nothing is overwritten.

    \b
    Examples:
      whytune export guide.xlsx
      whytune export guide.dmn
      whytune export guide.dmn --as rules
      whytune export advice.py --rulebook practice
      whytune export my-rules.xlsx --rulebook my-rules --language zh
      whytune export sheets/ --rulebook my-rules
    """
    if form and Path(file).suffix.lower() != MODEL:
        raise click.UsageError(f"--as goes with a decision model: FILE{MODEL}")
    check_form(file, form == "rules")
    content, files = load_to_cross(rulebook)
    day, spoken = today_or(as_of), language_of(content, language)
    outgoing = Outgoing(content, files, spoken, day, as_rules=form == "rules")
    made = exported(file, outgoing, whytune.Rulebook(content, rulebook, day, spoken).module)
    save(file, made)
    click.echo(phrase("exported", spoken, file=visible(file)))
    note(made.remarks, spoken)
