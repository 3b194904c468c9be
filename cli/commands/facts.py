"""`whytune facts`: what can be known of a task."""

from __future__ import annotations

import click

from whytune import contents
from whytune.engine import load
from whytune.engine.words.speaker import Speaker

from ..options import language_of, language_option, rulebook_option
from ..output import answer, format_option_with, is_told

PROMPT = "prompt"
"""The format in which facts are told to whoever finds them in a description."""


@click.command()
@click.argument("name", required=False)
@rulebook_option
@language_option
@format_option_with(PROMPT)
def facts(name: str | None, rulebook: str, language: str | None, format_: str) -> None:
    """List the facts that a case may give, in the order of the questions; or show the one called NAME.

    `--format prompt` writes how a description of a task becomes facts, each with the words that state
    it: give it to an assistant together with a description, and the case that comes back to `whytune advise`.

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
        answer("markdown", contents.codebook(speaker))
