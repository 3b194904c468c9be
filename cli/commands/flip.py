"""`whytune flip`: the smallest changes of facts that lead to other advice."""

from __future__ import annotations

from typing import Any

import click

from whytune.shown import Format

from ..options import asked_about, question_options
from ..output import answer


@click.command()
@question_options
@click.option("--to", metavar="OPTION", help="Only changes that lead to this option.")
@click.option("--all", "wasteful", is_flag=True, help="Also changes that nobody would work for, such as less data.")
def flip(to: str | None, wasteful: bool, format_: Format, **about: Any) -> None:
    """List all the smallest changes of facts that lead to other advice, grouped by what it takes to make them.

    \b
    Examples:
      whytune flip rules/guide/cases/clinic_terms_100_examples.yaml
      whytune flip case.yaml --to full
      whytune flip --of-record 12-3f9a0c1b --ledger advice.ledger
    """
    asked = asked_about(**about)
    answer(format_, asked.question.flips(to, asked.decision), "full" if wasteful else "short")
