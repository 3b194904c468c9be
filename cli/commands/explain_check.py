"""`whytune explain-check`: what a check finds, why it matters, and what to do."""

from __future__ import annotations

import click

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.review.checks import CHECKS, WAIVABLE, code_of, pages
from whytune.engine.words.phrases import phrase

from ..layout import table, wrap
from ..options import spoken_option


@click.command(name="explain-check")
@click.argument("code", required=False)
@spoken_option
def explain_check(code: str | None, language: str) -> None:
    """Print the page of the check called CODE, or list all checks.

    \b
    Examples:
      whytune explain-check
      whytune explain-check never-decisive --language zh
    """
    known = {code_of(check): check for check in CHECKS}
    if code is None:
        rows = [(name, pages(check)[language].partition("\n")[0]) for name, check in known.items()]
        click.echo("\n".join(table(rows, 0)))
        return
    if code not in known:
        hint = did_you_mean(code, known) or Sentence("`whytune explain-check` lists them")
        raise WhytuneError([Problem("unknown-check", Sentence("no check `{name}`", name=short(code)), None, hint)])
    severity = phrase(known[code].SEVERITY, language)
    click.echo(click.style(f"{code} ({severity})", bold=True))
    for paragraph in pages(known[code])[language].split("\n\n"):
        click.echo("\n" + wrap(paragraph.replace("**", "")))
    if code in WAIVABLE:
        click.echo("\n" + wrap(phrase("waiver_needs", language, code=code)))
