"""Which recorded recommendations would come out differently under another rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple

from ..advice.advisor import Advisor
from ..advice.recommendation import OPEN
from ..language.case import UNKNOWN
from ..language.problems import Sentence, WhytuneError
from .canonical import canonical
from .record import Record
from .recorded import Library
from .verification import whole_rulebook

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
    unfit: tuple[tuple[Sentence, int], ...]

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


class Unfit(NamedTuple):
    """Facts that the other rulebook does not take, and what it says of them."""

    why: Sentence


def impact(records: Iterable[Record], advisor: Advisor, library: Library) -> Impact:
    """Asks the other rulebook for what was given in each record; what it assumes, it assumes itself.

    Raises WhytuneError: ledger-damaged, where the rulebook of a record is not as it was stored.
    """
    ask = lru_cache(MAX_REMEMBERED)(partial(_outcomes, advisor))
    asker = _Asker(library)
    counts = _Counts()
    for record in records:
        counts.add(record, None if record.hidden else ask(asker.given(record)))
    return counts.impact()


def _outcomes(advisor: Advisor, given: Facts) -> Mapping[str, str] | Unfit:
    """The outcome of each decision of the other rulebook."""
    try:
        decisions = advisor.advise(dict(given)).decisions
    except WhytuneError as error:
        return Unfit(error.problems[0].message)
    return {name: decision.outcome or OPEN for name, decision in decisions.items()}


class _Counts:
    """What became of the records so far."""

    def __init__(self) -> None:
        self.looked_at = self.changed = self.kept_out = 0
        self.moves: Counter[Move] = Counter()
        self.ids: dict[Move, list[str]] = {}
        self.unfit: Counter[Sentence] = Counter()

    def add(self, record: Record, after: Mapping[str, str] | Unfit | None) -> None:
        """Counts a record and what the other rulebook says; None where it could not be asked."""
        self.looked_at += 1
        if after is None:
            self.kept_out += 1
        elif isinstance(after, Unfit):
            self.unfit[after.why] += 1
        else:
            outcomes = record.outcomes.items()
            moves = [Move(name, before, after.get(name, NONE)) for name, before in outcomes]
            self._move(record.id, [move for move in moves if move.before != move.after])

    def _move(self, record: str, moves: list[Move]) -> None:
        self.changed += bool(moves)
        self.moves.update(moves)
        for move in moves:
            if len(ids := self.ids.setdefault(move, [])) < MAX_IDS:
                ids.append(record)

    def impact(self) -> Impact:
        """The counts, the most frequent first."""
        ordered = sorted(self.moves, key=lambda move: (-self.moves[move], move))
        moved = tuple(Moved(move, self.moves[move], tuple(self.ids[move])) for move in ordered)
        unfit = tuple(sorted(self.unfit.items(), key=lambda found: (-found[1], found[0])))
        return Impact(self.looked_at, self.changed, moved, self.kept_out, unfit)


class _Asker:
    """Knows what was said in each record; reads each rulebook once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._assumed: dict[bytes, frozenset[str]] = {}

    def given(self, record: Record) -> Facts:
        """What was given, and what was said to be unknown, or else the other rulebook might assume it.

        A record does not tell what was left out from what was said to be unknown: only where its rulebook would have
        assumed something must it have been said.
        """
        facts = record.data["facts"].items()
        given = [(name, fact.get("value") or "") for name, fact in facts if fact["origin"] == "given"]
        unknown = [name for name, fact in facts if fact["origin"] == "unknown"]
        assumed = self.assumed(record) if unknown else frozenset()
        return (*given, *((name, UNKNOWN) for name in unknown if name in assumed))

    def assumed(self, record: Record) -> frozenset[str]:
        """The facts of which the record's own rulebook assumes something; raises WhytuneError: ledger-damaged."""
        key = canonical(record.data["rulebook"])
        if key not in self._assumed:
            facts = whole_rulebook(record, self.library).vocabulary.facts
            self._assumed[key] = frozenset(fact.fact for fact in facts if fact.assume is not None)
        return self._assumed[key]
