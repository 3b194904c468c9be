"""`whytune reason`: the few facts that alone force the advice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from whytune.engine.advice.explanations import SufficientReason, sufficient_reason
from whytune.engine.words.speaker import Speaker

from ..layout import table, wrap
from ..options import asked_about, question_options, show_lines


@click.command()
@question_options
def reason(format_: str, **about: Any) -> None:
    """Name a smallest set of the case's facts that alone forces the advice, whatever the other facts are.

    \b
    Example:
      whytune reason rules/guide/cases/clinic_terms_100_examples.yaml
    """
    asked = asked_about(**about)
    answer = sufficient_reason(asked.advisor, asked.facts, asked.decision)
    show_lines(format_, answer.to_dict, asked.answer(_lines(answer, asked.speaker)))


def _lines(answer: SufficientReason, speaker: Speaker) -> Iterator[str]:
    if answer.outcome is None:
        yield speaker.say("reason_none")
        return
    key = "reason" if answer.facts else "reason_always"
    yield wrap(speaker.say(key, option=speaker.option(answer.decision, answer.outcome)))
    yield from table(
        [
            (speaker.fact(name), speaker.say("assumed_mark", value=said) if name in answer.assumed else said)
            for name, value in answer.facts
            for said in [speaker.value(name, value)]
        ]
    )
    if not answer.smallest:
        yield wrap(speaker.say("reason_irreducible"))
    if answer.alternatives:
        yield wrap(speaker.say("reason_others", count=str(answer.alternatives)))
