"""`whytune what-if`: what would change if some facts were different, and nothing that stays the same."""

from __future__ import annotations

from datetime import date

import click

from whytune.engine.language.settings import from_settings
from whytune.shown import Format

from ..options import asked_about, question_options
from ..output import answer


@click.command()
@question_options
def what_if(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: date | None,
    language: str | None,
    decision: str | None,
    format_: Format,
) -> None:
    """Compare the advice for CASE with the advice for CASE changed by --set: what changes, and nothing else.

    \b
    Example:
      whytune what-if rules/guide/cases/clinic_terms_100_examples.yaml --set examples=20000
    """
    if not settings:
        raise click.UsageError("say what would be otherwise: --set FACT=VALUE")
    asked = asked_about(case, (), rulebook, as_of, language, decision)
    answer(format_, asked.question.what_if_given(from_settings(settings, asked.facts.vocabulary)))
