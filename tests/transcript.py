"""Transcripts: `$ command` lines with the exact output below them, run in the repository as a user would.

A line `…` stands for any lines, `…` at the end of a line for any rest of it. `[exit N]` follows the output of a command
that ends with another code than 0. `SCRATCH` is a folder that the commands of one transcript share; it is gone
afterwards.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Exchange(NamedTuple):
    """A command and what it prints, exit code included."""

    command: str
    output: str


def read(text: str) -> list[Exchange]:
    """The exchanges of a transcript; what stands before the first command is a comment."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [Exchange(command, output.strip("\n")) for command, _, output in (part.partition("\n") for part in parts)]


def run(command: str, scratch: str = "SCRATCH") -> str:
    """What this `whytune` command prints, errors included."""
    words = [word.replace("SCRATCH", scratch) for word in shlex.split(command)]
    piped = words.index("|") if "|" in words else 0
    given = subprocess.run(words[:piped], cwd=ROOT, capture_output=True, check=True).stdout if piped else b""
    program, *arguments = words[piped + 1 if piped else 0 :]
    assert program == "whytune", f"a transcript runs whytune, not {program}"
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    for name in ("WHYTUNE_LANGUAGE", "WHYTUNE_RULEBOOK", "WHYTUNE_LEDGER", "WHYTUNE_BY"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "whytune.cli", *arguments],
        cwd=ROOT,
        env=environment,
        input=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    output = done.stdout.decode().strip("\n").replace(scratch, "SCRATCH")
    return output if done.returncode == 0 else f"{output}\n[exit {done.returncode}]".strip("\n")


def matches(expected: str, output: str) -> bool:
    lines = ("[^\\0]*?" if line == "…" else re.sub("…$", ".*", re.escape(line)) for line in expected.split("\n"))
    pattern = r"\n".join(lines)
    return re.fullmatch(pattern, output) is not None


def recorded(text: str) -> str:
    """The transcript with the output that its commands have now."""
    before = re.split(r"^\$ ", text, flags=re.MULTILINE)[0]
    with TemporaryDirectory() as scratch:
        return before + "\n".join(
            f"$ {exchange.command}\n{run(exchange.command, scratch)}\n" for exchange in read(text)
        )
