"""`whytune export`: a rulebook in another program's format."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

import whytune
from whytune.days import today_or
from whytune.engine import load
from whytune.engine.language.problems import Sentence, visible
from whytune.engine.words.catalogue import phrase
from whytune.exchange.crossing import Exported, Outgoing
from whytune.exchange.folder import crossing_files

from ..options import as_of_option, language_of, language_option, rulebook_option
from ..output import note
from ..outside.files import save, save_below

MODULE = ".py"
"""The ending of a module of Python."""

_OF_MODULES = (
    Sentence(
        "the module tells advice, status, what is possible, what decided and cautions; what an answer rests on, and "
        "what to ask next, `whytune advise` tells"
    ),
    Sentence("a fact is given there as one value, or left out: what is known in part is refused"),
)


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
    """Write a rulebook for another program: a workbook (.xlsx, or a folder of CSV), a decision model (.dmn) or a
    module of Python (.py).

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
    from whytune.exchange.file_kinds import exported, writer_of  # XML and workbooks are for those who ask for them

    ending = Path(file).suffix.lower()
    if ending != MODULE:
        writer_of(file, beside=[MODULE])
    if ending != ".dmn" and form:
        raise click.UsageError("--as goes with a decision model: FILE.dmn")
    loaded, day = load(rulebook), today_or(as_of)
    spoken = language_of(loaded, language)
    if ending == MODULE:
        module = whytune.Rulebook(loaded, rulebook, day, spoken).module()
        made = Exported({"": module.encode()}, _OF_MODULES)
    else:
        made = exported(file, Outgoing(loaded, crossing_files(rulebook), spoken, day, as_rules=form == "rules"))
    if "" in made.files:
        save(file, made.files[""], new=True)
    else:
        texts = {str(Path(file) / name): data.decode() for name, data in made.files.items()}
        save_below(Path(file), texts, dict.fromkeys(texts))
    click.echo(phrase("exported", spoken, file=visible(file)))
    note(made.remarks, spoken)
