"""What a ledger keeps, as answers: its records page by page, one record, and whether all are as they were written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Generic, NamedTuple

from whytune.diagrams.bars import Bars
from whytune.engine import Advisor, Problem, Rulebook, Span, WhytuneError
from whytune.engine.language.case import values_given
from whytune.engine.language.problems import Sentence
from whytune.engine.language.source import Map
from whytune.engine.language.value import Value
from whytune.engine.language.vocabulary import Vocabulary
from whytune.engine.ledger.beside_own import beside_own
from whytune.engine.ledger.chain_near import ChainNear, chain_near
from whytune.engine.ledger.changed_record import ChangedRecord, changed_record
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.impact import Impact, answers_some, impact
from whytune.engine.ledger.one_proof import Proving, RecordProof, proof_of
from whytune.engine.ledger.proven import as_far_as_proven
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of
from whytune.engine.ledger.replay import Replayer, Tally
from whytune.engine.ledger.rule_titles import RuleTitles
from whytune.engine.ledger.selection import Selection, chosen, examined, find
from whytune.engine.ledger.statistics import Statistics, statistics
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import Contents, Fault, Verification, damaged, rulebook_of, verify
from whytune.engine.words.speaker import Speaker
from whytune.prose import records as prose
from whytune.prose.document import Document, document
from whytune.prose.ledger_verdict import verdict
from whytune.prose.levels import Level
from whytune.prose.one_proof import one_proof
from whytune.prose.record import record

from .record_report import report
from .shown import Answered, Described, Shown, Telling

Revealed = Callable[[Vocabulary], Map]
"""What is given of the facts that a record keeps out, as the vocabulary of its rulebook has it read."""

NOTHING_GIVEN = Map((), Span("facts"))

MOST = 10**6
"""The most pages, and the most records on a page."""
NEWEST = 100
"""How many of the newest records show whether a rulebook can be asked about them."""


@dataclass(frozen=True, eq=False, repr=False)
class ListedRecords(Telling):
    """The records on one page, the newest first, and what is wrong with the ledger as far as it was read for them."""

    page: prose.Page
    language: str

    def __repr__(self) -> str:
        return f"<ListedRecords: {len(self.page.entries)} on page {self.page.number}>"

    def __len__(self) -> int:
        return len(self.page.entries)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Each record as `to_dict` lists it."""
        return iter(self.to_dict())

    @property
    def wrong(self) -> WhytuneError | None:
        """The first fault of the ledger, if one was met."""
        fault = self.page.verification.fault if self.page.verification else None
        return damaged(fault) if fault else None

    def document(self, level: Level = "short") -> Document:
        return prose.listing(self.page, self.language, reasons=level != "short")

    def to_dict(self) -> list[dict[str, Any]]:
        return listed(self.page)


@dataclass(frozen=True, eq=False, repr=False)
class KeptRecord(Described):
    """A record as it was given, and how the chain stands around it, which its telling begins with if that is broken."""

    identity: str
    chain: ChainNear
    language: str

    @property
    def wrong(self) -> WhytuneError | None:
        """The fault of the ledger that leaves the record unproven, if one was met near it."""
        return damaged(self.chain.fault) if self.chain.fault else None

    def document(self, level: Level = "short") -> Document:
        return prose.as_it_stands(self.tell(level), self.identity, self.chain, self.language)

    def to_dict(self) -> Any:
        fault = self.chain.fault
        return {**self.data(), "fault": fault.to_dict()} if fault else self.data()


@dataclass(frozen=True, eq=False, repr=False)
class AsProven(Shown[Answered], Generic[Answered]):
    """What was found in the records of a ledger: of a damaged one, in those before the first fault. Of one
    record, how the chain stands around it.
    """

    language: str
    verification: Verification | None = None
    chain: ChainNear | None = None

    @property
    def wrong(self) -> WhytuneError | None:
        """The first fault of the ledger, if one was met."""
        return damaged(self.fault) if self.fault else None

    @property
    def fault(self) -> Fault | None:
        """What is wrong, if a fault was met."""
        looked_at = self.verification or self.chain
        return looked_at.fault if looked_at else None

    def document(self, level: Level = "short") -> Document:
        whole = self.tell(level)
        return prose.as_proven(whole, self.verification, self.language) if self.verification else whole

    def to_dict(self) -> dict[str, Any]:
        return {**super().to_dict(), "fault": self.fault.to_dict() if self.fault else None}


def records(ledger: Ledger, wanted: Selection, number: int, size: int, language: str) -> ListedRecords:
    """The records on one page, the newest first; raises WhytuneError."""
    return ListedRecords(page(ledger, wanted, number, size), language)


