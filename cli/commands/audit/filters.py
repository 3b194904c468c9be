"""Which records a command is about: the options that choose among them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

import click

from whytune.engine import Span
from whytune.engine.language.problems import short
from whytune.engine.language.text import read_letters
from whytune.engine.ledger.selection import Selection, Shelf, strangers
from whytune.engine.words.catalogue import Family, phrase

from ...options import day
from ...output import Decorated

_STRANGE = Family[Literal["advice", "rulebook", "rule"]]("no_such")


def selection_options(command: Decorated) -> Decorated:
    for option in reversed(
        (
            click.option("--since", type=day, metavar="DATE", help="From this day on (UTC)."),
            click.option("--until", type=day, metavar="DATE", help="Up to this day, included (UTC)."),
            click.option("--advice", metavar="OPTION", help="Only with this outcome: an option, refer or open."),
            click.option(
                "--rulebook",
                "-r",
                metavar="NAME|DIGEST",
                help="Only by this rulebook; 8 characters of a digest are enough.",
            ),
            click.option("--rule", metavar="ID", help="Only if decided by this rule or policy, also by ruling out."),
            click.option("--text", metavar="TEXT", help="Only with this text in who, what for, case or evidence."),
        )
    ):
        command = option(command)
    return command


def selection(
    since: date | None, until: date | None, advice: str | None, rulebook: str | None, rule: str | None, text: str | None
) -> Selection:
    """The values of `selection_options`; raises WhytuneError: bad-text."""
    first, last = (str(end) if end else None for end in (since, until))
    asked = read_letters(text, Span("--text")) if text else text
    return Selection(first, last, advice, rulebook, rule, asked)


def misspelt(shelf: Shelf, wanted: Selection, language: str) -> Iterator[str]:
    """What to say about each name asked for that no record has, and which names there are; raises WhytuneError."""
    for stranger in strangers(shelf, wanted):
        if stranger.known:
            listed = phrase("comma", language).join(stranger.known[:20]) + (" …" if len(stranger.known) > 20 else "")
            yield phrase(_STRANGE[stranger.asked], language, name=short(stranger.name), known=listed)
