"""`whytune schema`: JSON Schemas of rulebook files and case files, for editors."""

from __future__ import annotations

import json

import click

from whytune.engine import load
from whytune.engine.authoring.schema import case_schema, schemas_below
from whytune.engine.authoring.schema import schema as rulebook_schema
from whytune.engine.language.problems import visible
from whytune.saving import save_below

from ..options import language_of, language_option, own_folder


@click.command()
@click.option(
    "--rulebook",
    "-r",
    metavar="NAME|PATH",
    envvar="WHYTUNE_RULEBOOK",
    help="The rulebook whose names are completed; without it, any name is accepted.",
)
@click.option("--cases", is_flag=True, help="The schema of case files instead of rulebook files.")
@click.option("--write", is_flag=True, help="Write both into the folder `schema` of the rulebook.")
@language_option
def schema(rulebook: str | None, cases: bool, write: bool, language: str | None) -> None:
    """Print a JSON Schema of rulebook files, with which an editor completes, explains and checks what you type.

    After names change (a new fact, value, option or rule), --write brings the schemas beside a rulebook up to date.

    \b
    Examples:
      whytune schema > rulebook.json
      whytune schema --rulebook my-rules --cases
      whytune schema --rulebook my-rules --write
    """
    if write and rulebook is None:
        raise click.UsageError("--write needs --rulebook: beside which rulebook?")
    folder = own_folder(rulebook) if write and rulebook else None
    loaded = load(rulebook) if rulebook else None
    spoken = language_of(loaded, language) if loaded else None
    if loaded and folder:
        files = schemas_below(folder, loaded, spoken)
        save_below(folder, files)
        click.echo("\n".join(map(visible, files)))
    else:
        made = (case_schema if cases else rulebook_schema)(loaded, spoken)
        click.echo(json.dumps(made, ensure_ascii=False, indent=1))
