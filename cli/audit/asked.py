"""Which records a command is about: the options that choose among them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

import click

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.ledger.selection import Selection
from whytune.engine.problems import short

Command = TypeVar("Command", bound=Callable[..., None])


def selection_options(command: Command) -> Command:
    for option in reversed(
        (
            click.option("--since", metavar="DATE", help="From this day on (UTC)."),
            click.option("--until", metavar="DATE", help="Up to this day, included (UTC)."),
            click.option("--advice", metavar="OPTION", help="With this outcome: an option, refer or open."),
            click.option("--rulebook", "-r", metavar="NAME|DIGEST", help="By this rulebook; 8 letters of a digest do."),
            click.option("--rule", metavar="ID", help="Decided by this rule or policy."),
            click.option("--text", metavar="TEXT", help="With this in who, what for, case or evidence."),
        )
    ):
        command = option(command)
    return command


def selection(
    since: str | None, until: str | None, advice: str | None, rulebook: str | None, rule: str | None, text: str | None
) -> Selection:
    """The values of `selection_options`; raises WhytuneError: bad-time."""
    return Selection(_day(since, "--since"), _day(until, "--until"), advice, rulebook, rule, text)


def _day(text: str | None, option: str) -> str | None:
    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return date.fromisoformat(text).isoformat()
    except ValueError:
        said = f"`{short(text)}` is not a date"
        raise WhytuneError([Problem("bad-time", said, Span(option), "for example 2026-03-31")]) from None
