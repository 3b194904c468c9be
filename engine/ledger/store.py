"""The file of a ledger: SQLite, append-only, safe under many processes; the only file that imports sqlite3."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from ..problems import Problem, Sentence, Span, WhytuneError, short
from ..source import unreadable
from .record import Entry, Head, Moment, NotARecord, Record, head_of, stamp

APPLICATION, VERSION = 0x77687974, 1  # the letters `whyt`: how `file` and we know a ledger
SECONDS = 30
"""How long an append waits for the others before it gives up."""

BESIDE = ("-wal", "-shm", "-journal")
"""The endings of the files that SQLite keeps beside a ledger."""

REFUSED = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")
"""How the names of errors begin that say: the system does not let us."""

HEADER = 100
"""Bytes with which every database of SQLite begins."""

MAX_BYTES = 64 * 2**20
"""Of one record or file: none comes near it, and a file made to hurt gets no memory."""

SCHEMA = (
    """
CREATE TABLE records (
  seq INTEGER PRIMARY KEY,
  body TEXT NOT NULL CHECK (typeof(body) = 'text')
)""",
    """
CREATE TABLE files (
  sha256 TEXT NOT NULL PRIMARY KEY,
  content BLOB NOT NULL CHECK (typeof(content) = 'blob')
) WITHOUT ROWID""",
    """
CREATE TRIGGER records_follow BEFORE INSERT ON records
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM records)
BEGIN SELECT RAISE(ABORT, 'a record follows the last one'); END""",
    """
CREATE TRIGGER records_stay BEFORE DELETE ON records
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
    """
CREATE TRIGGER records_keep BEFORE UPDATE ON records
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
    """
CREATE TRIGGER files_once BEFORE INSERT ON files
WHEN EXISTS (SELECT 1 FROM files WHERE sha256 = NEW.sha256)
BEGIN SELECT RAISE(ABORT, 'a file is stored once'); END""",
    """
CREATE TRIGGER files_stay BEFORE DELETE ON files
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
    """
CREATE TRIGGER files_keep BEFORE UPDATE ON files
BEGIN SELECT RAISE(ABORT, 'a ledger is append-only'); END""",
)
"""Triggers refuse every change but an append; the one that guards the order also stops INSERT OR REPLACE."""


