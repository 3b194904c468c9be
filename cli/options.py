"""What commands share: the rulebook, language and format options, and the facts of a case."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import click

from whytune.engine import Advisor, Problem, Rulebook, WhytuneError, load, source
from whytune.engine.case import CaseFacts, from_settings, read_case, resolve
from whytune.engine.loading import DEFAULT
from whytune.engine.problems import did_you_mean, short

Command = TypeVar("Command", bound=Callable[..., None])


def rulebook_option(command: Command) -> Command:
    return click.option(
        "--rulebook",
        "-r",
        default=DEFAULT,
        show_default=True,
        metavar="NAME|PATH",
        envvar="WHYTUNE_RULEBOOK",
        help="A shipped rulebook, or the path of a folder or YAML file.",
    )(command)


def language_option(command: Command) -> Command:
    return click.option(
        "--language",
        "-l",
        metavar="en|zh",
        envvar="WHYTUNE_LANGUAGE",
        help="The language of texts; by default the first of the rulebook.",
    )(command)


def format_option(command: Command) -> Command:
    return click.option(
        "--format",
        "-f",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Text for people, JSON for programs.",
    )(command)


def as_of_option(command: Command) -> Command:
    return click.option(
        "--as-of",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="DATE",
        help="The day whose rules hold (YYYY-MM-DD); today by default.",
    )(command)


def case_options(command: Command) -> Command:
    """CASE and --set: the facts."""
    command = click.option(
        "--set",
        "-s",
        "settings",
        multiple=True,
        metavar="FACT=VALUE",
        help="Give one fact; wins over the file. Repeatable.",
    )(command)
    return click.argument("case", required=False, metavar="[CASE.yaml]")(command)


def load_advisor(name: str, as_of: datetime | None) -> Advisor:
    """An advisor with the rules of that day."""
    return Advisor(load(name), today_or(as_of))


def today_or(moment: datetime | None) -> date:
    """The day of a --as-of option, today if it was left out: the clock is read here, never in the engine."""
    return moment.date() if moment else date.today()


def language_of(rulebook: Rulebook, asked: str | None) -> str:
    """The language asked for, or the rulebook's first; raises WhytuneError if it does not speak it."""
    if asked is None:
        return rulebook.languages[0]
    if asked not in rulebook.languages:
        spoken = ", ".join(rulebook.languages)
        hint = did_you_mean(asked, rulebook.languages) or f"it speaks {spoken}"
        raise WhytuneError([Problem("unknown-language", f"the rulebook has no texts in `{short(asked)}`", None, hint)])
    return asked


def read_facts(rulebook: Rulebook, case: str | None, settings: tuple[str, ...]) -> CaseFacts:
    """The facts of CASE (a path, or `-` for standard input) and --set; raises WhytuneError."""
    layers = [from_settings(settings)]
    if case is not None:
        node = (
            source.decode(sys.stdin.buffer.read(source.MAX_BYTES + 1), "stdin")
            if case == "-"
            else source.read(Path(case), case)
        )
        layers.insert(0, read_case(node).given)
    return resolve(rulebook.vocabulary, *layers)
