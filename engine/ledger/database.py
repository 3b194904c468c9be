"""SQLite as a ledger needs it: a commit is on disk when it returns, and reading leaves no trace.

The only file that imports sqlite3. A ledger has a rollback journal: readers of a write-ahead log would leave files of
their own beside it. A reader locks the file for one query at a time, so that no writer has to wait for long.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ..advice.forks import Turns
from ..language.problems import Problem, Sentence, Span, WhytuneError
from ..language.source import unreadable
from .failures import KEPT, REFUSED, emptied, failure, name_of, not_a_ledger
from .snapshot import InUse, beside, snapshot

HEADER = 100
"""The bytes that every SQLite database begins with."""

MAGIC = b"SQLite format 3\0"
"""How every SQLite database begins."""

MAX_ROW = 3 * 2**20
"""The most bytes of a row: more than any record or file has, so that a malicious file cannot use up memory."""

UNREADABLE = (*REFUSED, "SQLITE_IOERR_LOCK", "SQLITE_IOERR_RDLOCK", "SQLITE_NOLFS", "SQLITE_PROTOCOL")
"""How the names of those errors begin after which a reader can still read a copy."""

_NO_LOG = "PRAGMA journal_mode = DELETE"

_turns = Turns()
"""Held while a file is open: when a process closes a file, the system drops all locks of the process on that file."""


class Database:
    """An open file, which its user must close."""

    def __init__(self, path: Path, connection: sqlite3.Connection, is_reading: bool, is_copy: bool = False) -> None:
        self.path = path
        self.is_reading = is_reading
        self._connection = connection
        self._is_copy = is_copy

    @classmethod
    def to_write(cls, path: Path, seconds: float) -> Database:
        """The existing file, opened for writing; waits this many seconds for other writers. Raises WhytuneError."""
        with _explained(path, is_reading=False), _turns:
            _refuse_what_is_no_database(path)
            if _has_log(path):
                _end_log(path)
            durable = "PRAGMA synchronous = EXTRA"  # a commit returns when it is on disk, folder entry included
            return cls(path, _connected(path, "mode=rw", seconds, durable), is_reading=False)

    @classmethod
    def to_read(cls, path: Path, seconds: float) -> Database:
        """The file, or a copy if it cannot be read without writing beside it; raises WhytuneError."""
        with _explained(path, is_reading=True), _turns:
            _refuse_what_is_no_database(path)
            if _has_log(path):
                return cls(path, _copied(path), is_reading=True, is_copy=True)
            return cls(path, _connected(path, "mode=ro", seconds), is_reading=True)

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Database:
        """The content of a file that somebody sent, read in memory alone; raises WhytuneError under this name.

        Nothing that the file defines is run: SQLite is told to refuse what a view or a trigger of it would read.
        """
        path = Path(name)
        with _explained(path, is_reading=True):
            if not data.startswith(MAGIC) or len(data) < HEADER:
                raise not_a_ledger(path)
            connection = sqlite3.connect(":memory:", isolation_level=None)
            _restrict(connection)
            connection.deserialize(data[:18] + b"\1\1" + data[20:])  # a log, which memory has not, did not come along
            connection.set_authorizer(_reads_tables_alone)
            return cls(path, connection, is_reading=True, is_copy=True)

    def close(self) -> None:
        with _turns:
            self._connection.close()

    def rows(self, question: str, *keys: Any) -> Sequence[tuple[Any, ...]]:
        """All rows of the result at once, so that no lock outlasts the query; raises WhytuneError."""
        with _explained(self.path, self.is_reading), _turns:
            try:
                return self._connection.execute(question, keys).fetchall()
            except sqlite3.Error as error:
                if not self.is_reading or self._is_copy or not name_of(error).startswith(UNREADABLE):
                    raise
            self._connection.close()  # a writer was killed: a reader can only set a copy right
            self._connection, self._is_copy = _copied(self.path), True
            return self._connection.execute(question, keys).fetchall()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One transaction that has the file to itself and is written whole or not at all; raises WhytuneError."""
        with _explained(self.path, self.is_reading), _turns:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # file gone, disk full: what was not committed is not there
                    self._connection.execute("ROLLBACK")
                raise


