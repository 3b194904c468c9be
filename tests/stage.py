"""Where the commands of tests run: on a day that the test chooses, in a process of their own.

The process is forked from one that has imported whytune already: as isolated as a user's command, and much faster to
start.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess, TimeoutExpired
from tempfile import TemporaryDirectory

import time_machine

ROOT = Path(__file__).parent.parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ONE_DAY = datetime(2027, 2, 28, 12, tzinfo=UTC)
ANOTHER_DAY = datetime(2031, 12, 31, 23, 59, 58, tzinfo=UTC)
"""Two days on which a command prints the same, or else the command must say which day it means."""
_PATIENCE = 120
_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(["tests.stage", "tests.imported"])


def perform(
    *arguments: str | Path, given: str = "", day: datetime = ONE_DAY, apart: bool = True, **environment: str
) -> CompletedProcess[str]:
    """Runs `whytune` in the repository; if not `apart`, errors stand in the output, in the order in which they came."""
    with TemporaryDirectory() as folder:
        streams = [Path(folder, name) for name in ("in", "out", "err" if apart else "out")]
        streams[0].write_text(given, encoding="utf-8")
        player = _SERVER.Process(target=_play, args=(arguments, streams, day, {**os.environ, **environment}))
        player.start()
        player.join(_PATIENCE)
        if player.exitcode is None:
            player.kill()
            raise TimeoutExpired(arguments, _PATIENCE)
        output, errors = (stream.read_bytes().decode() for stream in streams[1:])
        return CompletedProcess(arguments, player.exitcode, output, errors if apart else "")


def _play(
    arguments: Sequence[str | Path], streams: Sequence[Path], day: datetime, environment: Mapping[str, str]
) -> None:
    from whytune.cli import main

    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(ROOT)
    _connect(*streams)
    sys.argv = ["whytune", *map(str, arguments)]
    with time_machine.travel(day):
        main()


def _connect(given: Path, output: Path, errors: Path) -> None:
    """Lets the standard streams come from and go to files; one file takes both kinds of output as they come."""
    for descriptor, file in enumerate((given, output, errors)):
        opened = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, descriptor)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  open as long as the process runs
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False, buffering=1)  # noqa: SIM115
