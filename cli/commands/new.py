"""`whytune new`: a rulebook, a rule, a table or a case to be filled in. Nothing is overwritten."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Literal

import click

from whytune.copies import copied
from whytune.engine import Problem, WhytuneError, load
from whytune.engine.authoring import scaffold
from whytune.engine.authoring.schema import schemas_below
from whytune.engine.language.loading import BESIDE, rulebook_files, shipped
from whytune.engine.language.loading.shape import LANGUAGE
from whytune.engine.language.problems import Sentence, short, visible
from whytune.engine.language.text import NAME
from whytune.engine.words.catalogue import Family, phrase
from whytune.prose.shell import quoted
from whytune.saving import already_there, save_below

from .. import CommandList
from ..given_file import how_to_write
from ..options import language_of, language_option, own_folder, tell_in
from ..outside.files import locked

NextStep = Literal["fill_in", "title", "check", "test", "schema", "diff"]
"""What whoever has written something does next."""

FILL_IN: tuple[NextStep, ...] = ("fill_in", "check", "test")
"""The steps after anything that is to be filled in."""

_STEP = Family[NextStep]("step")


@click.group(cls=CommandList)
def new() -> None:
    """Write a rulebook, a rule, a table or a case to be filled in, or a copy of a rulebook.

    \b
    Examples:
      whytune new rulebook my-rules --language en,zh
      whytune new rulebook my-guide --from guide
      whytune new rule refuse_secrets --rulebook my-rules
      whytune new table data_volume --rulebook my-rules --columns need,examples
      whytune new case clinic_letters --rulebook my-rules
    """


_folder_option = click.option(
    "--rulebook",
    "-r",
    required=True,
    metavar="PATH",
    envvar="WHYTUNE_RULEBOOK",
    help="The folder of the rulebook, one of your own.",
)


@new.command("rulebook")
@click.argument("path")
@click.option(
    "--from",
    "origin",
    metavar="RULEBOOK",
    help="Copy this one, a name or a path, with its cases and prices, as a rulebook of its own at version 1.0.0.",
)
@click.option(
    "--language",
    "-l",
    "languages",
    metavar="en,zh",
    help="The languages of its texts, the main one first; by default en. A copy has those of the original.",
)
def new_rulebook(path: str, origin: str | None, languages: str | None) -> None:
    """Write a small rulebook into the folder PATH, or a copy of another: it loads as it is.

    The small one marks with TODO what is still to be written.

    \b
    Examples:
      whytune new rulebook my-rules --language en,zh
      whytune new rulebook my-guide --from guide
    """
    if origin is not None:
        _copy_rulebook(path, origin, languages)
        return
    spoken = _languages(languages or "en")
    tell_in(spoken[0])
    folder = _free_folder(path)
    files = _save_rulebook(folder, scaffold.new_rulebook(folder.resolve().name, spoken))
    _report(spoken[0], "written", files, path, (*FILL_IN, "schema"))


def _copy_rulebook(path: str, origin: str, languages: str | None) -> None:
    """Writes a copy of this rulebook, and says what its owner does next."""
    if languages is not None:
        raise click.UsageError(
            "--language goes with a new rulebook, --from with a copy, which has its languages already"
        )
    language = load(origin).languages[0]
    tell_in(language)
    folder = _free_folder(path)
    files = _save_rulebook(folder, copied(origin, folder.resolve().name))
    beside = sorted({f"{PurePath(file).parent}/" for file in files if Path(file).parent != folder})
    shown = [*(file for file in files if Path(file).parent == folder), *beside]
    _report(language, "written", shown, path, ("title", "check", "test", "diff"), origin)


def _free_folder(path: str) -> Path:
    """The folder of a new rulebook; raises WhytuneError: file-exists, if there is a rulebook in it."""
    folder = Path(path)
    _refuse_to_overwrite(rulebook_files(folder) if folder.is_dir() else ())
    return folder


def _save_rulebook(folder: Path, contents: Mapping[str, str | bytes]) -> list[str]:
    """Writes the files of a new rulebook, by their paths in its folder, and returns where; raises WhytuneError."""
    files = {str(folder / name): content for name, content in contents.items()}
    _refuse_to_overwrite(map(Path, files))
    save_below(folder, files, dict.fromkeys(files))
    return [*files]


@new.command("rule")
@click.argument("id")
@_folder_option
@click.option(
    "--file",
    metavar="NAME",
    help="The file to append it to, or a new one; by default the only one with rules, else ID.yaml.",
)
@language_option
def new_rule(id: str, rulebook: str, file: str | None, language: str | None) -> None:
    """Add the rule ID to a rulebook, with placeholders and the names that it may use.

    It is put at the end of the file that holds the rules or, if several do, into a new file, ID.yaml.

    \b
    Examples:
      whytune new rule refuse_secrets --rulebook my-rules
      whytune new rule refuse_secrets --rulebook my-rules --file secrets.yaml
    """
    folder = own_folder(rulebook)
    with locked(folder):
        spoken = language_of(load(rulebook), language)
        files = {str(path): path.read_bytes() for path in rulebook_files(folder)}
        made = scaffold.with_rule(files, id, _rule_file(folder, file), spoken)
        texts = {made.file: made.text, **schemas_below(folder, made.rulebook)}
        save_below(folder, texts, {made.file: files.get(made.file)})
    _report(spoken, "appended" if made.file in files else "written", [made.file], rulebook, FILL_IN)


@new.command("table")
@click.argument("name")
@_folder_option
@click.option("--decision", metavar="NAME", help="The decision that the table is about; by default the main one.")
@click.option("--columns", metavar="A,B", help="What its columns test; by default the first fact that they can.")
@click.option("--csv", "in_csv", is_flag=True, help="Write the rows into a CSV file, NAME.csv.")
@language_option
def new_table(
    name: str, rulebook: str, decision: str | None, columns: str | None, in_csv: bool, language: str | None
) -> None:
    """Add the table NAME to a rulebook, in a file of its own, with a row for each value of its first column.

    \b
    Examples:
      whytune new table data_volume --rulebook my-rules --columns need,examples
      whytune new table data_volume --rulebook my-rules --decision approach --csv
    """
    folder = own_folder(rulebook)
    with locked(folder):
        loaded = load(rulebook)
        spoken = language_of(loaded, language)
        files = {str(path): path.read_bytes() for path in rulebook_files(folder)}
        named = tuple(column.strip() for column in (columns or "").split(",") if column.strip())
        made = scaffold.new_table(files, scaffold.TableAsked(name, decision, named, in_csv), spoken)
        _refuse_to_overwrite(map(Path, made.files))
        texts = {**made.files, **schemas_below(folder, made.rulebook)}
        save_below(folder, texts, dict.fromkeys(made.files))
    _report(spoken, "written", made.files, rulebook, FILL_IN)


@new.command("case")
@click.argument("name")
@_folder_option
@language_option
def new_case(name: str, rulebook: str, language: str | None) -> None:
    """Write the case NAME into the folder `cases` of a rulebook, with every fact that it may give.

    \b
    Example:
      whytune new case clinic_letters --rulebook my-rules
    """
    folder = own_folder(rulebook, how_to_write(f"{name}.yaml", rulebook) if rulebook in shipped() else None)
    loaded = load(rulebook)
    spoken = language_of(loaded, language)
    if not NAME.fullmatch(name):
        hint = Sentence("use lower-case letters, digits and `_`, at most 60, a letter first")
        raise WhytuneError([Problem("bad-name", Sentence("`{name}` cannot be a name", name=short(name)), None, hint)])
    file = str(folder / "cases" / f"{name}.yaml")
    _refuse_to_overwrite([Path(file)])
    save_below(folder, {file: scaffold.new_case(loaded, spoken), **schemas_below(folder, loaded)}, {file: None})
    _report(spoken, "written", [file], rulebook, FILL_IN)


def _languages(written: str) -> tuple[str, ...]:
    languages = tuple(language.strip() for language in written.split(","))
    for language in languages:
        if not LANGUAGE.fullmatch(language):
            raise click.UsageError(f"`{short(language)}` is not a language code: for example en, zh, pt-BR")
    return tuple(dict.fromkeys(languages))


def _rule_file(folder: Path, written: str | None) -> str | None:
    """The file that --file gives, by name or by path."""
    if written is None:
        return None
    name = Path(written).name
    if written not in (name, str(folder / name)) or name.startswith(".") or not name.endswith((".yaml", ".yml")):
        raise click.UsageError(f"--file is the name of a .yaml file of the rulebook, not `{short(written)}`")
    if name in BESIDE:
        raise click.UsageError(f"--file is a file of rules: `{name}` stands beside the rulebook and holds none")
    return str(folder / name)


def _refuse_to_overwrite(paths: Iterable[Path]) -> None:
    """Raises WhytuneError, file-exists, if any of these exists."""
    if there := sorted({str(path) for path in paths if os.path.lexists(path)}):
        raise already_there(there)


def _report(
    language: str, how: str, files: Iterable[str], rulebook: str, steps: Sequence[NextStep], origin: str = ""
) -> None:
    """Says what was written, and these steps to do next; a copy also says of what `origin`."""
    click.echo(phrase(how, language))
    for file in files:
        click.echo(f"  {visible(file)}")
    click.echo(f"\n{phrase('next_steps', language)}")
    for number, step in enumerate(steps, 1):
        text = phrase(_STEP[step], language, rulebook=quoted(rulebook), origin=quoted(origin))
        click.echo(f"  {number}. {text}")