def one(ledger: Ledger, identity: str, language_of: Callable[[Rulebook], str]) -> KeptRecord:
    """The record with this id, as it was given, in the language chosen for its rulebook; raises WhytuneError.

    At the "full" level it is a report: with pictures, the facts, and what would have changed the advice.
    """
    kept = find(ledger, identity)
    rulebook = rulebook_of(kept, ledger)
    speaker, place = Speaker(rulebook, language_of(rulebook)), chain_near(ledger, kept)

    def tell(level: Level) -> Document:
        if level == "full":
            return report(kept, speaker, place)
        title = speaker.say("record_head", id=kept.id)
        return document(title, speaker.language, record(kept, answer_of(kept, rulebook), speaker, place, level))

    return KeptRecord(lambda: kept.data, tell, kept.id, place, speaker.language)


def verdict_on(
    contents: Contents,
    language: str,
    signed: Iterable[Checkpoint] = (),
    *,
    sent: str | None = None,
    own: Ledger | None = None,
    ledgers: tuple[str, str] = ("", ""),
) -> Shown[Verification]:
    """Is every record of a ledger, or of an export, as it was written?

    Only checkpoints show that the end was not cut off. Whoever did not name the ledger is told which it is: the file
    that was `sent`, or with an empty name that of the service. The record at a fault stands beside the one of its name
    in one's `own` ledger; `ledgers` names both, as `verdict` does.
    """
    verification, is_ledger = verify(contents, signed), isinstance(contents, Ledger)
    if own is not None:
        verification = beside_own(verification, own)
    return Shown(verification, lambda level: verdict(verification, language, is_ledger, sent=sent, ledgers=ledgers))


def proved(
    contents: Proving,
    identity: str,
    language: str,
    signed: Iterable[Checkpoint] = (),
    revealed: Revealed = lambda vocabulary: NOTHING_GIVEN,
) -> Shown[RecordProof | ChangedRecord]:
    """Is this one record as it was written, whatever became of the others? `revealed` gives what it keeps out.

    Of one that is not, what stands in its place. Raises WhytuneError: unknown-record; ledger-damaged if it cannot be
    read, or its rulebook is not as it was stored; wrong-value, facts-kept-out.
    """
    is_ledger = isinstance(contents, Ledger)
    if changed := changed_record(contents, identity, signed):
        return Shown(changed, lambda level: one_proof(changed, language, is_ledger))
    kept = find(contents, identity)
    values = values_of(rulebook_of(kept, contents), revealed)
    proof = proof_of(kept, contents, signed, values or None)
    return Shown(proof, lambda level: one_proof(proof, language, is_ledger))


def counted(ledger: Ledger, wanted: Selection, language: str) -> AsProven[Statistics]:
    """How often each advice, status, deciding rule, month and rulebook occurs among these records.

    At the "short" level in rows, else drawn as bars.
    """
    numbers, verification = as_far_as_proven(
        ledger, lambda shelf: statistics(chosen(shelf, wanted), RuleTitles(ledger).of)
    )

    def draw(title: str, counted: tuple[tuple[str, int], ...]) -> Bars:
        return Bars(title, counted, language)

    def tell(level: Level) -> Document:
        return prose.counts(numbers, language, None if level == "short" else draw)

    return AsProven(numbers, tell, language, verification)


def replayed(
    ledger: Ledger, identity: str | None, language: str, revealed: Revealed = lambda vocabulary: NOTHING_GIVEN
) -> AsProven[Tally]:
    """Does the record, or every record, give the same answer again? `revealed` gives what the record keeps out.

    Raises WhytuneError: unknown-record, facts-kept-out, ledger-damaged if that is so of the one record.
    """
    replayer = Replayer(ledger)
    if identity is None:
        tally, verification = as_far_as_proven(
            ledger, lambda shelf: Tally(replayer.replay(kept) for kept in chosen(shelf, Selection()))
        )
        return AsProven(tally, lambda level: prose.replays(tally, language), language, verification)
    kept = find(ledger, identity)
    one = Tally([replayer.replay(kept, values_of(replayer.rulebook(kept), revealed))], kept.id)
    place = chain_near(ledger, kept)
    return AsProven(
        one,
        lambda level: prose.as_it_stands(prose.replays(one, language), kept.id, place, language),
        language,
        chain=place,
    )


def values_of(rulebook: Rulebook, revealed: Revealed) -> Mapping[str, Value]:
    """The values that are given for facts, as a rulebook reads them; raises WhytuneError with every mistake in them."""
    values, _ = values_given(rulebook.vocabulary, revealed(rulebook.vocabulary))
    return values


def affected(
    ledger: Ledger,
    wanted: Selection,
    other: Advisor,
    speaker: Speaker,
    follow: Callable[[Iterable[Record]], Iterable[Record]] = iter,
) -> AsProven[Impact]:
    """Which of these records would come out differently under another rulebook, told in its words.

    `follow` sees every record on its way.
    """
    effect, verification = as_far_as_proven(ledger, lambda shelf: impact(follow(chosen(shelf, wanted)), other, ledger))
    return AsProven(effect, lambda level: prose.impact(effect, speaker), speaker.language, verification)


