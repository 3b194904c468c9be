"""`whytune export`: a rulebook in another program's format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from whytune.days import today_or
from whytune.engine import load
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import phrase
from whytune.exchange.crossing import Outgoing
from whytune.exchange.folder import crossing_files

from ..options import as_of_option, language_of, language_option, rulebook_option
from ..output import note
from ..outside.files import save, save_below


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
    """Write a rulebook for another program: a workbook (.xlsx, or a folder of CSV) or a decision model (.dmn).

    Edits made in a workbook can be taken back with `whytune import`. In a decision model each decision is a table, by
    the rules of one day: of rows of which exactly one holds in every case or, with `--as rules`, of the rules as they
    are, under a hit policy. The rules come back from it, but no cases, prices or translations. What the other format
    cannot say is listed. Nothing is overwritten.

    \b
    Examples:
      whytune export guide.xlsx
      whytune export guide.dmn
      whytune export guide.dmn --as rules
      whytune export my-rules.xlsx --rulebook my-rules --language zh
      whytune export sheets/ --rulebook my-rules
    """
    from whytune.exchange.file_kinds import exported, kind_of  # XML and workbooks are for those who ask for them

    if kind_of(file).ending != ".dmn" and form:
        raise click.UsageError("--as goes with a decision model: FILE.dmn")
    loaded = load(rulebook)
    spoken = language_of(loaded, language)
    outgoing = Outgoing(loaded, crossing_files(rulebook), spoken, today_or(as_of), as_rules=form == "rules")
    made = exported(file, outgoing)
    if "" in made.files:
        save(file, made.files[""], new=True)
    else:
        texts = {str(Path(file) / name): data.decode() for name, data in made.files.items()}
        save_below(Path(file), texts, dict.fromkeys(texts))
    click.echo(phrase("exported", spoken, file=visible(file)))
    note(made.remarks, spoken)