class Ledger:
    """An open ledger; for reading, all that is read is one moment's. To be closed, or used in a `with`."""

    announced = None
    """A ledger does not say how long it should be; a checkpoint does."""

    def __init__(self, path: Path, connection: sqlite3.Connection, is_reading: bool = False) -> None:
        self.path = path
        self._connection = connection
        self._is_reading = is_reading
        self._stored: set[str] = set()  # files that are known to be there, so that nobody waits while we look

    @classmethod
    def to_append(cls, path: str | Path, seconds: float = SECONDS) -> Ledger:
        """The ledger at this path, made if there is none; it waits so long for other writers.

        Raises WhytuneError: not-a-ledger, newer-ledger, ledger-busy, disk-failure, unwritable-file, missing-file.
        """
        file = Path(path)
        with _explained(file):
            ledger = cls(file, _connected(file, "mode=rwc", seconds))
            try:
                ledger._connection.execute("PRAGMA synchronous = FULL")  # a commit returns when the disk has it
                ledger._found()
            except BaseException:
                ledger.close()
                raise
        return ledger

    @classmethod
    def to_read(cls, path: str | Path) -> Ledger:
        """The ledger at this path as it is now; raises WhytuneError: missing-file, not-a-ledger, newer-ledger, ..."""
        file = Path(path)
        with _explained(file, is_reading=True):
            if not file.exists():
                raise WhytuneError([Problem("missing-file", Sentence("no such ledger"), Span(str(file)))])
            ledger = cls(file, _readable(file), is_reading=True)
            try:
                ledger._connection.execute("BEGIN DEFERRED")
                if not ledger._is_one():
                    raise _not_a_ledger(file)
            except BaseException:
                ledger.close()
                raise
        return ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def append(self, entry: Entry, clock: Callable[[], Moment]) -> Record:
        """Adds a record and returns it once it is on the disk; the clock is read when it is this record's turn.

        Raises WhytuneError and adds nothing: clock-backwards, bad-text, ledger-damaged, ledger-busy, disk-failure, ...
        """
        with self._explained(), self._at_once("IMMEDIATE"):
            last = self._end()
            now = clock()
            if stamp(now.time) < last.time:
                raise _backwards(self.path, stamp(now.time), last.time)
            body = entry.sealed_body(last, now)
            record = _readable_again(body, self.path)
            for digest in entry.files.keys() - self._stored:
                stored = self.file(digest)
                if stored is None:
                    self._connection.execute("INSERT INTO files VALUES (?, ?)", (digest, entry.files[digest]))
                elif stored != entry.files[digest]:
                    raise self._damaged(Sentence("the stored file {digest} is damaged", digest=digest))
            self._connection.execute("INSERT INTO records VALUES (?, ?)", (last.length + 1, body.decode()))
        self._stored.update(entry.files)
        return record

    def __len__(self) -> int:
        """The number of the last record."""
        with self._explained():
            return int(self._connection.execute("SELECT coalesce(max(seq), 0) FROM records").fetchone()[0])

    def records(self, newest_first: bool = False) -> Iterator[tuple[int, bytes]]:
        """Every record's number and bytes, one at a time; raises WhytuneError: ledger-damaged."""
        order = "DESC" if newest_first else "ASC"
        rows = self._connection.cursor()
        with self._explained():
            rows.execute(f"SELECT seq, CAST(body AS BLOB) FROM records ORDER BY seq {order}")
        while True:
            with self._explained():
                row = rows.fetchone()
            if row is None:
                return
            yield row[0], row[1]

    def body(self, seq: int) -> bytes | None:
        """The bytes of the record of this number."""
        return self._one("SELECT CAST(body AS BLOB) FROM records WHERE seq = ?", seq)

    def file(self, digest: str) -> bytes | None:
        """The stored file with this SHA-256."""
        return self._one("SELECT CAST(content AS BLOB) FROM files WHERE sha256 = ?", digest)

    def files(self) -> tuple[str, ...]:
        """The SHA-256 of every stored file."""
        with self._explained():
            return tuple(row[0] for row in self._connection.execute("SELECT sha256 FROM files ORDER BY sha256"))

    def is_guarded(self) -> bool:
        """Are tables and triggers as whytune makes them?"""
        with self._explained():
            return self._schema() == set(map(str.strip, SCHEMA))

    def _explained(self) -> AbstractContextManager[None]:
        return _explained(self.path, self._is_reading)

    def _one(self, question: str, key: int | str) -> bytes | None:
        with self._explained():
            row = self._connection.execute(question, (key,)).fetchone()
        return None if row is None else bytes(row[0])

    def _end(self) -> Head:
        """Where the next record goes; the last one must be whole, or a chain would grow on a broken link."""
        length = len(self)
        body = self.body(length)
        if body is None:
            return Head()
        last = head_of(body)
        if last is None or last.length != length:
            raise self._damaged(Sentence("record {seq} is damaged", seq=length))
        return last

    @contextmanager
    def _at_once(self, kind: str) -> Iterator[None]:
        """One transaction: DEFERRED sees one moment of the file; IMMEDIATE writes alone, all of it or nothing."""
        self._connection.execute(f"BEGIN {kind}")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # the file may be gone or full: what is not committed is not there
                self._connection.execute("ROLLBACK")
            raise

    def _found(self) -> None:
        """Makes an empty file a ledger; leaves one as it is."""
        with self._at_once("DEFERRED"):
            founded = self._is_one()
        if not founded:
            with self._at_once("IMMEDIATE"):
                if not self._is_one():  # another process may have been quicker
                    for statement in SCHEMA:
                        self._connection.execute(statement)
                    self._connection.execute(f"PRAGMA application_id = {APPLICATION}")
                    self._connection.execute(f"PRAGMA user_version = {VERSION}")
        with suppress(sqlite3.OperationalError):  # others are at it: then a later opening changes the mode
            self._connection.execute("PRAGMA journal_mode = WAL")

    def _is_one(self) -> bool:
        """Is this a ledger that we can read? False for an empty file; raises WhytuneError for any other.

        To be asked in a transaction: between two questions another process may make it a ledger.
        """
        mark, version, parts = (
            self._connection.execute(question).fetchone()[0]
            for question in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_master")
        )
        if mark == APPLICATION and version > VERSION:
            said = Sentence("a ledger of version {version}; this whytune knows {known}", version=version, known=VERSION)
            raise WhytuneError([Problem("newer-ledger", said, Span(str(self.path)), Sentence("update whytune"))])
        if mark != APPLICATION and (mark or version or parts):
            raise _not_a_ledger(self.path)
        if mark == APPLICATION and not set(map(str.strip, SCHEMA[:2])) <= self._schema():
            raise self._damaged(Sentence("its tables are not those of a ledger"))
        return bool(mark == APPLICATION)

    def _schema(self) -> set[str]:
        """How each table, trigger and whatever else there is was made."""
        rows = self._connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
        return {str(row[0]).strip() for row in rows}

    def _damaged(self, why: Sentence) -> WhytuneError:
        verify = Sentence("`whytune audit verify` looks at the whole ledger")
        hint = verify if self._is_reading else Sentence("nothing was added; {advice}", advice=verify)
        return WhytuneError([Problem("ledger-damaged", why, Span(str(self.path)), hint)])


