"""`whytune next`: the next question worth asking, why, and what each answer leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from whytune.engine.case import FactState
from whytune.engine.explanations import NextQuestion, next_question
from whytune.engine.speaker import Speaker

from .layout import heading, table, wrap
from .options import Asked, asked_about, question_options, show
from .prose import cells


@click.command()
@question_options
def next(format_: str, **about: Any) -> None:
    """Name the next question worth asking; nothing that cannot change the advice is ever asked.

    \b
    Examples:
      whytune next --set prompt_enough=no
      whytune next case.yaml --format json
    """
    asked = asked_about(**about)
    answer = next_question(asked.advisor, asked.facts, asked.decision)
    show(format_, lambda: form(answer, asked), asked.answer(lines(answer, asked.speaker, asked.facts.states)))


def form(answer: NextQuestion, asked: Asked) -> dict[str, Any]:
    """The answer with all that a form needs to put the question: its texts, kind, values, unit and range."""
    fact = asked.advisor.rulebook.vocabulary.by_name[answer.fact] if answer.fact else None
    shown = {"ask", "label", "help", "evidence", "kind", "values", "labels", "unit", "range"}
    question = fact.model_dump(mode="json", include=shown, exclude_none=True) if fact else None
    return {**answer.to_dict(), "question": question}


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
