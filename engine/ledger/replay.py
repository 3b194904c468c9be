"""The stored facts put to the stored rulebook again: the same answer and proof, or the first difference.

A record may also be reopened, as the question that it answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ..advice.advisor import Advisor
from ..language.case import CaseFacts
from ..language.rulebook import Rulebook
from ..language.value import Value
from .chain_near import ChainNear
from .content import content
from .record import Record, outcome_of
from .recorded import Library, day_of, facts_of
from .verification import whole, whole_rulebook

MAX_KEPT = 32
"""How many rulebooks are kept ready; a ledger seldom holds more."""


MAX_SHOWN = 20
"""How many records of one kind are kept; the count covers all."""


class Deviation(NamedTuple):
    """The first place where record and replay differ; `advice` is true if an outcome differs."""

    path: str
    recorded: str
    now: str
    advice: bool


class Replayed(NamedTuple):
    """The result for one record: the same again, different, or not replayed because facts were kept out; and where it
    was looked at, how the record stands in the chain.
    """

    record: Record
    deviation: Deviation | None = None
    kept_out: tuple[str, ...] = ()
    chain: ChainNear | None = None

    @property
    def is_in_doubt(self) -> bool:
        """Does something else come out now, or does the chain not hold around the record?"""
        return self.deviation is not None or (self.chain is not None and self.chain.fault is not None)

    def to_dict(self) -> dict[str, Any]:
        chain = {"chain": self.chain.to_dict()} if self.chain else {}
        return {
            "id": self.record.id,
            "same": self.deviation is None and not self.kept_out,
            "difference": self.deviation._asdict() if self.deviation else None,
            "kept_out": list(self.kept_out),
            **chain,
        }


class Reopened(NamedTuple):
    """The question that a record answered: its rulebook on its day, its facts, and whether the same comes out again."""

    advisor: Advisor
    facts: CaseFacts
    replayed: Replayed


class Ready:
    """Rulebooks of records, each made ready once. Safe to use from several threads."""

    def __init__(self) -> None:
        self._rulebooks: dict[tuple[object, ...], Rulebook] = {}
        self._advisors: dict[tuple[tuple[object, ...], frozenset[str]], Advisor] = {}

    def advisor(self, record: Record, library: Library) -> Advisor:
        """An advisor by the rules of the record's day; days with the same rules share one.

        Raises WhytuneError: ledger-damaged.
        """
        key, day = record.made_by, day_of(record)
        rulebook = self._rulebooks.get(key) or whole_rulebook(record, library)
        rules = key, frozenset(rule.id for rule in rulebook.as_of(day).rules)
        advisor = self._advisors.get(rules) or Advisor(rulebook, day)
        if key not in self._rulebooks and len(self._rulebooks) >= MAX_KEPT:
            self._rulebooks.clear()
            self._advisors.clear()
        self._rulebooks[key], self._advisors[rules] = rulebook, advisor
        return advisor


class Replayer:
    """Replays the records of one ledger by rulebooks that are made ready once."""

    def __init__(self, library: Library, ready: Ready | None = None) -> None:
        self.library = library
        self.ready = ready or Ready()

    def replay(self, record: Record, revealed: Mapping[str, Value] | None = None) -> Replayed:
        """Asks again for advice on the record's facts, with these values for those that were kept out.

        Without any, a record whose facts were kept out is not replayed.
        Raises WhytuneError: facts-kept-out, wrong-value, ledger-damaged.
        """
        whole(record)
        if revealed is None and record.hidden:
            return Replayed(record, None, record.hidden)
        advisor = self.ready.advisor(record, self.library)
        return Replayed(record, _difference(record, advisor, facts_of(record, advisor.rulebook, revealed)))

    def reopen(self, record: Record, revealed: Mapping[str, Value] | None = None) -> Reopened:
        """The question that the record answered, to be asked further, with these values for those that were kept out.

        Raises WhytuneError: facts-kept-out, wrong-value, ledger-damaged.
        """
        whole(record)
        alike, day = self.ready.advisor(record, self.library), day_of(record)
        advisor = alike if alike.as_of == day else Advisor(alike.whole, day)
        facts = facts_of(record, advisor.rulebook, revealed)
        return Reopened(advisor, facts, Replayed(record, _difference(record, advisor, facts)))

    def rulebook(self, record: Record) -> Rulebook:
        """The rulebook of the record with the rules of its day; raises WhytuneError: ledger-damaged."""
        return self.ready.advisor(record, self.library).rulebook


class Tally:
    """The results for all records: counts, and the first records of each kind; of one record alone its id."""

    def __init__(self, replayed: Iterable[Replayed], record: str | None = None) -> None:
        self.record = record
        self.same = self.different_count = self.kept_out_count = 0
        self.different: list[Replayed] = []
        self.kept_out: list[Replayed] = []
        for replay in replayed:
            if replay.kept_out:
                self.kept_out_count += 1
                self.kept_out += [replay] if len(self.kept_out) < MAX_SHOWN else []
            elif replay.deviation:
                self.different_count += 1
                self.different += [replay] if len(self.different) < MAX_SHOWN else []
            else:
                self.same += 1

    def __repr__(self) -> str:
        return f"<Tally: {self.same:,} the same, {self.different_count:,} different, {self.kept_out_count:,} kept out>"

    def to_dict(self) -> dict[str, object]:
        return {
            "record": self.record,
            "same": self.same,
            "different": self.different_count,
            "kept_out": self.kept_out_count,
            "first": [replay.to_dict() for replay in (*self.different, *self.kept_out)],
        }


def _difference(record: Record, advisor: Advisor, facts: CaseFacts) -> Deviation | None:
    """Where what comes out for these facts now first differs from the record; None if nothing differs."""
    answer = replace(advisor.recommend(facts), as_of=day_of(record))
    salt = bytes.fromhex(record.data["salt"]) if record.data["salt"] else None
    again = content(answer, advisor.rulebook, salt)
    recorded: dict[str, Any] = {name: record.data[name] for name in again}  # type: ignore[literal-required]
    if _text(again) == _text(recorded):
        return None
    if (before := _by_steps(recorded)) is None or (now := _by_steps(again)) is None:
        return _deviation(recorded, again)
    return None if _text(before) == _text(now) else _deviation(before, now)


def _by_steps(data: dict[str, Any]) -> dict[str, Any] | None:
    """The content with its trace as a map: every step, and every step that it rests on, under what fired in it.

    The order of steps that do not rest on each other means nothing, and another version may fire them in another
    order. None if the steps are not numbered in turn, each once and after those that it rests on.
    """
    steps: dict[str, dict[str, Any]] = {}
    names: dict[int | None, str | None] = {None: None}
    for number, step in enumerate(data["recommendation"]["trace"], 1):
        name = f"{step['kind']} {step['name']}"
        if step["number"] != number or name in steps or not all(use["step"] in names for use in step["used"]):
            return None
        used = ({**use, "step": names[use["step"]]} for use in step["used"])
        steps[name], names[number] = {**step, "number": None, "used": sorted(used, key=_text)}, name
    return {**data, "recommendation": {**data["recommendation"], "trace": steps}}


def _text(data: Any) -> str:
    """The data as JSON: without floats, equal texts mean equal canonical JSON, and this is faster to write."""
    return json.dumps(data, sort_keys=True)


def _deviation(recorded: dict[str, Any], now: dict[str, Any]) -> Deviation:
    path, before, after = _first(recorded, now, "") or ("", recorded, now)
    outcomes = [
        {name: outcome_of(decision) for name, decision in data["recommendation"]["decisions"].items()}
        for data in (recorded, now)
    ]
    return Deviation(path, _shown(before), _shown(after), outcomes[0] != outcomes[1])


def _first(a: Any, b: Any, path: str) -> tuple[str, Any, Any] | None:
    """The first place where two pieces of JSON differ, in the order of their canonical texts."""
    if isinstance(a, dict) and isinstance(b, dict):
        steps = [(f"{path}.{name}".lstrip("."), a.get(name), b.get(name)) for name in sorted(a.keys() | b.keys())]
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        steps = [(f"{path}[{index}]", x, y) for index, (x, y) in enumerate(zip(a, b, strict=True))]
    else:
        return None if type(a) is type(b) and a == b else (path, a, b)
    return next((difference for where, x, y in steps if (difference := _first(x, y, where))), None)


def _shown(part: Any) -> str:
    text = json.dumps(part, ensure_ascii=False)
    return text if len(text) <= 200 else text[:197] + "..."
