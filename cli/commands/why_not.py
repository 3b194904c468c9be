"""`whytune why-not`: how every rule for and against an option stands, and all that separates the advice from it."""

from __future__ import annotations

from typing import Any

import click

from whytune.engine.advice.explanations import flips
from whytune.engine.advice.explanations import why_not as explain
from whytune.prose.document import Document
from whytune.prose.why_not import why_not as told

from ..options import Format, asked_about, check_option, question_options, show


@click.command()
@question_options
@click.argument("option")
def why_not(option: str, format_: Format, **about: Any) -> None:
    """Say why OPTION is not the advice.

    \b
    Examples:
      whytune why-not rules/guide/cases/clinic_terms_100_examples.yaml full
      whytune why-not case.yaml rag --language zh
    """
    asked = asked_about(**about)
    check_option(asked, option)
    answer = explain(asked.advisor, asked.facts, asked.decision, option)

    def document() -> Document:
        ways = flips(asked.advisor, asked.facts, asked.decision, option)
        return asked.document(told(answer, ways, asked.speaker))

    show(format_, answer.to_dict, document)
