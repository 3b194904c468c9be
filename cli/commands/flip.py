"""`whytune flip`: the smallest changes of facts that lead to another advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from whytune.engine.advice.explanations import Flips, flips
from whytune.engine.advice.explanations.flips import GROUPS
from whytune.engine.language.rulebook import REFER
from whytune.engine.words.speaker import Speaker

from .. import prose
from ..layout import heading, wrap
from ..options import asked_about, check_option, question_options, show_lines


@click.command()
@question_options
@click.option("--to", metavar="OPTION", help="Only changes that lead to this option.")
def flip(to: str | None, format_: str, **about: Any) -> None:
    """List all smallest changes of facts that lead to another advice: to find out, to check, by who can make them.

    \b
    Examples:
      whytune flip rules/guide/cases/clinic_terms_100_examples.yaml
      whytune flip case.yaml --to full
    """
    asked = asked_about(**about)
    if to not in (None, REFER):
        check_option(asked, str(to))
    answer = flips(asked.advisor, asked.facts, asked.decision, to)
    show_lines(format_, answer.to_dict, asked.answer(_lines(answer, asked.speaker)))


def _lines(answer: Flips, speaker: Speaker) -> Iterator[str]:
    advice = speaker.option(answer.decision, answer.advice) if answer.advice else None
    if answer.to is not None and answer.to == answer.advice:
        yield speaker.say("is_advised", option=advice or "")
        return
    if not answer.flips:
        yield (
            speaker.say("no_way", option=speaker.option(answer.decision, answer.to))
            if answer.to
            else speaker.say("no_flip")
        )
        return
    head = speaker.say("flips_head", advice=advice) if advice else speaker.say("flips_open")
    yield click.style(wrap(head), bold=True)
    for group in GROUPS:
        found = [flip for flip in answer.flips if flip.group == group]
        if found:
            yield heading(speaker.say(f"flips_{group}"))
        for each in found:
            option = speaker.option(answer.decision, each.outcome)
            yield wrap(speaker.say("leads_to", changes=prose.flip(speaker, each), option=option), 4, "  -")
