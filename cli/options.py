"""What commands share: the rulebook, language and format options, and the facts of a case."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple, TypeVar

import click

from whytune.engine import Advisor, Problem, Rulebook, Span, WhytuneError, load, source
from whytune.engine.case import CaseFacts, from_settings, resolve
from whytune.engine.casefile import CaseFile, read_case
from whytune.engine.loading import DEFAULT
from whytune.engine.problems import did_you_mean, short
from whytune.engine.speaker import Speaker

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


def rulebook_argument(command: Command) -> Command:
    """The rulebook that a command is about, as its argument."""
    return click.argument("rulebook", default=DEFAULT, metavar="[RULEBOOK]", envvar="WHYTUNE_RULEBOOK")(command)


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


def _named(ctx: click.Context, parameter: click.Parameter, path: str | None) -> str | None:
    """The path, if it is one; of an empty one, nobody would notice that nothing is recorded."""
    if path is not None and not path.strip():
        raise click.BadParameter("the path is empty", ctx, parameter)
    return path


def record_options(command: Command) -> Command:
    """--record and what a record says of the circumstances; `recording.keep` reads them, if there is a ledger."""
    for option in reversed(
        (
            click.option(
                "--record",
                "ledger",
                metavar="LEDGER",
                envvar="WHYTUNE_LEDGER",
                show_envvar=True,
                callback=_named,
                help="Keep the recommendation in this ledger, and print its id.",
            ),
            click.option(
                "--by", metavar="NAME", envvar="WHYTUNE_BY", show_envvar=True, help="Who gave the facts; recorded."
            ),
            click.option("--purpose", metavar="TEXT", help="What the advice is for; recorded."),
            click.option(
                "--evidence",
                multiple=True,
                metavar="FACT=REF",
                help="Where a fact comes from: a ticket, a file, a link; recorded. Repeatable.",
            ),
            click.option(
                "--keep-sensitive", is_flag=True, help="Record sensitive facts as they are, not as salted hashes."
            ),
            click.option(
                "--time",
                metavar="TIME",
                help="Record this time (2026-03-03T09:15:00Z) instead of the clock's; marked as given.",
            ),
        )
    ):
        command = option(command)
    return command


def ledger_option(command: Command) -> Command:
    return click.option(
        "--ledger",
        required=True,
        metavar="LEDGER",
        envvar="WHYTUNE_LEDGER",
        show_envvar=True,
        callback=_named,
        help="The ledger.",
    )(command)


def load_advisor(name: str, as_of: datetime | None) -> Advisor:
    """An advisor with the rules of that day."""
    return Advisor(load(name), today_or(as_of))


def today_or(moment: datetime | None) -> date:
    """The day of a --as-of option, today if it was left out: the clock is read here, never in the engine."""
    return moment.date() if moment else date.today()


def language_of(rulebook: Rulebook, asked: str | None) -> str:
    """The language asked for, or the rulebook's first; raises WhytuneError if it does not speak it."""
    return spoken("the rulebook", rulebook.languages, asked)


def spoken(speaker: str, languages: tuple[str, ...], asked: str | None) -> str:
    """The language asked for, or the first of these; raises WhytuneError if it is none of them."""
    if asked is None:
        return languages[0]
    if asked not in languages:
        hint = did_you_mean(asked, languages) or f"it speaks {', '.join(languages)}"
        raise WhytuneError([Problem("unknown-language", f"{speaker} has no texts in `{short(asked)}`", None, hint)])
    return asked


def read_changed(rulebook: Rulebook, case: str | None, settings: tuple[str, ...]) -> CaseFacts:
    """The facts of CASE with those of --set; what CASE gives and then no longer applies is left out."""
    given, changes = read_layers(case, settings)
    while True:
        try:
            return resolve(rulebook.vocabulary, given, changes)
        except WhytuneError as error:
            idle = {problem.span for problem in error.problems if problem.code == "not-applicable"}
            kept = tuple(entry for entry in given.entries if entry[1].span not in idle)
            if len(kept) == len(given.entries):
                raise
            given = source.Mapping(kept, given.span)


