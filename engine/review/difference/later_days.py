"""The later days from which an edit changes different advice, since rules begin and end by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

from . import LEVELS, Compared, Difference, difference
from .versions import follow

MAX_DAYS = 24
"""How many days on which rules begin or end are looked at."""


class Later(NamedTuple):
    """What an edit changes from a day on."""

    day: date
    compared: Compared
    difference: Difference


class Lasting(NamedTuple):
    """What an edit changes on the day asked about, and every later day from which it changes different advice.

    The version of `difference` follows from all of them. `unseen` is the first day that was not looked at, if any.
    """

    difference: Difference
    later: tuple[Later, ...]
    unseen: date | None


def lasting(compared: Compared, day: date | None) -> Lasting:
    """The difference on this day (None: by all rules, whatever their days), and as rules begin and end after it.

    Raises WhytuneError as `compare` does.
    """
    now = difference(compared)
    days = list(islice(_turning_points(compared, day), MAX_DAYS + 1)) if day else []
    later: list[Later] = []
    for turn in days[:MAX_DAYS]:
        then = Compared(compared.old.on(turn), compared.new.on(turn))
        there = difference(then)
        if _advice(there) != _advice(later[-1].difference if later else now):
            later.append(Later(turn, then, there))
    deepest = max((now.level, *(change.difference.level for change in later)), key=LEVELS.index)
    version = follow(now.version.before, now.version.after, deepest, now.version.is_other)
    return Lasting(replace(now, version=version), tuple(later), next(iter(days[MAX_DAYS:]), None))


def _turning_points(compared: Compared, day: date) -> Iterator[date]:
    """The days after this one on which a rule of either rulebook begins, or no longer holds."""
    days = {turn for study in compared for rule in study.whole.rules for turn in rule.turns}
    yield from sorted(turn for turn in days if turn > day)


def _advice(changes: Difference) -> list[dict[str, Any]]:
    advice = (change._replace(decided_before=(), decided_now=()) for change in changes.advice)
    return [*(change.to_dict() for change in advice), *(change.to_dict() for change in changes.omissions)]
