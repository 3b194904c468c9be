"""The file of a ledger as a disk and its permissions have it: other files, locked, read-only, full."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from whytune.engine import WhytuneError
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify

from .ledgers import CASES, RULEBOOK, at, drafted, problem, recorded


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "advice.ledger"


def test_an_empty_file_becomes_a_ledger_but_cannot_be_read_as_one(path: Path) -> None:
    path.touch()
    assert problem(lambda: Ledger.to_read(path)) == "not-a-ledger"
    recorded(path, 1)
    with Ledger.to_read(path) as ledger:
        assert len(ledger) == 1


def no_database(path: Path) -> None:
    path.write_bytes(b"dear diary\n" * 100)


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE diary (entry TEXT)")


def a_newer_ledger(path: Path) -> None:
    recorded(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA user_version = 2")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("make", "reading", "appending"),
    [
        (no_database, "not-a-ledger", "not-a-ledger"),
        (another_database, "not-a-ledger", "not-a-ledger"),
        (a_newer_ledger, "newer-ledger", "newer-ledger"),
        (a_folder, "unreadable-file", "unreadable-file"),
        (lambda path: None, "missing-file", None),
    ],
)
def test_a_file_that_is_no_ledger_of_ours_is_left_alone(
    path: Path, make: Callable[[Path], None], reading: str, appending: str | None
) -> None:
    make(path)
    before = path.read_bytes() if path.is_file() else None
    assert problem(lambda: Ledger.to_read(path)) == reading
    if appending:
        assert problem(lambda: Ledger.to_append(path)) == appending
    assert (path.read_bytes() if path.is_file() else None) == before
    assert problem(lambda: Ledger.to_append(path / "below" / "advice.ledger")) == "unwritable-file"


def test_a_locked_ledger_says_so_and_is_whole(path: Path) -> None:
    recorded(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Ledger.to_append(path, seconds=0.05) as ledger:
            assert problem(lambda: ledger.append(drafted(CASES[0]), lambda: at(5))) == "ledger-busy"
        other.execute("ROLLBACK")
    with Ledger.to_append(path) as ledger:
        assert ledger.append(drafted(CASES[0]), lambda: at(5)).seq == 2


@contextmanager
def as_somebody() -> Iterator[Path]:
    """A folder, in the shoes of a user whom permissions bind: root is bound by none."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        root = os.geteuid() == 0
        if root:
            os.seteuid(65534)
        try:
            yield Path(name)
        finally:
            if root:
                os.seteuid(0)
            for found in (Path(name), *Path(name).rglob("*")):
                found.chmod(0o777)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A ledger of two records in a folder into which nobody may write, and in which nobody has read it before."""
    with as_somebody() as folder:
        path = folder / "closed" / "advice.ledger"
        path.parent.mkdir()
        recorded(path, 2)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        assert os.listdir(path.parent) == ["advice.ledger"]
        yield path


def test_a_read_only_ledger_is_read_but_not_written(closed: Path) -> None:
    with Ledger.to_read(closed) as ledger:
        assert verify(ledger).end.length == 2
    assert problem(lambda: Ledger.to_append(closed)) == "unwritable-file"
    closed.parent.chmod(0o755)
    with Ledger.to_read(closed) as ledger:
        assert len(ledger) == 2
    with Ledger.to_append(closed) as ledger:
        assert problem(lambda: ledger.append(drafted(CASES[0]), lambda: at(5))) == "unwritable-file"


def with_records_beside(path: Path) -> None:
    """What a copy of a ledger in use is: the last record stands in the file beside it."""
    with Ledger.to_append(path) as ledger:
        ledger.append(drafted(CASES[0]), lambda: at(5))
        log = path.with_name(path.name + "-wal")
        kept = log.read_bytes()
    log.write_bytes(kept)


@pytest.mark.parametrize(
    ("make", "hint"),
    [
        (with_records_beside, "its last records stand in `advice.ledger-wal`: copy both"),
        (lambda path: path.with_name(path.name + "-journal").write_text("garbage"), "`advice.ledger-journal` is left"),
        (lambda path: path.chmod(0), "ask whoever keeps the ledger"),
    ],
)
def test_what_a_reader_may_not_read_is_not_called_written(
    closed: Path, make: Callable[[Path], object], hint: str
) -> None:
    """Alone the file would be read without the records that stand beside it."""
    closed.parent.chmod(0o755)
    closed.chmod(0o644)
    make(closed)
    closed.parent.chmod(0o555)
    with pytest.raises(WhytuneError) as caught:
        Ledger.to_read(closed)
    (only,) = caught.value.problems
    assert (only.code, (only.hint or "")[: len(hint)]) == ("unreadable-file", hint)
    assert "written" not in only.message


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_folder_in_the_place_of_a_file_of_sqlite_is_named(path: Path, ending: str) -> None:
    recorded(path, 1)
    path.with_name(path.name + ending).mkdir()
    for opening in (Ledger.to_read, Ledger.to_append):
        with pytest.raises(WhytuneError, match=rf"advice\.ledger{ending}: cannot be read: is a directory"):
            opening(path)


def test_a_reader_is_not_told_that_nothing_was_recorded(path: Path) -> None:
    recorded(path, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("PRAGMA user_version = 1")
        with pytest.raises(WhytuneError, match="hint: try again"):
            Ledger.to_read(path)


FULL = """
import resource, sys
from pathlib import Path
from tests import ledgers
from whytune.engine import WhytuneError
path = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    ledgers.recorded(path, 500)
except WhytuneError as error:
    print(error.problems[0].code, end="")
"""


def test_on_a_full_disk_nothing_is_half_written(path: Path) -> None:
    """The limit of a file's size stands for the disk; where SQLite meets it is left to chance by several limits."""
    for limit in (100_000, 131_313, 200_000):
        full = path.with_name(f"full{limit}")
        done = subprocess.run(
            [sys.executable, "-c", FULL, str(full), str(limit)],
            cwd=RULEBOOK.parent.parent.parent,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout == "disk-failure", done.stderr
        with Ledger.to_append(full) as ledger:
            found = verify(ledger)
            assert found.fault is None
            assert found.end.length > 3
            assert ledger.append(drafted(CASES[0]), lambda: at(10_000)).seq == found.end.length + 1
