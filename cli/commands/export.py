"""`whytune export`: a rulebook as another program has it."""

from __future__ import annotations

from pathlib import Path

import click

from whytune.engine import load
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import phrase, translated
from whytune.exchange.crossing import Outgoing
from whytune.exchange.file_kinds import exported, kind_of
from whytune.exchange.folder import crossing_files

from ..options import language_of, language_option, rulebook_option
from ..outside.files import save, save_below


@click.command()
@click.argument("file", metavar="FILE|FOLDER/")
@rulebook_option
@language_option
def export(file: str, rulebook: str, language: str | None) -> None:
    """Write a rulebook as another program has it: FILE.xlsx is a workbook, FOLDER/ its sheets as CSV.

    What may be edited there can be taken back with `whytune import`. Nothing is overwritten.

    \b
    Examples:
      whytune export guide.xlsx
      whytune export my-rules.xlsx --rulebook my-rules --language zh
      whytune export sheets/ --rulebook my-rules
    """
    kind_of(file)
    loaded = load(rulebook)
    spoken = language_of(loaded, language)
    made = exported(file, Outgoing(loaded, crossing_files(rulebook), spoken))
    if "" in made.files:
        save(file, made.files[""], new=True)
    else:
        texts = {str(Path(file) / name): data.decode() for name, data in made.files.items()}
        save_below(Path(file), texts, dict.fromkeys(texts))
    for remark in made.remarks:
        click.echo(translated(remark, spoken), err=True)
    click.echo(phrase("exported", spoken, file=visible(file)))