def _connected(path: Path, how: str, seconds: float = SECONDS) -> sqlite3.Connection:
    """A connection that has not touched the file yet; raises WhytuneError where there is no file as SQLite needs it."""
    if "\0" in str(path):
        raise unreadable(Span(str(path)), ValueError())
    for file in (path, *map(partial(_beside, path), BESIDE)):
        _refuse_no_file(file)
    there = _there(path)
    if there and 0 < there.st_size < HEADER:  # SQLite would take it for an empty file
        raise _not_a_ledger(path)
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=seconds, isolation_level=None)
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_BYTES)
        connection.execute("PRAGMA trusted_schema = OFF")  # a ledger comes from others: nothing in it is run
        return connection
    except BaseException:
        connection.close()
        raise


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _refuse_no_file(path: Path) -> None:
    """Raises WhytuneError: unreadable-file, for a folder, a pipe or a device."""
    there = _there(path)
    if there and stat.S_ISDIR(there.st_mode):
        raise unreadable(Span(str(path)), IsADirectoryError(0, Sentence("is a directory")))
    if there and not stat.S_ISREG(there.st_mode):
        raise unreadable(Span(str(path)), OSError(0, Sentence("not a regular file")))


def _there(path: Path) -> os.stat_result | None:
    """What stands at this path, at one moment: a journal comes and goes while others write."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _readable(path: Path) -> sqlite3.Connection:
    """A connection for reading; where even a reader's lock cannot be written, the file as it stands alone.

    Alone it is read only if nothing of the ledger can stand in the files beside it.
    """
    connection = _connected(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return connection
    except sqlite3.Error as error:
        connection.close()
        refused = getattr(error, "sqlite_errorname", "").startswith(REFUSED)
        if not refused or _is_waiting(path, "-wal") or _is_waiting(path, "-journal"):
            raise
        return _connected(path, "mode=ro&immutable=1")


def _is_waiting(path: Path, ending: str) -> bool:
    """Is something written beside the ledger that is not in it yet?"""
    there = _there(_beside(path, ending))
    return there is not None and there.st_size > 0


@contextmanager
def _explained(path: Path, is_reading: bool = False) -> Iterator[None]:
    """Says what SQLite or the system could not do as a problem of this file."""
    try:
        yield
    except sqlite3.Error as error:
        raise WhytuneError([_problem(path, error, is_reading)]) from None
    except OSError as error:
        raise unreadable(Span(str(path)), error) from None


def _problem(path: Path, error: sqlite3.Error, is_reading: bool) -> Problem:
    name, span = getattr(error, "sqlite_errorname", ""), Span(str(path))
    reason = short(str(error).lower())

    def problem(code: str, said: Sentence, advice: Sentence) -> Problem:
        return Problem(
            code, said, span, advice if is_reading else Sentence("nothing was recorded; {advice}", advice=advice)
        )

    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        said = Sentence("another program is writing to the ledger and does not end")
        return problem("ledger-busy", said, Sentence("try again, or find out which program holds it"))
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        advice = Sentence("make room on the disk, or have it looked at, and try again")
        return problem("disk-failure", Sentence("the disk fails: {reason}", reason=reason), advice)
    if name.startswith(REFUSED) and is_reading:
        return Problem("unreadable-file", Sentence("cannot be read: {why}", why=reason), span, _how_to_read(path))
    if name.startswith(REFUSED):
        hint = Sentence("a ledger, and the folder it lies in, must be writable to those who record")
        return Problem("unwritable-file", Sentence("cannot be written: {reason}", reason=reason), span, hint)
    if name.startswith("SQLITE_NOTADB"):
        return _not_a_ledger(path).problems[0]
    advice = Sentence("take the ledger from a backup")
    return problem("ledger-damaged", Sentence("the file is damaged: {reason}", reason=reason), advice)


def _how_to_read(path: Path) -> Sentence:
    """What a reader can do whom the system does not let read the ledger where it lies."""
    if _is_waiting(path, "-wal"):
        return Sentence(
            "its last records stand in `{file}`: copy both into a folder of your own, and read the ledger there",
            file=short(_beside(path, "-wal").name),
        )
    if _is_waiting(path, "-journal"):
        return Sentence(
            "`{file}` is left of a writing that was broken off: the next `--record` sets the ledger right",
            file=short(_beside(path, "-journal").name),
        )
    return Sentence("ask whoever keeps the ledger to let you read it")


def _readable_again(body: bytes, path: Path) -> Record:
    """The record in these bytes, before they are added: what nobody could read would be the end of the ledger."""
    try:
        return Record.read(body)
    except NotARecord:
        hint = Sentence("nothing was recorded; look for unusual characters in what is to be kept")
        said = Sentence("what is to be kept could not be read as a record again")
        raise WhytuneError([Problem("bad-text", said, Span(str(path)), hint)]) from None


def _not_a_ledger(path: Path) -> WhytuneError:
    hint = Sentence("name a file that `whytune advise --record` has made, or one that is not there yet")
    return WhytuneError([Problem("not-a-ledger", Sentence("not a ledger of whytune"), Span(str(path)), hint)])


def _backwards(path: Path, now: str, last: str) -> WhytuneError:
    hint = Sentence(
        "nothing was recorded; set the clock right, or begin a new ledger if the last time is the wrong one"
    )
    said = Sentence("the time is {now}, but the last record was made at {last}", now=now, last=last)
    return WhytuneError([Problem("clock-backwards", said, Span(str(path)), hint)])
