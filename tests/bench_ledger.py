"""How quickly a ledger takes records (wall time, which includes the disk) and returns them (CPU time of one core)."""

from __future__ import annotations

import multiprocessing
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from whytune.engine import Advisor
from whytune.engine.language.casefile import read_case
from whytune.engine.language.loading import files_of, loads
from whytune.engine.language.source import plain, read
from whytune.engine.ledger.record import Entry, Head
from whytune.engine.ledger.replay import Replayer
from whytune.engine.ledger.selection import Selection, chosen
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify

from .ledgers import at, drafted
from .memory import resident

APPENDS, TURNS = 300, 3
CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))

Write = Callable[[Path, int], None]


def rows(records: int) -> Iterator[tuple[str, str, str, str]]:
    """What was measured, the figure, the ratio to a bare SQLite insert of the same bytes, and the target."""
    with tempfile.TemporaryDirectory() as folder:
        for writers in (1, 8):
            bare = ours = 0.0
            for turn in range(TURNS):  # so that a busy minute, of the disk or of others, hits both
                bare = max(bare, rate(bare_inserts, Path(folder) / f"bare{writers}.{turn}", writers))
                ours = max(ours, rate(appends, Path(folder) / f"ours{writers}.{turn}", writers))
            named = f"{writers} writer{'s' if writers > 1 else ''}"
            yield f"bare durable inserts of records, {named}", f"{bare:,.0f} /s", "", ""
            yield f"durable appends to a ledger, {named}", f"{ours:,.0f} /s", f"{ours / bare:.2f}", ""
        yield from reading(Path(folder) / "large", records)


def drafts() -> list[Entry]:
    """A record of each case of the guide."""
    files = files_of("guide")
    advisor = Advisor(loads(files))
    return [drafted(plain(read_case(read(path)).given), None, advisor, files) for path in CASES]


ENTRIES = drafts()
BODIES = [entry.sealed(Head(), at(0)).body.decode() for entry in ENTRIES]


def appends(path: Path, count: int) -> None:
    with Ledger.to_append(path) as ledger:
        for index in range(count):
            ledger.append(ENTRIES[index % len(ENTRIES)], lambda: at(0))


def bare_inserts(path: Path, count: int) -> None:
    """The same bytes into a table, as durably: one transaction for each."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE IF NOT EXISTS records (seq INTEGER PRIMARY KEY, body TEXT)")
        for index in range(count):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO records (body) VALUES (?)", (BODIES[index % len(BODIES)],))
            connection.execute("COMMIT")


def rate(write: Write, path: Path, writers: int) -> float:
    """Records a second, from the start of the first process to the end of the last."""
    context = multiprocessing.get_context("fork")
    write(path, 1)
    processes = [context.Process(target=write, args=(path, APPENDS // writers)) for _ in range(writers)]
    started = time.perf_counter()
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return APPENDS / (time.perf_counter() - started)


def reading(path: Path, records: int) -> Iterator[tuple[str, str, str, str]]:
    """Verifying and replaying a large ledger, which is filled without waiting for the disk."""
    with Ledger.to_append(path) as ledger:
        ledger._database.rows("PRAGMA synchronous = OFF")
        for index in range(records):
            ledger.append(ENTRIES[index % len(ENTRIES)], lambda: at(0))
    size = path.stat().st_size / 2**20
    with Ledger.to_read(path) as ledger:
        replayer = Replayer(ledger)
        walks: dict[str, Callable[[], int]] = {
            "verified": lambda: verify(ledger).end.length,
            "replayed": lambda: sum(not replayer.replay(r).deviation for r in chosen(ledger, Selection())),
        }
        for name, walk in walks.items():
            before, started = resident(), time.process_time()
            done = walk()
            took = time.process_time() - started
            assert done == records
            yield f"records {name}, of {records:,} ({size:,.0f} MB)", f"{records / took:,.0f} /s", "", ""
            yield f"memory grown while they were {name}", f"{resident() - before:+.1f} MB", "", "flat"
