"""Which recorded recommendations would come out differently under another rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from ..advice.advisor import Advisor
from ..advice.alike import AnsweredKinds, as_given
from ..advice.recommendation import OPEN
from ..language.case import CaseFacts
from ..language.problems import Sentence, WhytuneError
from ..language.rulebook import Rulebook
from ..language.value import UNKNOWN
from ..language.vocabulary import Vocabulary
from .record import Record, reasons_of
from .recorded import Library
from .verification import whole_rulebook

MAX_IDS = 20
"""How many records are named for each change; the count covers all."""

NONE = "none"
"""The outcome for a decision that the other rulebook does not have."""


class AdviceMove(NamedTuple):
    """The outcome that records got from a decision, and the one they would get."""

    decision: str
    before: str
    after: str


class MovedRecord(NamedTuple):
    """A record whose advice changes: its id, and what it was for or the title of its case, if either is known."""

    id: str
    about: str


class Moved(NamedTuple):
    """How many records change in this way, the first ones, and the rules and policies to blame.

    `decided_before` decided in some of these records, speaking for the advice or ruling out; `decided_after` would
    decide now. In both, those that decide on one side only come first.
    """

    move: AdviceMove
    records: int
    first: tuple[MovedRecord, ...]
    decided_before: tuple[str, ...] = ()
    decided_after: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the first records."""
        return tuple(record.id for record in self.first)

    def to_dict(self) -> dict[str, Any]:
        move = {"decision": self.move.decision, "from": self.move.before, "to": self.move.after}
        reasons = {"decided_before": list(self.decided_before), "decided_after": list(self.decided_after)}
        return {**move, "count": self.records, "ids": list(self.ids), **reasons}


class Decided(NamedTuple):
    """The outcome of a decision, and the rules and policies that decided it, also by ruling out."""

    outcome: str
    reasons: tuple[str, ...] = ()


class Impact(NamedTuple):
    """The changes, most frequent first; how many records were asked again and changed, and which could not be asked.

    `kept_out` counts records without the values of sensitive facts, `unfit` those whose facts the other rulebook
    refuses, by its reason. `same_version` holds the digests of rulebooks of records that have the name and version of
    the other one, whose own is `digest`, and are not it.
    """

    looked_at: int
    changed: int
    moved: tuple[Moved, ...]
    kept_out: int
    unfit: tuple[tuple[Sentence, int], ...]
    digest: str = ""
    same_version: tuple[str, ...] = ()

    @property
    def not_asked(self) -> int:
        """How many records could not be asked again."""
        return self.kept_out + sum(count for _, count in self.unfit)

    @property
    def ids(self) -> tuple[str, ...]:
        """The records that are named: the first of each change."""
        return tuple(named for moved in self.moved for named in moved.ids)

    def to_dict(self) -> dict[str, Any]:
        return {
            "looked_at": self.looked_at,
            "asked": self.looked_at - self.not_asked,
            "changed": self.changed,
            "moved": [moved.to_dict() for moved in self.moved],
            "kept_out": self.kept_out,
            "unfit": [{"why": why, "count": count} for why, count in self.unfit],
            "digest": self.digest,
            "same_version": list(self.same_version),
        }


class UnfitFacts(NamedTuple):
    """Facts that the other rulebook refuses, and its reason."""

    why: Sentence


def impact(records: Iterable[Record], advisor: Advisor, library: Library) -> Impact:
    """Puts what was given in each record to the other rulebook, once for all alike; it makes its own assumptions.

    Raises WhytuneError: ledger-damaged, if the rulebook of a record is not as it was stored.
    """
    vocabulary = advisor.rulebook.vocabulary
    asked = AnsweredKinds(vocabulary, as_given(vocabulary), partial(_outcomes, advisor), _unfit)
    asker = _Asker(library)
    counts = _Counts(advisor.whole)
    for record in records:
        counts.add(record, None if record.hidden else asked.answer(asker.given(record)))
    return counts.impact()


def answers_some(records: Iterable[Record], vocabulary: Vocabulary, library: Library) -> bool:
    """Has at least one of these records facts that a rulebook with these can take, whatever the values kept out are?"""
    read, asker = as_given(vocabulary), _Asker(library)
    return any(vocabulary.by_name.keys() >= {*record.hidden} and _is_fit(record, read, asker) for record in records)


def _is_fit(record: Record, read: Callable[[Mapping[str, Any]], CaseFacts], asker: _Asker) -> bool:
    """Can this record be read so, as far as it keeps its values? One whose own rulebook is damaged cannot."""
    try:
        read({name: value for name, value in asker.given(record).items() if name not in record.hidden})
    except WhytuneError:
        return False
    return True


