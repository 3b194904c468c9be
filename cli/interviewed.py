"""What becomes of the answers of an interview: a case file, more questions, and commands to be copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import click

from whytune.engine.advice.explanations import NextQuestion
from whytune.engine.authoring.scaffold.templates import quoted as quoted_in_yaml
from whytune.engine.language.intervals import OtherText
from whytune.engine.language.problems import visible
from whytune.engine.language.value import Value, json_value
from whytune.engine.words.speaker import Speaker
from whytune.prose import terminal
from whytune.prose.regions import rulebook_option
from whytune.prose.shell import quoted

from .streams import width


def asking_again(rulebook: str, day: date | None, language: str | None) -> Iterator[str]:
    """The options with which the same is asked of the same rulebook again."""
    yield from rulebook_option(rulebook)
    if day:
        yield f"--as-of {day}"
    if language:
        yield f"--language {quoted(language)}"


def case_file(known: Mapping[str, Value], day: date | None) -> str:
    """What is known, as a case file, for this day if there is one."""
    dated = f"as_of: {day}\n" if day else ""
    rows = [f"  {name}: {_in_yaml(value)}" for name, value in known.items()]
    return dated + ("\n".join(["given:", *rows]) + "\n" if rows else "given: {}\n")


def _in_yaml(value: Value) -> Any:
    """The value as a case file writes it: without quotes, `>= 50` and `other: ...` mean something else in YAML."""
    plain = json_value(value)
    if isinstance(plain, str) and (isinstance(value, OtherText) or plain.startswith(("<", ">"))):
        return quoted_in_yaml(plain)
    return plain


def beyond(further: Sequence[NextQuestion], speaker: Speaker) -> Iterator[str]:
    """Says that more questions bear on other decisions, if they do, and what asks them."""
    if further:
        subjects = (speaker.say("quoted", text=speaker.subject(question.decision)) for question in further)
        most = str(sum(question.remaining for question in further))
        more = speaker.say("command_more")
        yield speaker.say("ask_beyond", count=most, decisions=speaker.listed(subjects), more=more)


def offer_questions(words: Iterable[str], speaker: Speaker) -> None:
    """Writes a command that asks why the advice is what it is, and says what else can be asked in this way."""
    click.echo("\n" + terminal.wrapped(speaker.say("ask_further"), width()), err=True)
    click.echo("\n".join(terminal.command(("whytune why", *words), width(), 2)), err=True)


def tell_of(file: str, options: Iterable[str], speaker: Speaker) -> None:
    """Says which file holds the answers, and what can be done with it."""
    words = " ".join((quoted(file), *options))
    rows = [
        (f"whytune advise {words}", speaker.say("saved_to_advise")),
        (f"whytune ask {words}", speaker.say("saved_to_ask")),
    ]
    click.echo("\n" + terminal.wrapped(speaker.say("ask_saved", file=visible(file)), width()), err=True)
    click.echo("\n".join(terminal.table(rows, width())), err=True)
