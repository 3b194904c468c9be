"""`whytune why-not`: the state of every rule for and against an option, and what separates the advice from it."""

from __future__ import annotations

from typing import Any

import click

from whytune.shown import Format

from ..given_file import ENDINGS
from ..options import asked_about, question_options
from ..output import answer


@click.command()
@question_options
@click.argument("option", required=False, metavar="OPTION")
def why_not(case: str | None, option: str | None, format_: Format, **about: Any) -> None:
    """Say why OPTION is not the advice.

    \b
    Examples:
      whytune why-not rules/guide/cases/clinic_terms_100_examples.yaml full
      whytune why-not case.yaml rag --language zh
      whytune why-not lora --set prompt_enough=no
      whytune why-not rag --of-record 12-3f9a0c1b --ledger advice.ledger
    """
    if option is None and case != "-" and not (case or "").endswith(ENDINGS):  # one argument alone is the option
        case, option = None, case
    if option is None:
        raise click.UsageError("Missing argument 'OPTION'.")
    asked = asked_about(case, **about)
    answer(format_, asked.question.why_not(option, asked.decision))
