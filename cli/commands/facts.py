"""`whytune facts`: what can be known about a task."""

from __future__ import annotations

import click

from whytune import contents
from whytune.engine import load
from whytune.engine.words.speaker import Speaker

from ..options import language_of, language_option, rulebook_option
from ..output import answer, format_option_with, is_told

PROMPT = "prompt"
"""The format that explains the facts to an assistant that reads a description."""


@click.command()
@click.argument("name", required=False)
@rulebook_option
@language_option
@format_option_with(PROMPT)
def facts(name: str | None, rulebook: str, language: str | None, format_: str) -> None:
    """List the facts that a case may give, in the order of the questions; or show the one called NAME.

    `--format prompt` writes instructions for turning a description of a task into facts, each with the words that state
    it: give them to an assistant with a description, and give the case that comes back to `whytune advise`.

    \b
    Examples:
      whytune facts
      whytune facts examples --language zh
      whytune facts --format prompt
    """
    loaded = load(rulebook)
    speaker = Speaker(loaded, language_of(loaded, language))
    if is_told(format_):
        answer(format_, contents.facts(name, speaker))
    elif name is not None:
        raise click.UsageError("--format prompt is about all facts: leave NAME out")
    else:
        answer("markdown", contents.codebook(speaker, rulebook))
