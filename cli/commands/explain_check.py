"""`whytune explain-check`: what a check finds, why it matters, and what to do."""

from __future__ import annotations

import click

from whytune import contents
from whytune.shown import Format

from ..options import spoken_option
from ..output import answer, format_option


@click.command(name="explain-check")
@click.argument("code", required=False)
@spoken_option
@format_option
def explain_check(code: str | None, language: str, format_: Format) -> None:
    """Print the page of the check called CODE, or list all checks.

    \b
    Examples:
      whytune explain-check
      whytune explain-check never-decisive --language zh
    """
    answer(format_, contents.checks(code, language))
