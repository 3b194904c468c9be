"""`whytune reason`: the few facts that alone force the advice."""

from __future__ import annotations

from typing import Any

import click

from whytune.engine.advice.explanations import sufficient_reason
from whytune.prose.reason import reason as told

from ..options import Format, asked_about, question_options, show


@click.command()
@question_options
def reason(format_: Format, **about: Any) -> None:
    """Name a smallest set of the case's facts that alone forces the advice, whatever the other facts are.

    \b
    Example:
      whytune reason rules/guide/cases/clinic_terms_100_examples.yaml
    """
    asked = asked_about(**about)
    answer = sufficient_reason(asked.advisor, asked.facts, asked.decision)
    show(format_, answer.to_dict, lambda: asked.document(told(answer, asked.speaker)))
