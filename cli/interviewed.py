"""What can be asked about the answers of an interview, in commands to be copied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import click

from whytune.engine.language.problems import visible
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
