"""The file of a ledger as a disk and its permissions have it: other files, locked, read-only, full."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import WhytuneError
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify

from .ledgers import CASES, RULEBOOK, at, drafted, problem, recorded


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "advice.ledger"


@pytest.mark.parametrize("size", [0, 1, 99])
def test_a_ledger_cut_to_less_than_a_header_is_not_begun_anew(path: Path, size: int) -> None:
    recorded(path, 2)
    os.truncate(path, size)
    for opening in (Ledger.to_read, Ledger.to_append):
        assert problem(lambda opening=opening: opening(path)) == "not-a-ledger"  # type: ignore[misc]
    assert path.stat().st_size == size


def test_a_database_without_tables_is_not_begun_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM")
    for opening in (Ledger.to_read, Ledger.to_append):
        assert problem(lambda opening=opening: opening(path)) == "not-a-ledger"  # type: ignore[misc]


def test_a_new_ledger_has_the_rights_of_any_new_file_and_nothing_beside_it(path: Path) -> None:
    recorded(path, 1)
    path.with_name("other").touch()
    assert path.stat().st_mode == path.with_name("other").stat().st_mode
    assert sorted(os.listdir(path.parent)) == [path.name, "other"]


def test_a_link_leads_to_the_ledger_and_its_journals(path: Path) -> None:
    link = path.with_name("link")
    link.symlink_to("advice.ledger")
    recorded(link, 2)
    left_by_a_killed_writer(path)
    with Ledger.to_read(link) as ledger:
        assert verify(ledger).end.length == 2


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


@pytest.mark.parametrize("make", [no_database, another_database, a_newer_ledger])
def test_a_file_that_is_refused_is_not_kept_open(
    path: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    make(path)
    connections: list[sqlite3.Connection] = []
    connect = sqlite3.connect

    def connected(*place: Any, **how: Any) -> sqlite3.Connection:
        connections.append(connect(*place, **how))
        return connections[-1]

    monkeypatch.setattr(sqlite3, "connect", connected)
    for opening in (Ledger.to_read, Ledger.to_append):
        assert problem(lambda opening=opening: opening(path))  # type: ignore[misc]
    assert len(connections) >= 2
    for connection in connections:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


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


def as_older_whytunes_made_them(path: Path) -> None:
    """A ledger with a write-ahead log, which nobody has open."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