def read_layers(case: str | None, settings: tuple[str, ...]) -> tuple[source.Mapping, source.Mapping]:
    """What CASE (a path, or `-` for standard input) gives, and what --set gives; raises WhytuneError."""
    changes = from_settings(settings)
    return read_file(case).given, changes


def read_file(case: str | None) -> CaseFile:
    """What CASE (a path, or `-` for standard input) says; nothing if there is none. Raises WhytuneError."""
    if case is None:
        nothing = source.Mapping((), Span("facts"))
        return CaseFile(None, nothing, nothing, nothing, nothing.span)
    stdin = case == "-"
    node = (
        source.decode(sys.stdin.buffer.read(source.MAX_BYTES + 1), "stdin") if stdin else source.read(Path(case), case)
    )
    return read_case(node)


def read_facts(rulebook: Rulebook, case: str | None, settings: tuple[str, ...]) -> CaseFacts:
    """The facts of CASE (a path, or `-` for standard input) and --set; raises WhytuneError."""
    return resolve(rulebook.vocabulary, *read_layers(case, settings))


def stored_cases(folder: Path) -> list[tuple[str, source.Mapping]]:
    """What the cases of a folder, or of one file, are called, and the facts that they give; raises WhytuneError."""
    try:
        paths = sorted(folder.rglob("*.yaml")) if folder.is_dir() else [folder]
    except OSError as error:
        raise source.unreadable(Span(str(folder)), error) from None
    if not paths:
        hint = "a case is a .yaml file with the facts of one task"
        raise WhytuneError([Problem("empty-file", "no cases in this folder", Span(str(folder)), hint)])
    return [(path.stem, read_case(source.read(path)).given) for path in paths]


def decision_of(rulebook: Rulebook, name: str | None) -> str:
    """The decision asked for, or the last one; raises WhytuneError."""
    known = [step for kind, step in rulebook.steps if kind == "decision"]
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or f"the decisions are {', '.join(known)}"
        raise WhytuneError([Problem("unknown-decision", f"unknown decision `{short(name)}`", None, hint)])
    return name or known[-1]


class Asked(NamedTuple):
    """What a question is about: the rules, the language, the facts of a case, and one decision."""

    advisor: Advisor
    speaker: Speaker
    facts: CaseFacts
    decision: str


def question_options(command: Command) -> Command:
    """The options of a command that asks about one case; `asked_about` reads them."""
    command = click.option(
        "--decision", "-d", metavar="NAME", help="Which decision, where the rulebook has several; by default the last."
    )(command)
    return case_options(rulebook_option(as_of_option(language_option(format_option(command)))))


def asked_about(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: datetime | None,
    language: str | None,
    decision: str | None,
) -> Asked:
    """The values of `question_options`; raises WhytuneError."""
    advisor = load_advisor(rulebook, as_of)
    speaker = Speaker(advisor.rulebook, language_of(advisor.rulebook, language))
    return Asked(
        advisor, speaker, read_facts(advisor.rulebook, case, settings), decision_of(advisor.rulebook, decision)
    )


def show(format_: str, data: Callable[[], object], lines: Iterable[str]) -> None:
    """Writes an answer: its data as JSON, or its lines of prose."""
    click.echo(json.dumps(data(), ensure_ascii=False, indent=2) if format_ == "json" else "\n".join(lines))


def own_folder(rulebook: str) -> Path:
    """The folder of a rulebook into which something may be written, not one that is shipped; raises WhytuneError."""
    if not Path(rulebook).is_dir():
        hint = "name the folder of a rulebook of yours"
        raise WhytuneError([Problem("unwritable-file", f"`{short(rulebook)}` is no folder to write into", None, hint)])
    return Path(rulebook)
