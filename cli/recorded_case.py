"""--of-record ID and its ledger -> the case of the record, as it was asked then."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial

import click

from whytune import Case
from whytune.engine import Rulebook
from whytune.engine.language.letters import typed
from whytune.engine.language.settings import from_settings
from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.prose import terminal
from whytune.prose.document import document
from whytune.prose.records import asked_again
from whytune.reopening import reopened

from .of_record import LEDGER_VARIABLE
from .own_ledger import with_own_ledger
from .streams import width


def reopened_case(
    of_record: str, kept_in: str | None, settings: tuple[str, ...], language_of: Callable[[Rulebook], str]
) -> Case:
    """The case of this record; settings give what it keeps out. Raises UsageError without a ledger, WhytuneError."""
    with Ledger.to_read(_named(kept_in)) as ledger:
        return reopened(ledger, of_record, language_of, partial(from_settings, settings))


def parted(settings: tuple[str, ...], of_record: str, kept_in: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The settings that give what the record keeps out, and all others, which change something.

    The first setting of a fact that is kept out gives it, the next one changes it. Raises UsageError, WhytuneError.
    """
    with Ledger.to_read(_named(kept_in)) as ledger:
        hidden = {*find(ledger, of_record).hidden}
    revealing: list[str] = []
    changing: list[str] = []
    for setting in settings:
        name = typed(setting).partition("=")[0].strip()
        given = {fact for fact in hidden if name in (fact, fact.partition(".")[0])}
        (revealing if given else changing).append(setting)
        hidden -= given
    return tuple(revealing), tuple(changing)


def warn_if_in_doubt(case: Case) -> None:
    """Says on standard error, where a picture is the answer, that a record comes out otherwise now or is unproven."""
    if case.replayed and case.replayed.is_in_doubt:
        remark = document("", case.language, asked_again(case.replayed, case.speaker))
        click.echo(terminal.text(with_own_ledger(remark), width()), err=True, nl=False)


def _named(ledger: str | None) -> str:
    named = ledger or os.environ.get(LEDGER_VARIABLE)
    if not named:
        raise click.UsageError(f"name the ledger of the record: --ledger LEDGER, or {LEDGER_VARIABLE}")
    return named