def make(path: Path, statements: Sequence[str]) -> None:
    """Makes a database by these statements, whole from its first moment; a file that is already there is left.

    Raises WhytuneError: unwritable-file, disk-failure.
    """
    _refuse_no_path(path)
    place = beside(path, "")
    if os.path.lexists(place):
        return
    with _explained(path, is_reading=False), closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
        for statement in statements:
            memory.execute(statement)
        with tempfile.TemporaryDirectory(prefix=".whytune-", dir=place.parent) as folder:
            whole = Path(folder) / "whole"
            _write(whole, memory.serialize())
            with suppress(FileExistsError):  # another process made it first
                os.link(whole, place)


def _write(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    with open(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(descriptor)


def _connected(path: Path, how: str, seconds: float, *statements: str) -> sqlite3.Connection:
    """A connection on which these statements have been run; with none, the file has not been touched yet."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=seconds, isolation_level=None)
    try:
        _restrict(connection)
        for statement in statements:
            connection.execute(statement).fetchall()
        return connection
    except BaseException:
        connection.close()
        raise


def _restrict(connection: sqlite3.Connection) -> None:
    """Bounds a row, and runs nothing that a ledger, which may come from others, defines."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_ROW)
    connection.execute("PRAGMA trusted_schema = OFF")


def _reads_tables_alone(action: int, one: str | None, two: str | None, schema: str | None, definer: str | None) -> int:
    """Refuses what is no reading, and what a view or trigger, the `definer`, reads."""
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_PRAGMA)
    return sqlite3.SQLITE_OK if action in allowed and definer is None else sqlite3.SQLITE_DENY


def _copied(path: Path) -> sqlite3.Connection:
    """A connection to a copy of one moment, its journals applied; the copy is already deleted. Raises OSError."""
    with tempfile.TemporaryDirectory(prefix="whytune-") as folder:
        copy = snapshot(path, Path(folder))
        return _connected(copy, "mode=rw", 0, _NO_LOG, "SELECT count(*) FROM sqlite_master")


def _has_log(path: Path) -> bool:
    """Was the ledger made by an older whytune? Byte 18 of SQLite's format says whether there is a log."""
    with path.open("rb") as stream:
        return 2 in stream.read(HEADER)[18:20]


def _end_log(path: Path) -> None:
    """Gives the ledger a rollback journal; if others have it open, a later opening does so."""
    with suppress(sqlite3.OperationalError):
        _connected(path, "mode=rw", 0, _NO_LOG).close()


def _refuse_what_is_no_database(path: Path) -> None:
    """Raises WhytuneError for a folder, pipe or device, and for a file so short that SQLite would call it empty."""
    _refuse_no_path(path)
    for ending in KEPT:
        _refuse_no_file(beside(path, ending), Span(f"{path}{ending}"))
    there = _there(path)
    if there is None:
        raise WhytuneError([Problem("missing-file", Sentence("no such ledger"), Span(str(path)))])
    if there.st_size < HEADER:
        raise not_a_ledger(path) if there.st_size else emptied(path)


def _refuse_no_path(path: Path) -> None:
    if "\0" in str(path):
        raise unreadable(Span(str(path)), ValueError())


def _refuse_no_file(path: Path, span: Span) -> None:
    there = _there(path)
    if there and stat.S_ISDIR(there.st_mode):
        raise unreadable(span, IsADirectoryError(0, Sentence("is a directory")))
    if there and not stat.S_ISREG(there.st_mode):
        raise unreadable(span, OSError(0, Sentence("not a regular file")))


def _there(path: Path) -> os.stat_result | None:
    """What is at this path at one moment: a journal comes and goes while others write."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


@contextmanager
def _explained(path: Path, is_reading: bool) -> Iterator[None]:
    """Turns a failure of SQLite or the system into a problem of this file."""
    try:
        yield
    except (sqlite3.Error, OSError, InUse) as error:
        raise failure(path, error, is_reading) from None
