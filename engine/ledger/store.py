"""A ledger: records appended to a file and read from it; append-only, and safe with many processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from ..language.problems import Problem, Sentence, Span, WhytuneError
from .database import Database, make
from .failures import not_a_ledger
from .record import Entry, Head, Moment, Record, head_of, stamp
from .record_reading import NotARecord
from .tables import APPLICATION, SCHEMA, VERSION

SECONDS = 30
"""How long an opened ledger waits for others before giving up."""

FIRST, LAST = -(2**63), 2**63 - 1
"""The first and last number that SQLite can give a row."""

MAX_LENGTH = 10**15
"""The most records; no ledger comes near it."""


DIGITS = 64
"""The hexadecimal digits of a SHA-256."""

MOST_FILES = 10**6
"""The most files of rulebooks; a damaged table could seem to hold any number."""

TOGETHER = 16
"""Rows that one statement adds or looks for: at each statement, the other threads of a service go first."""

_WHOLE = tuple(map(str.strip, SCHEMA))
_TABLES = _WHOLE[:2]


class Extent(NamedTuple):
    """What a ledger held at one moment: the hashes of its rulebooks' files, and the number of its last record."""

    files: tuple[str, ...]
    last: int


class Ledger:
    """An open ledger, to be closed or used in a `with`; one opened for reading shows what it held on opening."""

    announced = None
    """None: a ledger does not say how long it should be; a checkpoint does."""

    def __init__(self, path: Path, database: Database) -> None:
        self.path = path
        self._database = database
        self._extent: Extent | None = None  # it grows while the ledger is written to
        self._stored: set[str] = set()  # files that are known to be there, so that nobody waits for a search

    @classmethod
    def to_append(cls, path: str | Path, seconds: float = SECONDS) -> Self:
        """The ledger at this path, made if there is none; it waits this many seconds for other writers.

        Raises WhytuneError: not-a-ledger, newer-ledger, ledger-damaged, ledger-busy, disk-failure, unwritable-file.
        """
        file = Path(path)
        mark = (f"PRAGMA application_id = {APPLICATION}", f"PRAGMA user_version = {VERSION}")
        make(file, (*SCHEMA, *mark))
        return cls._checked(file, Database.to_write(file, seconds))

    @classmethod
    def to_read(cls, path: str | Path, seconds: float = SECONDS) -> Self:
        """The ledger at this path as it is now; nothing is changed, or left beside it.

        Raises WhytuneError: missing-file, not-a-ledger, newer-ledger, ledger-damaged, ledger-busy, unreadable-file.
        """
        ledger = cls._checked(Path(path), Database.to_read(Path(path), seconds))
        with suppress(WhytuneError):  # a damaged table is reported where it is read
            ledger._extent = Extent(ledger.files(), ledger._last())  # in this order: no file without a record
        return ledger

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Self:
        """The ledger that is the content of a file of this name, read in memory alone.

        Raises WhytuneError: not-a-ledger, newer-ledger, ledger-damaged.
        """
        return cls._checked(Path(name), Database.of_bytes(name, data))

    @classmethod
    def _checked(cls, path: Path, database: Database) -> Self:
        try:
            ledger = cls(path, database)
            ledger._check()
            return ledger
        except BaseException:
            database.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def append(self, entry: Entry, clock: Callable[[], Moment]) -> Record:
        """Adds a record and returns it once it is on disk; the clock is read when it is this record's turn.

        Raises WhytuneError and adds nothing: clock-backwards, bad-text, ledger-damaged, ledger-busy, disk-failure, ...
        """
        with self._turn() as last:
            record = self._following(entry, last, clock())
            self._add([record])
            return record

    def append_all(self, entries: Iterable[Entry], clock: Callable[[], Moment]) -> list[Head]:
        """Adds these records, all of them or none, and returns where each ends the chain once they are on the disk.

        The clock is read at the turn of each. Raises WhytuneError as `append` does.
        """
        ends: list[Head] = []
        with self._turn() as last:
            left = iter(entries)
            while some := [*islice(left, TOGETHER)]:
                records = []
                for entry in some:
                    records.append(self._following(entry, last, clock()))
                    last = records[-1].end
                self._add(records)
                ends += [record.end for record in records]
        return ends

    @contextmanager
    def _turn(self) -> Iterator[Head]:
        """A turn to write alone; gives the end of the chain. Raises WhytuneError."""
        stored = set(self._stored)
        try:
            with self._database.alone():
                self._check()
                if not self.is_guarded():
                    raise self._damaged(Sentence("the tables or triggers of the file are not those that whytune makes"))
                yield self._end()
        except BaseException:
            self._stored = stored  # what is not committed is not there
            raise

    def _following(self, entry: Entry, last: Head, now: Moment) -> Record:
        """The record that follows this end, which is not added yet, though its rulebook's files are."""
        if stamp(now.time) < last.time:
            raise _backwards(self.path, stamp(now.time), last.time)
        record = _readable_again(entry.sealed_body(last, now), self.path)
        self._store({digest: entry.files[digest] for digest in entry.files.keys() - self._stored})
        return record

    def _add(self, records: Sequence[Record]) -> None:
        values = [value for record in records for value in (record.seq, record.body.decode())]
        self._database.rows(f"INSERT INTO records VALUES {_several('(?, ?)', len(records))}", *values)

    def __len__(self) -> int:
        """The number of the last record; raises WhytuneError: ledger-damaged for one that whytune never gives."""
        return self._plausible(self._last())

    def records(self, newest_first: bool = False) -> Iterator[tuple[int, bytes]]:
        """The number and bytes of every record, one at a time; raises WhytuneError: ledger-damaged."""
        order, step = ("DESC", -1) if newest_first else ("ASC", 1)
        low, high = FIRST, self._last()
        question = "SELECT seq, coalesce(CAST(body AS BLOB), x'') FROM records WHERE seq BETWEEN ? AND ?"
        while low <= high and (row := self._database.rows(f"{question} ORDER BY seq {order} LIMIT 1", low, high)):
            ((seq, body),) = row
            yield seq, body
            low, high = (low, seq + step) if newest_first else (seq + step, high)

    def body(self, seq: int) -> bytes | None:
        """The bytes of the record with this number."""
        if not FIRST <= seq <= self._last():
            return None
        return self._one("SELECT coalesce(CAST(body AS BLOB), x'') FROM records WHERE seq = ?", seq)

    def file(self, digest: str) -> bytes | None:
        """The stored file with this SHA-256."""
        return self._one("SELECT coalesce(CAST(content AS BLOB), x'') FROM files WHERE sha256 = ?", digest)

    def files(self) -> tuple[str, ...]:
        """The SHA-256 of every stored file."""
        if self._extent:
            return self._extent.files
        name = f"coalesce(CAST(substr(sha256, 1, {DIGITS + 1}) AS TEXT), '')"  # of a damaged row, no more than shows it
        rows = self._database.rows(f"SELECT {name} FROM files ORDER BY sha256 LIMIT {MOST_FILES + 1}")
        if len(rows) > MOST_FILES:
            raise self._damaged(Sentence("it stores more than {most:,} files", most=MOST_FILES))
        return tuple(digest for (digest,) in rows)

    def is_guarded(self) -> bool:
        """Are the tables and triggers as whytune makes them?"""
        return self._defined(_WHOLE) == (len(_WHOLE), len(_WHOLE))

    def _last(self) -> int:
        """The number of the last record, plausible or not."""
        if self._extent:
            return self._extent.last
        ((last,),) = self._database.rows("SELECT coalesce(max(seq), 0) FROM records")
        return int(last)

    def _plausible(self, last: int) -> int:
        """The number of the last record; raises WhytuneError: ledger-damaged for one that whytune never gives."""
        if not 0 <= last <= MAX_LENGTH:
            raise self._damaged(Sentence("a record has the number {seq}", seq=last))
        return last

    def _one(self, question: str, key: int | str) -> bytes | None:
        rows = self._database.rows(question, key)
        return bytes(rows[0][0]) if rows else None

    def _store(self, files: Mapping[str, bytes]) -> None:
        """Adds those files of a rulebook that are not there; raises WhytuneError: ledger-damaged if another is."""
        if not self._stores(files):
            for digest, content in files.items():
                self._store_one(digest, content)
        self._stored.update(files)

    def _stores(self, files: Mapping[str, bytes]) -> bool:
        """Are all of these there, each with its content?"""
        left = iter(files.items())
        while some := [*islice(left, TOGETHER)]:
            same = _several("(sha256 = ? AND content = ?)", len(some), " OR ")
            ((count,),) = self._database.rows(f"SELECT count(*) FROM files WHERE {same}", *chain.from_iterable(some))
            if count != len(some):
                return False
        return True

    def _store_one(self, digest: str, content: bytes) -> None:
        stored = self.file(digest)
        if stored is None:
            self._database.rows("INSERT INTO files VALUES (?, ?)", digest, content)
        elif stored != content:
            raise self._damaged(Sentence("the stored file {digest} is damaged", digest=digest))

    def _end(self) -> Head:
        """Where the next record goes; the last one must be whole, or the chain would grow on a broken link."""
        question = "SELECT seq, coalesce(CAST(body AS BLOB), x'') FROM records ORDER BY seq DESC LIMIT 1"
        if not (rows := self._database.rows(question)):
            return Head()
        length, body = self._plausible(rows[0][0]), rows[0][1]
        last = head_of(body)
        if last is None or last.length != length:
            raise self._damaged(Sentence("record {seq} is damaged", seq=length))
        return last

    def _check(self) -> None:
        """Raises WhytuneError unless this is a ledger as we know it: not-a-ledger, newer-ledger, ledger-damaged."""
        ((mark,),) = self._database.rows("PRAGMA application_id")
        ((version,),) = self._database.rows("PRAGMA user_version")
        if mark != APPLICATION:
            raise not_a_ledger(self.path)
        if version > VERSION:
            message = Sentence(
                "a ledger of version {version}; this whytune knows {known}", version=version, known=VERSION
            )
            raise WhytuneError([Problem("newer-ledger", message, Span(str(self.path)), Sentence("update whytune"))])
        if self._defined(_TABLES)[0] < len(_TABLES):
            raise self._damaged(Sentence("its tables are not those of a ledger"))

    def _defined(self, statements: Sequence[str]) -> tuple[int, int]:
        """How many of these statements made a table, a trigger or whatever else is there, and how many made all of it.

        They count as they stand: SQLite itself skips a statement after a space.
        """
        these = f"count(DISTINCT sql) FILTER (WHERE sql IN ({_several('?', len(statements))}))"
        (counts,) = self._database.rows(f"SELECT {these}, count(DISTINCT sql) FROM sqlite_master", *statements)
        return counts[0], counts[1]

    def _damaged(self, why: Sentence) -> WhytuneError:
        verify = Sentence("verify the whole ledger; at a terminal: `whytune audit verify` with the same ledger")
        hint = verify if self._database.is_reading else Sentence("nothing was added; {advice}", advice=verify)
        return WhytuneError([Problem("ledger-damaged", why, Span(str(self.path)), hint)])


def _several(one: str, count: int, between: str = ", ") -> str:
    """So many times the same in a statement."""
    return between.join([one] * count)


def _readable_again(body: bytes, path: Path) -> Record:
    """The record in these bytes, read before they are added: an unreadable one would be the end of the ledger."""
    try:
        return Record.read(body)
    except NotARecord:
        hint = Sentence("nothing was recorded; look for unusual characters in what is to be kept")
        message = Sentence("what is to be kept could not be read as a record again")
        raise WhytuneError([Problem("bad-text", message, Span(str(path)), hint)]) from None


def _backwards(path: Path, now: str, last: str) -> WhytuneError:
    hint = Sentence(
        "nothing was recorded; set the clock right, or begin a new ledger if the last time is the wrong one"
    )
    message = Sentence("the time is {now}, but the last record was made at {last}", now=now, last=last)
    return WhytuneError([Problem("clock-backwards", message, Span(str(path)), hint)])
