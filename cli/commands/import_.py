"""`whytune import`: a file of another program -> a rulebook, or edits of one."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import click

from whytune.engine.authoring.schema import FOLDER, RULEBOOK_MODELINE, schemas_below
from whytune.engine.language.loading import loads
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import phrase
from whytune.exchange.crossing import Imported, rulebook_part
from whytune.exchange.folder import there_already
from whytune.prose.shell import quoted
from whytune.saving import already_there, save_below

from ..options import spoken_option
from ..output import note


@click.command("import")
@click.argument("file", metavar="FILE|FOLDER/")
@click.option("--into", required=True, metavar="FOLDER", help="The folder of the rulebook: a new one, or your own.")
@click.option(
    "--partial", is_flag=True, help="Import what a rulebook can say; the rest becomes facts to be given, and is listed."
)
@spoken_option
def import_(file: str, into: str, partial: bool, language: str) -> None:
    """Make a rulebook of a decision model (.dmn) or a table (.xlsx, .csv, .zip), or take back what was exported.

    What a rulebook cannot say is refused, everything at once and each part at its place. A new rulebook overwrites
    nothing. A workbook written by `whytune export` comes back with the edits made in it: its own rulebook changes in
    nothing else, and a new folder gets all of it. A decision model written by `whytune export` brings its rulebook back
    into a new folder, unless somebody has changed it.

    \b
    Examples:
      whytune import docs/examples/loan.dmn --into my-loans
      whytune import model.dmn --into my-rules --partial
      whytune import costs.csv --into my-costs
      whytune import my-rules.xlsx --into my-rules
    """
    from whytune.exchange.file_kinds import imported, kind_of  # XML and workbooks are for those who ask for them
    from whytune.imports import Import

    kind_of(file)
    folder = Path(into)
    before = there_already(folder)
    read = imported(file, language=language, partial=partial, into=before)
    made = Import(read, file, language, before)
    if before and not made.is_edit:
        raise already_there(str(folder / name) for name in before)
    texts = {str(folder / name): text for name, text in made.changed.items()}
    if texts and _wants_schemas(folder, read):
        files = {name: text.encode() for name, text in read.files.items()}
        texts |= schemas_below(folder, loads(rulebook_part(files)))
    was = {str(folder / name): data for name, data in before.items()}
    save_below(folder, texts, {path: was.get(path) for path in texts if FOLDER not in Path(path).parts[-2:-1]})
    _report(read, texts, into, language)


def _wants_schemas(folder: Path, read: Imported) -> bool:
    """Does the folder have schemas, or do its files name some?"""
    return (folder / FOLDER).is_dir() or any(text.startswith(RULEBOOK_MODELINE) for text in read.files.values())


def _report(read: Imported, paths: Collection[str], into: str, language: str) -> None:
    """Says which files were written, what was changed or guessed, and what to do next."""
    if not paths:
        click.echo(phrase("imported_nothing", language, rulebook=visible(into)))
        return
    click.echo(phrase("written", language))
    for path in paths:
        click.echo(f"  {visible(path)}")
    note(read.remarks, language)
    click.echo(f"\n{phrase('next_steps', language)}")
    for number, step in enumerate(("step_check", "step_test"), 1):
        click.echo(f"  {number}. {phrase(step, language, rulebook=quoted(into))}")
