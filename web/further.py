"""The answer to a case -> where to go from there: changes to try, and what more can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from whytune import Case
from whytune.engine.words.catalogue import Family
from whytune.prose.changes import leads_to

from .addresses import KeyValue, address_of
from .asking import CHANGES

More = Literal["summary", "why", "reason", "flip", "cost"]
"""What more can be asked about the advice."""

_MORE = Family[More]("page")


def to_try(case: Case, about: list[KeyValue]) -> Iterator[KeyValue]:
    """Where each smallest change is tried that leads to another outcome."""
    speaker, decision = case.speaker, case.decision()
    for flip in case.smallest_flips.worthwhile if case.smallest_flips else ():
        changes = [(CHANGES + change.fact, str(change.after)) for change in flip.changes]
        for text in leads_to(speaker, decision, [flip]):
            yield address_of("what-if", about + changes), text


def to_ask(case: Case, about: list[KeyValue]) -> Iterator[KeyValue]:
    """Where more is asked about the advice, and why it is not another; of a record not the costs: a ledger keeps no
    prices.
    """
    speaker, decision = case.speaker, case.decision()
    for name in get_args(More):
        if not (name == "cost" and case.replayed):
            yield address_of(name, about), speaker.say(_MORE[name])
    for option in case.outcome().options:
        if option != case.advice:
            text = speaker.say("page_why_not", option=speaker.option(decision, option))
            yield address_of("why-not", [*about, ("option", option)]), text
