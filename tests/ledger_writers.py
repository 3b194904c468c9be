"""Processes that append to a ledger until they are killed: `python -m tests.ledger_writers LEDGER ACKNOWLEDGED`.

Each line on standard input starts one more, whose process id is printed. A writer notes what it recorded only when
`append` has returned.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

from whytune.engine.ledger.canonical import canonical
from whytune.engine.ledger.store import Ledger

from .ledgers import CASES, at, drafted

ENTRIES = [drafted(case) for case in CASES]


def write(ledger: Path, noted: Path) -> None:
    """Appends without end; each record has a purpose of its own, by which it is found again."""
    notes = os.open(noted, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    with Ledger.to_append(ledger) as opened:
        for number in count():
            entry, name = ENTRIES[number % len(ENTRIES)], f"{os.getpid()}.{number}"
            mine = entry._replace(members={**entry.members, "purpose": canonical(name)})
            record = opened.append(mine, lambda: at(0))
            os.write(notes, f"{name} {record.id}\n".encode())


def main() -> None:
    ledger, noted = (Path(name) for name in sys.argv[1:])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever is killed needs no waiting for
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            write(ledger, noted)
        print(child, flush=True)


if __name__ == "__main__":
    main()
