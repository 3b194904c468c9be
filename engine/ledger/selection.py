"""Which records a reader asks for, and how to find one by the id that people cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, Protocol

from ..advice.recommendation import OPEN
from ..language.letters import composed
from ..language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short
from ..language.rulebook import NOT_APPLICABLE, REFER
from .record import BEGINNING, Record, reasons_of
from .record_reading import NotARecord
from .verification import Fault, damaged, fault_at

_ID = re.compile(r"([0-9]{1,15})(?:-([0-9a-f]{1,64}))?")

OUTCOMES = (REFER, OPEN, NOT_APPLICABLE)
"""The outcomes that any decision may have, whatever its options are."""


class Numbered(Protocol):
    """Something that has records by their numbers: a ledger, or an export of one."""

    def __len__(self) -> int: ...

    def body(self, seq: int) -> bytes | None: ...


class Shelf(Numbered, Protocol):
    """Something that has records in their order: the file of a ledger."""

    def records(self, newest_first: bool = False) -> Iterator[tuple[int, bytes]]: ...


class Selection(NamedTuple):
    """What a record must meet to be chosen; None requires nothing.

    `since` and `until` are days or times as texts (2026-03-03), the latter included; `advice` is an outcome of some
    decision, `rulebook` a name or the beginning of a digest, `rule` the id of a rule or policy that decided; `text`
    stands in who, what for, the title of the case or a piece of evidence, in letters of either case however they are
    encoded.
    """

    since: str | None = None
    until: str | None = None
    advice: str | None = None
    rulebook: str | None = None
    rule: str | None = None
    text: str | None = None

    def holds(self, record: Record) -> bool:
        """Is this record chosen?"""
        return (
            (self.since is None or record.time >= self.since)
            and (self.until is None or record.time[: len(self.until)] <= self.until)
            and (self.advice is None or self.advice in record.outcomes.values())
            and (self.rulebook is None or self._is_by(record))
            and (self.rule is None or self._is_decided(record))
            and (self.text is None or _letters(self.text) in _letters(_texts(record)))
        )

    @property
    def names_something(self) -> bool:
        """Does it ask for an outcome, a rulebook or a rule by name?"""
        return bool(self.advice or self.rulebook or self.rule)

    def _is_by(self, record: Record) -> bool:
        identity, wanted = record.data["rulebook"], self.rulebook or ""
        return wanted == identity["name"] or (len(wanted) >= 8 and identity["digest"].startswith(wanted))

    def _is_decided(self, record: Record) -> bool:
        return self.rule in _deciding(record)


class Stranger(NamedTuple):
    """A name asked for that no record has, and the names that records have in its place."""

    asked: Literal["advice", "rulebook", "rule"]
    name: str
    known: tuple[str, ...]


def strangers(shelf: Shelf, selection: Selection) -> Iterator[Stranger]:
    """The names asked for that no record has: a misspelt one would look as if nothing had been recorded.

    What is the outcome of any decision, such as `refer`, is no name. Raises WhytuneError: ledger-damaged.
    """
    return recorded_names(shelf).strange(selection) if selection.names_something else iter(())


class RecordedNames(NamedTuple):
    """The outcomes, the rulebooks, and the rules and policies that records have; and one record of each rulebook."""

    advice: frozenset[str]
    rules: frozenset[str]
    of_rulebooks: tuple[Record, ...]

    def strange(self, selection: Selection) -> Iterator[Stranger]:
        """The names asked for that are none of these."""
        if selection.advice and selection.advice not in {*self.advice, *OUTCOMES}:
            yield Stranger("advice", selection.advice, tuple(sorted(self.advice)))
        of_name = Selection(rulebook=selection.rulebook)
        if selection.rulebook and not any(map(of_name.holds, self.of_rulebooks)):
            names = {record.data["rulebook"]["name"] for record in self.of_rulebooks}
            yield Stranger("rulebook", selection.rulebook, tuple(sorted(names)))
        if selection.rule and selection.rule not in self.rules:
            yield Stranger("rule", selection.rule, tuple(sorted(self.rules)))


def recorded_names(shelf: Shelf) -> RecordedNames:
    """The names in all records; raises WhytuneError: ledger-damaged."""
    advice: set[str] = set()
    rules: set[str] = set()
    rulebooks: dict[str, Record] = {}
    for record in chosen(shelf, Selection()):
        advice.update(record.outcomes.values())
        rules.update(_deciding(record))
        rulebooks.setdefault(record.data["rulebook"]["digest"], record)
    return RecordedNames(frozenset(advice), frozenset(rules), tuple(rulebooks.values()))


def refuse_strangers(shelf: Shelf, selection: Selection) -> None:
    """Raises WhytuneError: unknown-record, if there are records, and none has a name that was asked for."""
    problems = []
    for stranger in strangers(shelf, selection):
        names = Sentence("the records have {names}", names=listing(stranger.known[:20]))
        message = Sentence("no record is by `--{asked} {name}`", asked=stranger.asked, name=short(stranger.name))
        hint = did_you_mean(stranger.name, stranger.known) or (names if stranger.known else None)
        problems.append(Problem("unknown-record", message, None, hint))
    if problems:
        raise WhytuneError(problems)


def refuse_record(name: str) -> None:
    """Raises WhytuneError: unknown-rulebook, for the id of a record in place of a rulebook."""
    if _ID.fullmatch(name) and not Path(name).exists():
        hint = Sentence("name the rulebook to ask; `whytune audit replay {id}` asks the record's own", id=name)
        message = Sentence("a rulebook is expected here, and `{id}` is the id of a record", id=name)
        raise WhytuneError([Problem("unknown-rulebook", message, None, hint)])


def chosen(shelf: Shelf, selection: Selection, newest_first: bool = False) -> Iterator[Record]:
    """The records that are chosen, one at a time; raises WhytuneError: ledger-damaged."""
    for entry in examined(shelf, selection, newest_first):
        if isinstance(entry, Fault):
            raise damaged(entry)
        yield entry


def examined(shelf: Shelf, selection: Selection, newest_first: bool = False) -> Iterator[Record | Fault]:
    """The records that are chosen, one at a time, and every fault that is met on the way to them, where it is met.

    A fault stands for a record that is not whole, for the link between two or to the beginning, or for all records
    missing in one place, at the lowest of their numbers. Raises WhytuneError: ledger-damaged, where the file cannot be
    read any further.
    """
    step = -1 if newest_first else 1
    expected = None if newest_first else 1
    neighbour: Record | None = None
    for seq, body in shelf.records(newest_first):
        if expected is not None and expected != seq:
            yield Fault("missing", min(expected, seq + 1))
            neighbour = None
        entry = _entry(seq, body)
        if isinstance(entry, Fault):
            yield entry
        else:
            older, newer = (entry, neighbour) if newest_first else (neighbour, entry)
            if older and newer and newer.data["previous"] != older.hash:
                yield Fault("unlinked", newer.seq)
            if seq == 1 and entry.data["previous"] != BEGINNING:
                yield Fault("unlinked", seq)
            if selection.holds(entry):
                yield entry
        neighbour = entry if isinstance(entry, Record) else None
        expected = seq + step
    if newest_first and expected:
        yield Fault("missing", 1)


def number_in(id_: str) -> int | None:
    """The number that the id of a record begins with; None if it is no such id."""
    match = _ID.fullmatch(id_)
    return int(match[1]) if match else None


def find(shelf: Numbered, id_: str) -> Record:
    """The record with this id: its number, or its number and the beginning of its hash.

    Raises WhytuneError: unknown-record, ledger-damaged.
    """
    match = _ID.fullmatch(id_)
    if match is None:
        hint = Sentence("an id looks like 12 or 12-3f9a0c1b; `whytune audit list --text WORD` looks for what was said")
        raise _unknown(Sentence("`{id}` is not a record id", id=short(id_)), hint)
    seq = int(match[1])
    body = shelf.body(seq)
    if body is None:
        hint = Sentence("the ledger holds {count}", count=len(shelf))
        raise _unknown(Sentence("there is no record {seq}", seq=seq), hint)
    record = _entry(seq, body)
    if isinstance(record, Fault):
        raise damaged(record)
    if not record.hash.startswith(match[2] or ""):
        hint = Sentence("it was recorded in another ledger, or this one was rewritten: verify it with a checkpoint")
        raise _unknown(Sentence("record {seq} is {id}, not {asked}", seq=seq, id=record.id, asked=short(id_)), hint)
    return record


def _entry(seq: int, body: bytes) -> Record | Fault:
    """The record of this number if it is whole, or what is wrong with it."""
    try:
        record = Record.read(body)
    except NotARecord:
        return Fault("strange", seq)
    return fault_at(record, seq) or record


def _deciding(record: Record) -> set[str]:
    """The rules and policies that decided, by speaking for the advice or by ruling out."""
    decisions = record.data["recommendation"]["decisions"].values()
    return {rule for decision in decisions for rule in reasons_of(decision)}


def _letters(text: str) -> str:
    """The text as searches compare it: accents composed, case ignored."""
    return composed(composed(text).casefold())


def _texts(record: Record) -> str:
    data = record.data
    return "\n".join(filter(None, (data["by"], data["purpose"], data["case"], *data["evidence"].values())))


def _unknown(message: Sentence, hint: Sentence) -> WhytuneError:
    return WhytuneError([Problem("unknown-record", message, None, hint)])
