"""Transcripts: `$ command` lines with the exact output below them, run in the repository as a user would.

Before a command may stand variables of its environment, as in a shell (`$ COLUMNS=80 whytune facts`).
A line `…` stands for any lines, `…` at the end of a line for any rest of it. `[exit N]` follows the output of a command
that ends with a code other than 0. `SCRATCH` is a folder that the commands of one transcript share; it is removed
afterwards. `KEY…` is a key that was made anew. What a command prints is recorded on one day and compared on another.
"""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Iterator
from datetime import datetime
from itertools import takewhile
from tempfile import TemporaryDirectory
from typing import NamedTuple

from .stage import ANOTHER_DAY, ONE_DAY, ROOT, perform

SHORT = "/tmp"
"""Where files are written: lines are wrapped with the path in them, so that it must be as long everywhere."""

KEY = r"(key\s+with\s+SHA-256\s+)[0-9a-f]{16}…"
"""How a verdict names a key, which is another one in each run."""


class Exchange(NamedTuple):
    """A command and what it prints, exit code included."""

    command: str
    output: str


def read(text: str) -> list[Exchange]:
    """The exchanges of a transcript; what stands before the first command is a comment."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]
    return [Exchange(command, output.strip("\n")) for command, _, output in (part.partition("\n") for part in parts)]


def run(command: str, scratch: str = "SCRATCH", day: datetime = ONE_DAY) -> str:
    """What this `whytune` command prints on this day, errors included."""
    words = [word.replace("SCRATCH", scratch) for word in shlex.split(command)]
    piped = words.index("|") if "|" in words else 0
    given = subprocess.run(words[:piped], cwd=ROOT, capture_output=True, check=True, text=True).stdout if piped else ""
    own = words[piped + 1 if piped else 0 :]
    environment = dict(word.split("=", 1) for word in takewhile(lambda word: "=" in word, own))
    program, *arguments = own[len(environment) :]
    assert program == "whytune", f"a transcript runs whytune, not {program}"
    done = perform(*arguments, given=given, day=day, apart=False, **environment)
    output = re.sub(KEY, r"\1KEY…", done.stdout.strip("\n").replace(scratch, "SCRATCH"))
    return output if done.returncode == 0 else f"{output}\n[exit {done.returncode}]".strip("\n")


def matches(expected: str, output: str) -> bool:
    lines = ("[^\\0]*?" if line == "…" else re.sub("…$", ".*", re.escape(line)) for line in expected.split("\n"))
    pattern = r"\n".join(lines)
    return re.fullmatch(pattern, output) is not None


def recorded(text: str) -> str:
    """The transcript with the output that its commands have on the one day, when they are compared on the other."""
    before = re.split(r"^\$ ", text, flags=re.MULTILINE)[0]
    with TemporaryDirectory(dir=SHORT) as scratch:
        return before + "\n".join(
            f"$ {exchange.command}\n{run(exchange.command, scratch, ONE_DAY)}\n" for exchange in read(text)
        )


def played(exchanges: list[Exchange]) -> Iterator[tuple[Exchange, str]]:
    """Each exchange of a transcript with what its command prints on the other day."""
    with TemporaryDirectory(dir=SHORT) as scratch:
        for exchange in exchanges:
            yield exchange, run(exchange.command, scratch, ANOTHER_DAY)
