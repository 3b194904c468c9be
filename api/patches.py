"""Two contents of a file -> a patch that makes the one of the other; a patch -> the texts that it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import unified_diff
from itertools import pairwise
from typing import NamedTuple

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence

_HUNK = re.compile(r"@@ -([0-9]{1,9})(?:,([0-9]{1,9}))? \+[0-9]{1,9}(?:,([0-9]{1,9}))? @@")
_UNENDED = "\\ No newline at end of file\n"
"""What follows a line that ends with the file."""


def patch_of(name: str, old: bytes | None, new: bytes) -> str:
    """What changes in a file of this name, or that it is new, as a patch."""
    before = "/dev/null" if old is None else f"a/{name}"
    lines = unified_diff(_lines((old or b"").decode()), _lines(new.decode()), before, f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_UNENDED}" for line in lines)


class Hunk(NamedTuple):
    """Lines of a file that are replaced: the number of the first, what they are and what they become."""

    start: int
    old: tuple[str, ...]
    new: tuple[str, ...]


class FilePatch(NamedTuple):
    """What a patch changes in one file, from its first line on."""

    name: str
    hunks: tuple[Hunk, ...]

    def applied(self, text: str) -> str:
        """The text of this file with the changes; raises WhytuneError, rulebook-changed, if it is another."""
        lines, at = _lines(text), 0
        made: list[str] = []
        for start, old, new in self.hunks:
            first = start - 1 if old else start
            if first < at or tuple(lines[first : first + len(old)]) != old:
                raise self._unfit(start)
            made += [*lines[at:first], *new]
            at = first + len(old)
        return "".join([*made, *lines[at:]])

    def _unfit(self, line: int) -> WhytuneError:
        message = Sentence("the patch does not fit this file")
        hint = Sentence("it was made from another version of the file: ask for a patch of the one that is kept here")
        return WhytuneError([Problem("rulebook-changed", message, Span(self.name, line), hint)])


def read_patch(patch: str) -> Iterator[FilePatch]:
    """What a patch changes, file by file, however its lines end; raises WhytuneError, wrong-type, for what is none."""
    lines = _lines(patch.replace("\r\n", "\n").removesuffix("\n") + "\n")
    heads = [at for at, (one, next_one) in enumerate(pairwise(lines)) if _is_head(one, next_one)]
    if not heads:
        raise _no_patch()
    end = 0
    for at in heads:
        if at >= end:  # what looks like a head may be a line of a file
            hunks, end = _hunks(lines, at + 2)
            yield FilePatch(_name_of(lines[at + 1]), hunks)


def _is_head(line: str, next_line: str) -> bool:
    return line.startswith("--- ") and next_line.startswith("+++ ")


def _name_of(line: str) -> str:
    """The name of a file in the second line of its head, without its prefix and what may follow it."""
    return line.removeprefix("+++ ").partition("\t")[0].strip().removeprefix("b/")


def _hunks(lines: list[str], at: int) -> tuple[tuple[Hunk, ...], int]:
    """The hunks that stand from this line on, and where they end; raises WhytuneError."""
    hunks = []
    while at < len(lines) and (head := _HUNK.match(lines[at])):
        start, *sizes = (1 if number is None else int(number) for number in head.groups())
        old, new, at = _sides(lines, at + 1, sizes)
        hunks.append(Hunk(start, old, new))
    if not hunks or (lines[at : at + 1] and lines[at].startswith("@@")):
        raise _no_patch()
    return tuple(hunks), at


def _sides(lines: list[str], at: int, sizes: list[int]) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    """The lines that a hunk replaces, of which there are so many, those that it makes of them, and where it ends."""
    old: list[str] = []
    new: list[str] = []
    sides = {" ": (old, new), "\n": (old, new), "-": (old,), "+": (new,)}
    before: tuple[list[str], ...] = ()
    while [len(old), len(new)] != sizes or lines[at : at + 1] == [_UNENDED]:
        line = lines[at] if at < len(lines) else ""
        if line == _UNENDED:
            for side in before:
                side[-1] = side[-1].removesuffix("\n")
        elif (before := sides.get(line[:1], ())) and len(old) <= sizes[0] and len(new) <= sizes[1]:
            for side in before:
                side.append("\n" if line == "\n" else line[1:])
        else:
            raise _no_patch()
        at += 1
    return tuple(old), tuple(new), at


def _no_patch() -> WhytuneError:
    hint = Sentence("choose a file as the page of an edit gives it, or as `git diff` writes it")
    return WhytuneError([Problem("wrong-type", Sentence("this is no patch"), None, hint)])


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+", text)
