"""Many processes write to one ledger and are killed at any moment; what was acknowledged is there, once and whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from whytune.engine.ledger.record import Record
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify

ROOT = Path(__file__).parent.parent
WRITERS, APPENDS = 8, 1_000


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
