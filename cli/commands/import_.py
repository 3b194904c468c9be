"""`whytune import`: a decision model or a spreadsheet of another tool as a rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from whytune.engine.language.loading import rulebook_files
from whytune.engine.language.problems import Sentence, visible
from whytune.engine.words.catalogue import phrase, translated
from whytune.exchange.file_kinds import imported
from whytune.prose.shell import quoted

from ..options import spoken_option
from ..outside.files import already_there, save_below


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("--into", required=True, metavar="FOLDER", help="The folder of the new rulebook.")
@click.option(
    "--partial", is_flag=True, help="Import what can be said; what cannot becomes facts to be given, and is listed."
)
@spoken_option
def import_(file: str, into: str, partial: bool, language: str) -> None:
    """Make a rulebook of a decision model (.dmn).

    What a rulebook cannot say is refused, all of it at once and each at its place. Nothing that is there is
    overwritten.

    \b
    Examples:
      whytune import docs/examples/loan.dmn --into my-loans
      whytune import model.dmn --into my-rules --partial
    """
    made = imported(file, language=language, partial=partial)
    folder = Path(into)
    if folder.is_dir() and (there := rulebook_files(folder)):
        raise already_there(map(str, there))
    files = {str(folder / name): text for name, text in made.files.items()}
    save_below(folder, files, dict.fromkeys(files))
    click.echo(phrase("written", language))
    for name in files:
        click.echo(f"  {visible(name)}")
    _note(made.remarks, language)
    click.echo(f"\n{phrase('next_steps', language)}")
    for number, step in enumerate(("step_check", "step_test"), 1):
        click.echo(f"  {number}. {phrase(step, language, rulebook=quoted(into))}")


def _note(remarks: Iterable[Sentence], language: str) -> None:
    if lines := [f"  - {translated(remark, language)}" for remark in remarks]:
        click.echo("\n".join(["", phrase("to_note", language), *lines]))