def with_the_last_record_in_the_log(path: Path) -> None:
    """What a copy of such a ledger in use is."""
    as_older_whytunes_made_them(path)
    log = path.with_name(path.name + "-wal")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        connection.execute("DROP TRIGGER records_stay")
        (body,) = connection.execute("SELECT body FROM records WHERE seq = 2").fetchone()
        connection.execute("DELETE FROM records WHERE seq = 2")
        (lost,) = (sql for sql in triggers if "records_stay" in sql)
        connection.execute(lost)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("INSERT INTO records VALUES (2, ?)", [body])
        kept = log.read_bytes()
        before = path.read_bytes()
    path.write_bytes(before)
    log.write_bytes(kept)


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("DROP TRIGGER records_stay")
connection.execute("DELETE FROM records")
connection.executemany("INSERT INTO files VALUES (?, zeroblob(9999))", [(str(number),) for number in range(50)])
os.kill(os.getpid(), 9)
"""


def left_by_a_killed_writer(path: Path) -> None:
    """A journal that must be rolled back, or the file makes no sense."""
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 512


STATES = [recorded, as_older_whytunes_made_them, with_the_last_record_in_the_log, left_by_a_killed_writer]


@pytest.fixture(params=STATES[1:], ids=lambda state: state.__name__)
def state(request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """How a ledger may lie there when somebody comes to read it."""
    make: Callable[[Path], None] = request.param
    return make


def everything(folder: Path) -> dict[str, tuple[object, ...]]:
    """Each file of the folder: its bytes, owner, rights, and when it was last written."""
    return {
        path.name: (path.read_bytes(), there.st_uid, there.st_mode, there.st_mtime_ns)
        for path in folder.iterdir()
        if (there := path.stat())
    }


def as_another(action: Callable[[], object], user: int) -> bytes:
    """What the action prints as this user, in a process of its own; root alone may change shoes."""
    if os.geteuid() != 0:
        pytest.skip("only root can play another user")
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([2000])
            os.setgid(2000)
            os.setuid(user)
            os.umask(0o022)
            os.write(writing, str(action()).encode())
        except WhytuneError as error:
            os.write(writing, str(error).encode())
        except BaseException as error:
            os.write(writing, repr(error).encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as stream:
        return stream.read()


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder into which all of one group may write, the umask of whom lets only the owner change a file."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() == 0:
            os.chown(name, 0, 2000)
        os.chmod(name, 0o2775)
        yield Path(name)


def length(path: Path) -> int:
    with Ledger.to_read(path) as ledger:
        assert verify(ledger).fault is None
        return verify(ledger).end.length


def append(path: Path, minutes: int) -> int:
    with Ledger.to_append(path) as ledger:
        return ledger.append(drafted(CASES[0]), lambda: at(minutes)).seq


def test_who_reads_a_shared_ledger_does_not_lock_out_who_writes(shared: Path) -> None:
    path = shared / "advice.ledger"
    assert as_another(lambda: append(path, 0), 1001) == b"1"
    before = everything(shared)
    assert as_another(lambda: length(path), 1002) == b"1"
    assert everything(shared) == before
    assert as_another(lambda: append(path, 1), 1001) == b"2"


def test_reading_changes_nothing_whatever_lies_there(shared: Path, state: Callable[[Path], None]) -> None:
    path = shared / "advice.ledger"
    recorded(path, 2)
    state(path)
    before = everything(shared)
    for user in (0, 1002):
        assert as_another(lambda: length(path), user) == b"2"
        assert everything(shared) == before


def test_a_ledger_of_an_older_whytune_is_written_without_a_log_from_then_on(
    path: Path, state: Callable[[Path], None]
) -> None:
    recorded(path, 2)
    state(path)
    assert append(path, 9) == 3
    assert os.listdir(path.parent) == [path.name]
    assert 2 not in path.read_bytes()[18:20]
    assert length(path) == 3


def test_an_older_ledger_in_use_is_appended_to_all_the_same(path: Path) -> None:
    recorded(path, 2)
    as_older_whytunes_made_them(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM records").fetchone()
        assert append(path, 9) == 3
        assert length(path) == 3
        other.execute("COMMIT")
    assert append(path, 9) == 4
    assert length(path) == 4


def test_a_writer_killed_while_somebody_reads_does_not_end_the_reading(path: Path) -> None:
    recorded(path, 3)
    with Ledger.to_read(path) as ledger:
        records = ledger.records()
        assert next(records)[0] == 1
        left_by_a_killed_writer(path)
        assert [seq for seq, _ in records] == [2, 3]
        assert verify(ledger).fault is None


def test_who_writes_never_waits_for_who_reads(path: Path) -> None:
    recorded(path, 2)
    with Ledger.to_read(path) as ledger:
        records = ledger.records()
        next(records)
        with Ledger.to_append(path, seconds=0) as writer:
            writer.append(drafted(CASES[0]), lambda: at(9))
        assert [seq for seq, _ in records] == [2]


def test_a_file_that_others_never_leave_alone_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded(path, 1)
    as_older_whytunes_made_them(path)
    copy = shutil.copyfileobj

    def written_to_meanwhile(*streams: Any) -> None:
        copy(*streams)
        path.write_bytes(path.read_bytes() + b"more")

    monkeypatch.setattr(shutil, "copyfileobj", written_to_meanwhile)
    assert problem(lambda: Ledger.to_read(path)) == "ledger-busy"


@pytest.fixture
def closed() -> Iterator[Path]:
    """A ledger of two records in a folder into which nobody may write."""
    with as_somebody() as folder:
        path = folder / "closed" / "advice.ledger"
        path.parent.mkdir()
        recorded(path, 2)
        path.chmod(0o444)
        path.parent.chmod(0o555)
        yield path


def hint_to_a_writer(path: Path) -> str:
    with pytest.raises(WhytuneError) as caught:
        append(path, 9)
    (only,) = caught.value.problems
    assert only.code == "unwritable-file"
    return only.hint or ""


def test_a_read_only_ledger_is_read_and_a_writer_is_told_what_is_closed(closed: Path) -> None:
    assert length(closed) == 2
    assert hint_to_a_writer(closed).startswith("the ledger belongs to ")
    closed.chmod(0o644)
    assert hint_to_a_writer(closed).startswith("its folder belongs to ")
    closed.parent.chmod(0o755)
    assert append(closed, 9) == 3


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_a_writer_is_told_who_left_a_file_beside_an_older_ledger(shared: Path, ending: str) -> None:
    path = shared / "advice.ledger"
    assert as_another(lambda: len(recorded(path, 2)), 1001) == b"2"
    as_older_whytunes_made_them(path)
    left = path.with_name(path.name + ending)
    left.touch()
    left.chmod(0o644)
    os.chown(left, 1002, 2000)
    refused = as_another(lambda: append(path, 9), 1001).decode()
    assert f"hint: `advice.ledger{ending}` beside it belongs to 1002, and you may not write to it" in refused
    left.chmod(0o666)
    assert as_another(lambda: append(path, 9), 1001) == b"3"
    assert length(path) == 3


def test_what_a_reader_may_not_read_is_not_called_written(closed: Path) -> None:
    closed.chmod(0)
    with pytest.raises(WhytuneError) as caught:
        Ledger.to_read(closed)
    (only,) = caught.value.problems
    assert (only.code, only.hint) == ("unreadable-file", "ask whoever keeps the ledger to let you read it")
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
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(WhytuneError, match="hint: try again"):
            Ledger.to_read(path, seconds=0)


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


@pytest.mark.slow
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
