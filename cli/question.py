"""The next question with its reasons, in prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from whytune.engine.advice.explanations import NextQuestion
from whytune.engine.language.case import FactState
from whytune.engine.words.speaker import Speaker

from .layout import heading, table, wrap
from .prose import cells


def lines(answer: NextQuestion, speaker: Speaker, states: Mapping[str, FactState]) -> Iterator[str]:
    """The question with its reasons, in prose."""
    if answer.fact is None:
        yield speaker.say("no_question")
        return
    yield click.style(speaker.question(answer.fact), bold=True) + f"  (--set {answer.fact}=…)"
    if answer.confirms:
        yield speaker.say("confirms", value=speaker.value(answer.fact, states[answer.fact].value))
    yield heading(speaker.say("answers"))
    yield from table(
        [
            (cells(speaker, answer.fact, each.cells), speaker.options(answer.decision, each.outcomes))
            for each in answer.answers
        ]
    )
    yield heading(speaker.say("asked_for"))
    for rule in answer.waiting:
        yield wrap(speaker.rule(rule), 4, "  -")
    yield "\n" + speaker.say("remaining", count=str(answer.remaining))
    if answer.idle:
        yield wrap(speaker.pair(speaker.say("idle"), speaker.listed(map(speaker.fact, answer.idle))))
