"""`whytune facts`: what can be known of a task."""

from __future__ import annotations

import click

from whytune.engine import Problem, WhytuneError, load
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.words.speaker import Speaker
from whytune.prose import rulebook as prose

from ..options import language_of, language_option, rulebook_option
from ..output import Format, format_option, show


@click.command()
@click.argument("name", required=False)
@rulebook_option
@language_option
@format_option
def facts(name: str | None, rulebook: str, language: str | None, format_: Format) -> None:
    """List the facts that a case may give, in the order of the questions; or show the one called NAME.

    \b
    Examples:
      whytune facts
      whytune facts examples --language zh
    """
    loaded = load(rulebook)
    speaker = Speaker(loaded, language_of(loaded, language))
    known = {fact.fact: fact for fact in loaded.vocabulary.declared}
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or Sentence("`whytune facts` lists them")
        raise WhytuneError([Problem("unknown-fact", Sentence("unknown fact `{name}`", name=short(name)), None, hint)])
    shown = [known[name]] if name else list(known.values())
    data = [fact.model_dump(mode="json", exclude_none=True, exclude_defaults=True) for fact in shown]
    told = (lambda: prose.fact(shown[0], speaker)) if name else (lambda: prose.facts(shown, speaker))
    show(format_, lambda: data[0] if name else data, told)