def _outcomes(advisor: Advisor, facts: CaseFacts) -> Mapping[str, Decided] | UnfitFacts:
    """The outcome of every decision of the other rulebook, and what decided it."""
    decisions = advisor.recommend(facts).decisions
    return {name: Decided(decision.outcome or OPEN, decision.reasons) for name, decision in decisions.items()}


def _unfit(error: WhytuneError) -> Mapping[str, Decided] | UnfitFacts:
    return UnfitFacts(error.problems[0].message)


def _of_another(record: Record, rulebook: str, why: Sentence) -> Sentence:
    """Why the rulebook of this name refuses the facts of a record; that it is by another one, if it is."""
    own = record.data["rulebook"]["name"]
    return why if own == rulebook else Sentence("{why} (the record is by another rulebook, `{own}`)", why=why, own=own)


class _Counts:
    """What became of the records so far."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.same_version: set[str] = set()
        self.looked_at = self.changed = self.kept_out = 0
        self.moves: Counter[AdviceMove] = Counter()
        self.first: dict[AdviceMove, list[MovedRecord]] = {}
        self.reasons: dict[AdviceMove, tuple[set[str], set[str]]] = {}
        self.unfit: Counter[Sentence] = Counter()

    def add(self, record: Record, after: Mapping[str, Decided] | UnfitFacts | None) -> None:
        """Counts a record and what the other rulebook says; None if it could not be asked."""
        self.looked_at += 1
        own = record.data["rulebook"]
        if (own["name"], own["version"]) == (self.rulebook.name, self.rulebook.version):
            self.same_version |= {own["digest"]} - {self.rulebook.digest}
        if after is None:
            self.kept_out += 1
        elif isinstance(after, UnfitFacts):
            self.unfit[_of_another(record, self.rulebook.name, after.why)] += 1
        else:
            now = {name: after.get(name, Decided(NONE)) for name in record.outcomes}
            moved = {name: then for name, then in record.outcomes.items() if then != now[name].outcome}
            self.changed += bool(moved)
            for name, then in moved.items():
                self._move(record, AdviceMove(name, then, now[name].outcome), now[name].reasons)

    def _move(self, record: Record, move: AdviceMove, reasons: tuple[str, ...]) -> None:
        self.moves[move] += 1
        if len(first := self.first.setdefault(move, [])) < MAX_IDS:
            first.append(MovedRecord(record.id, record.data["purpose"] or record.data["case"] or ""))
        before, after = self.reasons.setdefault(move, (set(), set()))
        before.update(reasons_of(record.data["recommendation"]["decisions"][move.decision]))
        after.update(reasons)

    def impact(self) -> Impact:
        """The counts, the most frequent first."""
        ordered = sorted(self.moves, key=lambda move: (-self.moves[move], move))
        moved = tuple(self._moved(move) for move in ordered)
        unfit = tuple(sorted(self.unfit.items(), key=lambda reason: (-reason[1], reason[0])))
        alike = tuple(sorted(self.same_version))
        return Impact(self.looked_at, self.changed, moved, self.kept_out, unfit, self.rulebook.digest, alike)

    def _moved(self, move: AdviceMove) -> Moved:
        before, after = self.reasons[move]
        then, now = (
            tuple(sorted(reasons, key=lambda name: (name in both, name)))
            for both in [before & after]
            for reasons in (before, after)
        )
        return Moved(move, self.moves[move], tuple(self.first[move]), then, now)


class _Asker:
    """Recovers what was given in each record; reads every rulebook once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._assumed: dict[tuple[object, ...], frozenset[str]] = {}

    def given(self, record: Record) -> dict[str, str]:
        """What was given, and also what was said to be unknown, or the other rulebook might assume it.

        A record does not distinguish what was left out from what was said to be unknown: it must have been said only
        if the record's rulebook would otherwise have assumed something.
        """
        facts = record.data["facts"].items()
        given = {name: fact.get("value") or "" for name, fact in facts if fact["origin"] in ("given", "implied")}
        unknown = [name for name, fact in facts if fact["origin"] == "unknown"]
        assumed = self.assumed(record) if unknown else frozenset()
        return given | {name: UNKNOWN for name in unknown if name in assumed}

    def assumed(self, record: Record) -> frozenset[str]:
        """The facts about which the record's own rulebook assumes something; raises WhytuneError: ledger-damaged."""
        key = record.made_by
        if key not in self._assumed:
            facts = whole_rulebook(record, self.library).vocabulary.facts
            self._assumed[key] = frozenset(fact.fact for fact in facts if fact.assume is not None)
        return self._assumed[key]
