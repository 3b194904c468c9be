"""`whytune why`: what decided the advice, and what each rival lacked or which rule ruled it out."""

from __future__ import annotations

from typing import Any

import click

from whytune.prose.levels import Level
from whytune.shown import Format

from ..options import asked_about, question_options
from ..output import answer, level_option


@click.command()
@question_options
@level_option("normal adds the numbered proof, full also the rules that are not in force.")
def why(format_: Format, level: Level, **about: Any) -> None:
    """Say why the advice is what it is, briefly or with its proof.

    \b
    Examples:
      whytune why rules/guide/cases/clinic_terms_100_examples.yaml
      whytune why case.yaml --level normal --language zh
      whytune why --of-record 12-3f9a0c1b --ledger advice.ledger
    """
    asked = asked_about(**about)
    answer(format_, asked.question.why(asked.decision), level)
