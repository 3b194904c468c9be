"""`whytune what-if`: what would change if some facts were different, and nothing that stays the same."""

from __future__ import annotations

from datetime import date

import click

from whytune.engine.language.problems import short
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
    of_record: str | None,
    kept_in: str | None,
    format_: Format,
) -> None:
    """Compare the advice for CASE with the advice for CASE changed by --set: what changes, and nothing else.

    \b
    Examples:
      whytune what-if rules/guide/cases/clinic_terms_100_examples.yaml --set examples=20000
      whytune what-if --of-record 12-3f9a0c1b --ledger advice.ledger --set examples=20000
    """
    revealing, changes = _parted(settings, of_record, kept_in)
    if not changes:
        raise click.UsageError("say what would be otherwise: --set FACT=VALUE")
    _refuse_a_base_in_settings(changes)
    asked = asked_about(case, revealing, rulebook, as_of, language, decision, None, of_record, kept_in)
    answer(format_, asked.question.what_if_given(from_settings(changes, asked.facts.vocabulary)))


def _refuse_a_base_in_settings(changes: tuple[str, ...]) -> None:
    """Raises UsageError if a fact is set twice, as if first to what it is and then to what it would be."""
    names = [change.partition("=")[0].strip() for change in changes]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise click.UsageError(
            f"`{short(twice)}` is set twice: --set says what would be otherwise; what is so now stands in a case file "
            "(`whytune what-if CASE.yaml --set FACT=VALUE`) or in a record (--of-record ID)"
        )


def _parted(
    settings: tuple[str, ...], of_record: str | None, kept_in: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The settings that give what a record keeps out, and the changes."""
    if of_record is None:
        return (), settings
    from ..recorded_case import parted  # a ledger is for those who keep one

    return parted(settings, of_record, kept_in)
