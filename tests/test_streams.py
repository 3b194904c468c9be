"""What goes to standard output is whole, or the command fails, however Python was told to treat its streams."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

WHYTUNE = (sys.executable, "-m", "whytune.cli")
UNBUFFERED: tuple[dict[str, str], ...] = ({"PYTHONUNBUFFERED": ""}, {"PYTHONUNBUFFERED": "1"})


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell script in which `whytune` stands for "$@"."""
    return subprocess.run(
        ["sh", "-c", script.replace("whytune", '"$@"'), "sh", *WHYTUNE],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("environment", UNBUFFERED)
def test_output_that_does_not_fit_on_the_disk_fails(tmp_path: Path, environment: dict[str, str]) -> None:
    """The limit of a file's size stands for the disk: a write is cut short before one fails."""
    done = run(f"ulimit -f 2; whytune schema > {tmp_path / 'o'}", **environment)
    assert (done.returncode, done.stderr) == (3, "standard output cannot be written: file too large\n")


@pytest.mark.parametrize("environment", UNBUFFERED)
def test_a_reader_who_has_enough_is_no_mistake(tmp_path: Path, environment: dict[str, str]) -> None:
    done = run(f"{{ whytune schema; echo $? > {tmp_path / 'code'}; }} | head -1", **environment)
    assert (done.stdout, done.stderr, (tmp_path / "code").read_text()) == ("{\n", "", "0\n")


def test_what_is_written_as_bytes_is_whole() -> None:
    written = [run("whytune graph --format svg", **environment).stdout for environment in UNBUFFERED]
    assert written[0] == written[1]
    assert written[0].endswith("</svg>")


@pytest.mark.parametrize("environment", UNBUFFERED)
def test_a_question_is_seen_before_it_is_answered(environment: dict[str, str]) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*WHYTUNE, "ask"], stdin=theirs, stdout=theirs, stderr=theirs, env=os.environ | environment
    ) as asking:
        os.close(theirs)
        seen = b""
        while not seen.endswith(b"> "):
            seen += os.read(ours, 1000)
        os.write(ours, b"quit\n")
        while b"given:" not in seen:
            seen += os.read(ours, 1000)
    os.close(ours)
    assert asking.returncode == 0
