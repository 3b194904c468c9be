"""Which recorded recommendations would come out differently under another rulebook."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from ..advisor import Advisor
from ..case import UNKNOWN
from ..problems import WhytuneError
from .record import Record

MAX_IDS = 20
"""As many records are named of each change; the count is of all."""
MAX_REMEMBERED = 4_096
"""Cases whose outcome is remembered: many records ask the same."""

NONE = "none"
"""The outcome of a decision that the other rulebook does not know."""


class Move(NamedTuple):
    """What records got from a decision, and what they would get."""

    decision: str
    before: str
    after: str


class Moved(NamedTuple):
    """How many records move so, and the ids of the first of them."""

    move: Move
    records: int
    ids: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        move = {"decision": self.move.decision, "from": self.move.before, "to": self.move.after}
        return {**move, "count": self.records, "ids": list(self.ids)}


class Impact(NamedTuple):
    """The moves, most frequent first; how many records were looked at and moved, and which could not be asked again.

    `kept_out` counts records without the values of sensitive facts, `unfit` those whose facts the other rulebook
    does not take, by what it says.
    """

    looked_at: int
    changed: int
    moved: tuple[Moved, ...]
    kept_out: int
    unfit: tuple[tuple[str, int], ...]

    @property
    def not_asked(self) -> int:
        """How many records could not be asked again."""
        return self.kept_out + sum(count for _, count in self.unfit)

    def to_dict(self) -> dict[str, Any]:
        return {
            "looked_at": self.looked_at,
            "asked": self.looked_at - self.not_asked,
            "changed": self.changed,
            "moved": [moved.to_dict() for moved in self.moved],
            "kept_out": self.kept_out,
            "unfit": [{"why": why, "count": count} for why, count in self.unfit],
        }


Facts = tuple[tuple[str, str], ...]


def impact(records: Iterable[Record], advisor: Advisor) -> Impact:
    """Asks the other rulebook for what was given in each record; what it assumes, it assumes itself."""

    @lru_cache(MAX_REMEMBERED)
    def outcomes(given: Facts) -> dict[str, str] | str:
        try:
            decisions = advisor.advise(dict(given)).decisions
        except WhytuneError as error:
            return error.problems[0].message
        return {
            name: "refer" if decision.referred else decision.advice or "open" for name, decision in decisions.items()
        }

    moves: dict[Move, int] = {}
    ids: dict[Move, list[str]] = {}
    unfit: dict[str, int] = {}
    looked_at = changed = kept_out = 0
    for record in records:
        looked_at += 1
        if record.hidden:
            kept_out += 1
            continue
        after = outcomes(_given(record))
        if isinstance(after, str):
            unfit[after] = unfit.get(after, 0) + 1
            continue
        here = [
            Move(name, before, after.get(name, NONE))
            for name, before in record.outcomes.items()
            if after.get(name, NONE) != before
        ]
        changed += bool(here)
        for move in here:
            moves[move] = moves.get(move, 0) + 1
            if len(ids.setdefault(move, [])) < MAX_IDS:
                ids[move].append(record.id)
    ordered = sorted(moves, key=lambda move: (-moves[move], move))
    return Impact(
        looked_at,
        changed,
        tuple(Moved(move, moves[move], tuple(ids[move])) for move in ordered),
        kept_out,
        tuple(sorted(unfit.items(), key=lambda found: (-found[1], found[0]))),
    )


def _given(record: Record) -> Facts:
    """What was given, and what was said to be unknown, which the other rulebook might otherwise assume."""
    facts = record.data["facts"].items()
    given = [(name, fact.get("value") or "") for name, fact in facts if fact["origin"] == "given"]
    return (*given, *((name, UNKNOWN) for name, fact in facts if fact["origin"] == "unknown"))
