"""`whytune next`: the next question worth asking, why, and what each answer leads to."""

from __future__ import annotations

from typing import Any

import click

from whytune.questions import form
from whytune.shown import Format

from ..options import asked_about, question_options
from ..output import show


@click.command()
@question_options
def next(format_: Format, **about: Any) -> None:
    """Name the next question worth asking; a fact that cannot change the advice is never asked for.

    \b
    Examples:
      whytune next --set prompt_enough=no
      whytune next case.yaml --format json
      whytune next --of-record 12-3f9a0c1b --ledger advice.ledger
    """
    asked = asked_about(**about)
    question = asked.question.next_question(asked.decision)
    show(format_, lambda: form(question, asked.advisor), question.document)
