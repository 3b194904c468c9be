"""Many processes open one ledger at once, write to it, and are killed at any moment; nothing acknowledged is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import WhytuneError
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify

ROOT = Path(__file__).parent.parent
WRITERS, APPENDS = 8, 1_000


def test_a_ledger_may_be_made_by_another_at_any_moment_of_opening_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before each statement of one opening in turn, another process makes the ledger, or finds that it has to wait."""
    connect, link = sqlite3.connect, os.link
    made: list[bool] = []
    moment = 0

    def interrupted() -> None:
        path = tmp_path / f"{moment}.ledger"
        if len(made) == moment:
            with monkeypatch.context() as alone, suppress(WhytuneError):
                alone.setattr(sqlite3, "connect", connect)
                alone.setattr(os, "link", link)
                Ledger.to_append(path, seconds=0).close()
        made.append(path.exists())

    class Interrupted(sqlite3.Connection):
        def execute(self, *statement: Any) -> sqlite3.Cursor:
            interrupted()
            return super().execute(*statement)

    def linked(*paths: Any) -> None:
        interrupted()
        link(*paths)

    monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named, factory=Interrupted))
    monkeypatch.setattr(os, "link", linked)
    seen = set()
    while moment <= len(made):
        made.clear()
        with Ledger.to_append(tmp_path / f"{moment}.ledger") as opened:
            assert opened.is_guarded()
        seen.add(moment < len(made) and made[moment])
        moment += 1
    assert seen == {True, False}
    assert moment > len(made) > 10


@pytest.mark.slow
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    ledger, noted = tmp_path / "advice.ledger", tmp_path / "acknowledged"
    noted.touch()
    chance = random.Random(2026)
    nursery = subprocess.Popen(
        [sys.executable, "-m", "tests.ledger_writers", str(ledger), str(noted)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert nursery.stdin
    assert nursery.stdout

    def born() -> int:
        assert nursery.stdin
        assert nursery.stdout
        nursery.stdin.write("one more\n")
        nursery.stdin.flush()
        return int(nursery.stdout.readline())

    writers = [born() for _ in range(WRITERS)]
    killed = 0
    try:
        while noted.read_bytes().count(b"\n") < APPENDS:
            time.sleep(chance.uniform(0.0005, 0.02))
            victim = chance.randrange(WRITERS)
            os.kill(writers[victim], signal.SIGKILL)
            killed += 1
            writers[victim] = born()
    finally:
        for writer in writers:
            os.kill(writer, signal.SIGKILL)
        nursery.stdin.close()
        nursery.stdout.close()
        nursery.wait()
    acknowledged = dict(line.split() for line in noted.read_text().splitlines())
    assert len(acknowledged) >= APPENDS
    assert killed > 30

    with Ledger.to_append(ledger) as opened:
        found = verify(opened)
        records = [Record.read(body) for _, body in opened.records()]
    assert found.fault is None
    names = Counter(record.data["purpose"] for record in records)
    assert max(names.values()) == 1
    assert {record.data["purpose"]: record.id for record in records}.items() >= acknowledged.items()
    assert len(records) <= len(acknowledged) + killed + WRITERS  # each killed one may have recorded one unannounced
