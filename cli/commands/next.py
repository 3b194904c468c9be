"""`whytune next`: the next question worth asking, why, and what each answer leads to."""

from __future__ import annotations

from typing import Any

import click

from whytune.engine.advice.explanations import NextQuestion

from ..options import Asked, asked_about, question_options
from ..output import Format, show


@click.command()
@question_options
def next(format_: Format, **about: Any) -> None:
    """Name the next question worth asking; nothing that cannot change the advice is ever asked.

    \b
    Examples:
      whytune next --set prompt_enough=no
      whytune next case.yaml --format json
    """
    asked = asked_about(**about)
    question = asked.question.next_question(asked.decision)
    show(format_, lambda: form(question.value, asked), question.document)


def form(answer: NextQuestion, asked: Asked) -> dict[str, Any]:
    """The answer with all that a form needs to put the question: its texts, kind, values, unit and range."""
    fact = asked.advisor.rulebook.vocabulary.by_name[answer.fact] if answer.fact else None
    shown = {"ask", "label", "help", "evidence", "kind", "values", "labels", "unit", "range"}
    texts = fact.model_dump(mode="json", include=shown, exclude_none=True) if fact else None
    return {**answer.to_dict(), "question": texts}
