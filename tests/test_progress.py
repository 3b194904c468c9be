"""How far long work is: told on a terminal that takes more than text, and nowhere else; Ctrl-C leaves nothing half."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from whytune.cli import INTERRUPTED
from whytune.cli.progress import following
from whytune.engine import WhytuneError
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import verify


class Terminal(io.StringIO):
    """What a terminal shows, with what it was told to do."""

    def isatty(self) -> bool:
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, term: str = "xterm", **environment: str) -> str:
    """What work that takes its time writes about itself."""
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": term, "COLUMNS": "80", **environment}.items():
        monkeypatch.setenv(name, value)
    clock = iter(range(1_000))
    monkeypatch.setattr("whytune.cli.progress.monotonic", lambda: float(next(clock)))
    monkeypatch.setattr("whytune.cli.progress.Timer", Immediate)
    monkeypatch.setattr(sys, "stderr", stream)
    with following() as report:
        report("500 rows", 25, 100, 500)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue())


class Immediate:
    """A timer for those who do not wait."""

    daemon = False

    def __init__(self, seconds: float, begin: object) -> None:
        self.begin = begin

    def start(self) -> None:
        assert callable(self.begin)
        self.begin()

    def cancel(self) -> None:
        """Nothing waits."""


def test_a_terminal_is_told_what_is_done_at_which_rate_and_what_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    told = shown(monkeypatch, terminal)
    assert re.search(r"500 rows .*500/s", told)
    assert terminal.getvalue().endswith("\x1b[2K")  # the line is gone


@pytest.mark.parametrize(
    ("stream", "environment"),
    [(io.StringIO(), {}), (Terminal(), {"term": "dumb"}), (Terminal(), {"term": ""}), (Terminal(), {"NO_COLOR": "1"})],
)
def test_nothing_else_is_told(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, environment: dict[str, str]
) -> None:
    assert shown(monkeypatch, stream, **environment) == ""


def length(ledger: Path) -> int:
    """How many records are on the disk."""
    try:
        with Ledger.to_read(ledger) as opened:
            return len(opened)
    except WhytuneError:  # there is none yet, or somebody is writing
        return 0


LISTENING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.mark.slow
def test_ctrl_c_leaves_whole_batches_of_records_and_no_table(tmp_path: Path) -> None:
    ledger, advised = tmp_path / "l", tmp_path / "advised.csv"
    command = [sys.executable, "-m", "whytune.cli", "bulk", "-", "-o", str(advised), "--record", str(ledger)]
    listening = (sys.executable, "-c", LISTENING, *command)  # a shell in the background makes its children ignore it
    with subprocess.Popen(listening, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"prompt_enough\n" + b"yes\n" * 1_500)
        process.stdin.flush()  # the last 500 wait for more
        while length(ledger) < 1_000:
            assert process.poll() is None
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGINT)
        process.stdin.close()
        errors = process.stderr.read().decode()
        assert process.wait() == INTERRUPTED
    assert "Records kept: 1,000, from 1-" in errors
    assert [path.name for path in tmp_path.iterdir()] == ["l"]
    with Ledger.to_read(ledger) as opened:
        assert (len(opened), verify(opened).fault) == (1_000, None)
