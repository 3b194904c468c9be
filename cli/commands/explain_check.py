"""`whytune explain-check`: what a check finds, why it matters, and what to do."""

from __future__ import annotations

from types import ModuleType

import click

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.review.checks import CHECKS, WAIVABLE, code_of, pages
from whytune.prose import findings as prose
from whytune.shown import Format

from ..options import spoken_option
from ..output import format_option, show


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
    checks = {code_of(check): check for check in CHECKS}
    if code is None:
        show(format_, lambda: [_data(check) for check in checks.values()], lambda: prose.checks(language))
        return
    if code not in checks:
        hint = did_you_mean(code, checks) or Sentence("`whytune explain-check` lists them")
        raise WhytuneError([Problem("unknown-check", Sentence("no check `{name}`", name=short(code)), None, hint)])
    asked = checks[code]
    show(format_, lambda: _data(asked), lambda: prose.check(asked, language))


def _data(check: ModuleType) -> dict[str, object]:
    code = code_of(check)
    return {"code": code, "severity": check.SEVERITY, "can_be_waived": code in WAIVABLE, "page": pages(check)}
