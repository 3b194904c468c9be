"""A ledger for Python: what was advised and kept, and whether it is still as it was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, Unpack

from typing_extensions import TypedDict

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine import Rulebook as Content
from whytune.engine.language.case import from_python
from whytune.engine.language.evidence import evidence_of
from whytune.engine.language.problems import Sentence, short
from whytune.engine.language.text import read_day, read_letters, read_line, read_time
from whytune.engine.ledger.asked_names import check_names
from whytune.engine.ledger.changed_record import ChangedRecord
from whytune.engine.ledger.export import Export, is_export
from whytune.engine.ledger.impact import Impact
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.ledger.record import Circumstances, stamp
from whytune.engine.ledger.replay import Tally
from whytune.engine.ledger.selection import Selection
from whytune.engine.ledger.statistics import Statistics
from whytune.engine.ledger.store import Ledger as Store
from whytune.engine.ledger.verification import Verification
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import language_among, language_or_first

from .case import Case
from .frames import TaskRows
from .keeping import made, stored, write
from .kept import AsProven, KeptRecord, ListedRecords, affected, counted, one, proved, records, replayed, verdict_on
from .keywords import check_keywords
from .rulebook import Rulebook
from .shown import Shown, Suggesting
from .signing import read_signed, sign

if TYPE_CHECKING:  # for those who ask about many tasks
    from .answered_rows import AnsweredRows


class RecordFilter(TypedDict, total=False):
    """Which records are meant: from and up to which day ("2026-03-01", UTC) or time, and what each must match.

    A field that is None asks for nothing; see `Selection`.
    """

    since: date | str | None
    until: date | str | None
    advice: str | None
    rulebook: str | None
    rule: str | None
    text: str | None


class Ledger(Suggesting):
    """The ledger in this file, whose answers are told in `language`; the first record creates the file.

    >>> import tempfile, whytune
    >>> ledger = whytune.Ledger(tempfile.mkdtemp() + "/advice.ledger")
    >>> case = whytune.load("guide").case(prompt_enough=True)
    >>> identity = ledger.record(case, by="Zoë", purpose="triage of tickets", evidence={"prompt_enough": "TICKET-12"})
    >>> len(ledger), ledger.verify().to_dict()["verified"], ledger.replay(identity).same
    (1, True, 1)

    Reading changes nothing in the file or beside it. Raises WhytuneError: unknown-language; each method also
    not-a-ledger, newer-ledger, ledger-damaged, ledger-busy, disk-failure, unwritable-file, unreadable-file.
    """

    def __init__(self, file: str | PathLike[str], language: str = LANGUAGES[0]) -> None:
        self.file = fspath(file)
        self.language = language_among(Sentence("whytune"), LANGUAGES, language)

    def in_language(self, language: str) -> Ledger:
        """This ledger with everything told in this language; raises WhytuneError: unknown-language."""
        return Ledger(self.file, language)

    def __repr__(self) -> str:
        try:
            count = len(self)
        except WhytuneError as error:
            return f"<Ledger {self.file}: {error.problems[0].code}>"
        return f"<Ledger {self.file}: {count:,} record{'' if count == 1 else 's'}>"

    def _repr_html_(self) -> str | None:
        """Its newest records, for a notebook; None where it cannot be read, which its text says."""
        try:
            return self.records()._repr_html_()
        except WhytuneError:
            return None

    def __len__(self) -> int:
        """How many records there are."""
        with Store.to_read(self.file) as opened:
            return len(opened)

    def record(
        self,
        case: Case,
        *,
        by: str | None = None,
        purpose: str | None = None,
        title: str | None = None,
        evidence: Mapping[str, str] | None = None,
        keep_sensitive: bool = False,
    ) -> str:
        """Keeps the answer to a case, and returns the id of its record once it is on the disk; the clock is read.

        `by` says who gave the facts, `purpose` what for, `title` which case it is, `evidence` what proves each fact.
        Of a sensitive fact only a salted hash is kept, unless `keep_sensitive` is true.

        Raises WhytuneError: unknown-fact, bad-text; rulebook-changed, if the rulebook's files were edited meanwhile.
        """
        circumstances = _circumstances(case.advisor.rulebook, by, purpose, title, evidence)
        circumstances = circumstances._replace(evidence={**case.evidence, **circumstances.evidence})
        return write(self.file, made(case.recommendation, stored(case.place), circumstances, keep_sensitive))

    def decide(
        self,
        rulebook: Rulebook,
        rows: TaskRows,
        *,
        facts: Mapping[str, str] | None = None,
        assume: bool = True,
        by: str | None = None,
        purpose: str | None = None,
        title: str = "rows",
        evidence: Mapping[str, str] | None = None,
        keep_sensitive: bool = False,
    ) -> AnsweredRows:
        """The answers of `Rulebook.decide`, each kept before it is given: `record` is the id of its record.

        >>> import tempfile, whytune
        >>> ledger = whytune.Ledger(tempfile.mkdtemp() + "/advice.ledger")
        >>> answers = list(ledger.decide(whytune.load("guide"), [{"prompt_enough": True}, {"prompt_enough": "?"}]))
        >>> [(answer["advice"], answer["record"] is None) for answer in answers], len(ledger)
        ([('prompt', False), (None, True)], 1)

        Records are written in batches, each on the disk as a whole; the case of one is `title`, a colon, and the number
        of the row. Raises WhytuneError as `Rulebook.decide` and `record` do.
        """
        from whytune.engine.bulk.answered_table import answered
        from whytune.engine.bulk.row_answers import Bulk
        from whytune.engine.bulk.row_formats import TableRow

        from .answered_rows import AnsweredRows
        from .kept_rows import RowRecorder
        from .task_rows import rows_among

        circumstances = _circumstances(rulebook.content, by, purpose, title, evidence)
        bulk = Bulk(rulebook.advisor, facts, assume=assume, recorded=True)
        keep = RowRecorder(self.file, stored(rulebook.place), circumstances, keep_sensitive)
        written = (TableRow(None, row) for row in rows_among(rows, bulk, rulebook.language))
        kept = answered(bulk, written, keep)
        columns = (bulk.columns_in(answer, rulebook.language, record) for _, answer, record in kept)
        return AnsweredRows(columns, bulk, rulebook.case_of, rulebook.language)

    def find(self, identity: str | int) -> KeptRecord:
        """The record with this id or number, as it was given; raises WhytuneError: unknown-record."""
        with Store.to_read(self.file) as opened:
            return one(opened, str(identity), self._language_of)

    def case(self, identity: str | int, /, **revealed: Any) -> Case:
        """The case of the record with this id or number, as it was asked then: by the rules that the ledger keeps, on
        their day, with the facts that were given and assumed. Every question of a case can be asked of it.

        >>> import tempfile, whytune
        >>> ledger = whytune.Ledger(tempfile.mkdtemp() + "/advice.ledger")
        >>> identity = ledger.record(whytune.load("guide").case(prompt_enough=False, external_knowledge=True))
        >>> ledger.case(identity).why_not("prompt").state
        'not_proposed'

        `revealed` gives the values of facts that the record keeps out. Where something else comes out than was
        recorded, every answer begins with it. Raises WhytuneError: unknown-record, facts-kept-out, wrong-value.
        """
        from .reopening import reopened

        with Store.to_read(self.file) as opened:
            return reopened(opened, str(identity), self._language_of, lambda vocabulary: from_python(revealed))

    def records(self, *, page: int = 1, size: int = 20, **wanted: Unpack[RecordFilter]) -> ListedRecords:
        """The records on a page, the newest first: of all records, or of those that `wanted` selects.

        Of a damaged ledger, all that is whole, with where the chain breaks: `wrong` is the first fault that was met.

        Raises WhytuneError: wrong-type, bad-time, bad-text; unknown-option, unknown-rule, unknown-rulebook for a name
        that nothing in the ledger knows.
        """
        with Store.to_read(self.file) as opened:
            return records(opened, _selection("records", wanted, opened), page, size, self.language)

    def statistics(self, **wanted: Unpack[RecordFilter]) -> AsProven[Statistics]:
        """How often each advice, status, deciding rule, month and rulebook occurs.

        Of a damaged ledger, among the records before the first fault, which is `wrong`; likewise `replay` and `impact`.
        """
        with Store.to_read(self.file) as opened:
            return counted(opened, _selection("statistics", wanted, opened), self.language)

    def verify(
        self, *signed: str | PathLike[str], public_key: str | PathLike[str] | None = None, beside: Ledger | None = None
    ) -> Shown[Verification]:
        """Is every record of the ledger, or of an export, as it was written? Only signed checkpoints, given as files,
        show that the end was not cut off. Of a ledger that somebody handed over, the record at a fault is compared with
        the one of its name `beside` it, in one's own.

        Raises WhytuneError: bad-key, bad-checkpoint; ValueError for checkpoints without the key to verify them.
        """
        asked = read_signed(*_named(signed, public_key))
        with self._to_verify() as opened, ExitStack() as stack:
            own = stack.enter_context(Store.to_read(beside.file)) if beside is not None else None
            ledgers = self.file, beside.file if beside is not None else ""
            return verdict_on(opened, self.language, asked, own=own, ledgers=ledgers)

    def proof(
        self,
        identity: str | int,
        *signed: str | PathLike[str],
        public_key: str | PathLike[str] | None = None,
        **revealed: Any,
    ) -> Shown[RecordProof | ChangedRecord]:
        """Is this one record as it was written, whatever became of the others: its hash, its place in the chain, the
        signed checkpoints that cover it, and whether it gives the same answer again. An export can prove one, too.

        >>> import tempfile, whytune
        >>> ledger = whytune.Ledger(tempfile.mkdtemp() + "/advice.ledger")
        >>> identity = ledger.record(whytune.load("guide").case(prompt_enough=True))
        >>> proof = ledger.proof(identity)
        >>> proof.is_doubtful, proof.is_proven
        (False, False)

        Of one that is not, what stands in its place: `fault` says what is wrong. `revealed` gives the values of facts
        that the record keeps out. Raises WhytuneError: unknown-record, ledger-damaged if it cannot be read or its
        rulebook is not as it was stored, facts-kept-out, wrong-value, bad-key, bad-checkpoint.
        """
        asked = read_signed(*_named(signed, public_key))
        with self._to_verify() as opened:
            return proved(opened, str(identity), self.language, asked, lambda vocabulary: from_python(revealed))

    def checkpoint(
        self,
        file: str | PathLike[str],
        *signed: str | PathLike[str],
        key: str | PathLike[str],
        public_key: str | PathLike[str] | None = None,
    ) -> str:
        """Writes how many records there are and the hash of the last to a new file, signed with the private key in the
        file `key`, after verifying them all, and names the file; `whytune.keygen` makes a pair. The clock is read.

        Keep checkpoints where those who write to the ledger cannot. Give earlier ones with their `public_key`, to be
        sure that this one continues them.

        >>> import tempfile, whytune
        >>> folder = tempfile.mkdtemp()
        >>> ledger = whytune.Ledger(folder + "/advice.ledger")
        >>> identity = ledger.record(whytune.load("guide").case(prompt_enough=True))
        >>> private, public = whytune.keygen(folder + "/auditor")
        >>> march = ledger.checkpoint(folder + "/march.json", key=private)
        >>> ledger.verify(march, public_key=public).checkpoints
        1

        Raises WhytuneError: ledger-damaged, wrong-key, bad-checkpoint, unwritable-file.
        """
        before = read_signed(*_named(signed, public_key))
        with Store.to_read(self.file) as opened:
            sign(opened, fspath(file), fspath(key), before)
        return fspath(file)

    def replay(self, identity: str | None = None, **revealed: Any) -> AsProven[Tally]:
        """Does the record, or every record, give the same answer again, byte for byte?

        `revealed` gives the values of facts that the record keeps out. Raises WhytuneError: unknown-record,
        facts-kept-out, wrong-value; unknown-key for values where no record is named.
        """
        check_keywords("replay", () if identity else revealed, ("identity",))
        with Store.to_read(self.file) as opened:
            return replayed(opened, identity, self.language, lambda vocabulary: from_python(revealed))

    def impact(self, other: Rulebook, **wanted: Unpack[RecordFilter]) -> AsProven[Impact]:
        """Which recorded recommendations would come out differently under another rulebook, on its day."""
        speaker = other.in_language(self._language_of(other.content)).speaker
        with Store.to_read(self.file) as opened:
            return affected(opened, _selection("impact", wanted, opened), other.advisor, speaker)

    def _to_verify(self) -> Store | Export:
        """The ledger, or an export of one, which can be verified alike."""
        return Export(self.file) if is_export(self.file) else Store.to_read(self.file)

    def _language_of(self, rulebook: Content) -> str:
        return language_or_first(rulebook.languages, self.language)


def _circumstances(
    rulebook: Content, by: str | None, purpose: str | None, title: str | None, evidence: Mapping[str, str] | None
) -> Circumstances:
    """Raises WhytuneError: unknown-fact, bad-text."""
    proofs = evidence_of(from_python(evidence or {}), rulebook.vocabulary)
    return Circumstances(_line("by", by), _line("purpose", purpose), _line("title", title), proofs)


def _named(files: Sequence[str | PathLike[str]], key: str | PathLike[str] | None) -> tuple[tuple[str, ...], str | None]:
    return tuple(fspath(file) for file in files), None if key is None else fspath(key)


def _line(name: str, text: str | None) -> str | None:
    """Raises WhytuneError: bad-text."""
    return None if text is None else read_line(text, Span(name))


def _selection(method: str, wanted: RecordFilter, ledger: Store) -> Selection:
    """What a method is asked to select; raises WhytuneError: unknown-key, wrong-type, bad-time, bad-text, and what
    `check_names` does."""
    check_keywords(method, wanted, RecordFilter.__optional_keys__)
    texts: dict[str, Any] = {name: value for name, value in wanted.items() if value is not None}
    for name in texts.keys() & _READ.keys():
        texts[name] = _READ[name](texts[name], Span(name))
    selection = Selection(**texts)
    check_names(ledger, selection)
    return selection


def _moment(written: date | str, place: Span) -> str:
    """A day as written, or a time as records write it; raises WhytuneError: wrong-type, bad-time."""
    text = written.isoformat() if isinstance(written, date) else str(written)
    if "T" in text:
        return stamp(read_time(text, place))
    try:
        return str(read_day(text))
    except ValueError:
        message = Sentence("`{text}` is not a date like 2026-03-31", text=short(text))
        raise WhytuneError([Problem("wrong-type", message, place)]) from None


_READ: dict[str, Callable[[Any, Span], str]] = {"since": _moment, "until": _moment, "text": read_letters}
"""How those fields of a record filter are read that are not taken as they are."""
