"""`whytune reason`: the few facts that alone force the advice."""

from __future__ import annotations

from typing import Any

import click

from whytune.shown import Format

from ..options import asked_about, question_options
from ..output import answer


@click.command()
@question_options
def reason(format_: Format, **about: Any) -> None:
    """Name a smallest set of the case's facts that alone forces the advice, whatever the other facts are.

    \b
    Examples:
      whytune reason rules/guide/cases/clinic_terms_100_examples.yaml
      whytune reason --of-record 12-3f9a0c1b --ledger advice.ledger
    """
    asked = asked_about(**about)
    answer(format_, asked.question.reason(asked.decision))