class Askable(NamedTuple):
    """Which rulebooks, by name, can take the facts of at least one of the newest records, and how many these are."""

    newest: int
    names: frozenset[str]


def askable(ledger: Ledger, books: Mapping[str, Rulebook]) -> Askable:
    """Which of these rulebooks can be asked about the newest records; what is damaged counts for none."""
    newest = islice(_to_the_damage(examined(ledger, Selection(), newest_first=True)), NEWEST)
    records = [entry for entry in newest if isinstance(entry, Record)]
    names = (name for name, book in books.items() if answers_some(records, book.vocabulary, ledger))
    return Askable(len(records), frozenset(names))


def page(opened: Ledger, wanted: Selection, number: int, size: int, *, mains: bool = True) -> prose.Page:
    """The records on one page, each with the faults beside it, and how many records there are in all.

    Only what the page shows is examined, unless records are chosen or a fault was met on the way.

    What only lists data needs no `mains`, for which rulebooks are read.

    Raises WhytuneError, wrong-type, for a page number or size outside 1 to `MOST`.
    """
    _check_count("page", number)
    _check_count("size", size)
    faults: list[Fault] = []
    groups = _by_record(_noting(faults, _to_the_damage(examined(opened, wanted, newest_first=True))))
    before = _count(islice(groups, (number - 1) * size))
    entries = [*chain.from_iterable(islice(groups, size))]
    whole = [entry for entry in entries if isinstance(entry, Record)]
    is_counted = wanted != Selection() or bool(faults)
    total = before + len(whole) + _count(groups) if is_counted else len(opened)
    verification = verify(opened) if faults else None
    titles = RuleTitles(opened)
    named = {kept.id: titles.of(kept) for kept in whole} if mains else {}
    return prose.Page(entries, number, size, total, _mains(opened, whole) if mains else {}, verification, named)


def _by_record(entries: Iterator[Record | Fault]) -> Iterator[list[Record | Fault]]:
    """Each record with the faults up to the next; the first also with those before it, which else stand alone."""
    group: list[Record | Fault] = []
    for entry in entries:
        if isinstance(entry, Record) and any(isinstance(one, Record) for one in group):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _count(groups: Iterable[list[Record | Fault]]) -> int:
    """How many records there are in these groups."""
    return sum(isinstance(entry, Record) for group in groups for entry in group)


def _to_the_damage(entries: Iterator[Record | Fault]) -> Iterator[Record | Fault]:
    """The same, up to where the file cannot be read any further."""
    try:
        yield from entries
    except WhytuneError as error:
        yield Fault("damaged", None, error.problems[0].message)


def _noting(faults: list[Fault], entries: Iterator[Record | Fault]) -> Iterator[Record | Fault]:
    """The same; each fault that comes by is added to `faults`."""
    for entry in entries:
        faults += [entry] if isinstance(entry, Fault) else []
        yield entry


def listed(shown: prose.Page) -> list[dict[str, Any]]:
    """What a list tells, as data: each record; in a damaged ledger also each fault, and what the chain holds up to."""
    if shown.verification is None:
        return [data(record) for record in shown.records]
    return [
        {"id": str(entry.seq) if entry.seq else None, "verified": False, "fault": entry.to_dict()}
        if isinstance(entry, Fault)
        else {**data(entry), "verified": entry.seq <= shown.verification.end.length}
        for entry in shown.entries
    ]


def _mains(opened: Ledger, records: Iterable[Record]) -> dict[str, str]:
    """The main decision of each rulebook that makes several, by its digest; none of one that cannot be read."""
    mains: dict[str, str] = {}
    for digest, kept in {kept.data["rulebook"]["digest"]: kept for kept in records}.items():
        if len(kept.data["recommendation"]["decisions"]) > 1:
            with suppress(WhytuneError):
                mains[digest] = rulebook_of(kept, opened).decision_order[-1]
    return mains


def _check_count(name: str, count: int) -> None:
    if not (isinstance(count, int) and 1 <= count <= MOST):
        message = Sentence("`{name}` is a whole number from 1 to {most:,}", name=name, most=MOST)
        raise WhytuneError([Problem("wrong-type", message, Span(name))])


def data(record: Record) -> dict[str, Any]:
    """What a list tells about a record, as data."""
    content = record.data
    decisions = content["recommendation"]["decisions"]
    return {
        "id": record.id,
        "hash": record.hash,
        "time": record.time,
        "clock": content["clock"],
        "by": content["by"],
        "purpose": content["purpose"],
        "case": content["case"],
        "decisions": {
            name: {"outcome": record.outcomes[name], "status": decision["status"], "decided_by": decision["decided_by"]}
            for name, decision in decisions.items()
        },
        "rulebook": {name: content["rulebook"][name] for name in ("name", "version", "digest")},
        "as_of": content["as_of"],
    }
