"""What an edit does -> what it calls for in other places: the new version, and what its cases are to expect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple

from whytune.engine import Span
from whytune.engine.language.csvfile import ENDING as TABLES
from whytune.engine.language.folders import file_at, has_ending
from whytune.engine.review.casebook import run_all
from whytune.engine.review.casebook.amendments import amendments
from whytune.engine.review.casebook.reading import FOLDER, cases_in_file, checked_cases
from whytune.engine.review.difference.versions import Version

from .patches import patch_of
from .rulebook import Rulebook
from .verdicts import Tested

_LIST = r"()(?:\[[^\[\]]*\]|\w+)"
"""A list in one pair of brackets, or its only value, that begins at the place itself; one of dashes stays as it is."""


class _Replacement(NamedTuple):
    """What a pattern finds from a place on, but for its first group, and what is called for instead."""

    span: Span
    pattern: str
    new: str


@dataclass(frozen=True)
class CalledFor:
    """The files of a rulebook as they are kept, as an edit leaves them and with what it calls for, and how many cases
    fail even then.
    """

    kept: Mapping[str, bytes]
    edited: Mapping[str, bytes]
    files: Mapping[str, bytes]
    failing: int

    @property
    def patch(self) -> str:
        """The edit with all that it calls for, as one patch."""
        return _patch(self.kept, self.files)

    @property
    def additions(self) -> str:
        """What is called for beyond the edit, as a patch; empty if nothing is."""
        return _patch(self.edited, self.files)

    @property
    def changed(self) -> Mapping[str, bytes]:
        """The contents that are called for, by the names of their files."""
        return {name: content for name, content in self.files.items() if content != self.edited[name]}

    def to_dict(self) -> dict[str, Any]:
        return {"patch": self.patch, "additions": self.additions, "failing": self.failing}


def called_for(
    kept: Mapping[str, bytes], edited: Mapping[str, bytes], after: Rulebook, version: Version, tested: Tested | None
) -> CalledFor:
    """What an edit of these files calls for that gives some of them other contents, and so makes this rulebook;
    raises WhytuneError.
    """
    left = {**kept, **edited}
    files = _replaced(left, [*_new_version(after, version), *_new_expectations(tested)])
    return CalledFor(kept, left, files, _failing(left, files, after, tested) if tested else 0)


def _patch(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> str:
    return "".join(patch_of(name, old.get(name), content) for name, content in sorted(new.items()))


def _new_version(after: Rulebook, version: Version) -> Iterator[_Replacement]:
    place = after.content.places.get(("rulebook", after.content.name, "version"))
    if place and version.least and not version.follows:
        yield _Replacement(place, _word(version.after), version.least)


def _new_expectations(tested: Tested | None) -> Iterator[_Replacement]:
    """What cases expect in vain, where something can stand in its place."""
    for amendment in amendments(tested or ()):
        if amendment.written is not None:
            is_list = amendment.expected.kind == "possible"
            pattern = _LIST if is_list else _word(amendment.expected.wanted[0])
            yield _Replacement(amendment.span, pattern, amendment.written)


def _word(text: str) -> str:
    """A pattern for this word in the line, and no longer one that holds it."""
    return rf"([^\n]*?)(?<![\w.-]){re.escape(text)}(?![\w.-])"


def _replaced(files: Mapping[str, bytes], words: list[_Replacement]) -> Mapping[str, bytes]:
    """The files with all this replaced, the last first, so that the places of the others stay; tables are kept."""
    new = dict(files)
    for word in sorted(words, key=lambda word: (word.span.line or 0, word.span.column or 0), reverse=True):
        name = file_at(word.span.source, files)
        if name and not has_ending(name, (TABLES,)):
            new[name] = _with(new[name].decode(), word).encode()
    return new


def _with(text: str, word: _Replacement) -> str:
    """The text with what is found from its place on replaced; the same if nothing is."""
    lines = re.split(r"(?<=\n)", text)
    start = sum(map(len, lines[: (word.span.line or 1) - 1])) + (word.span.column or 1) - 1
    old = re.compile(word.pattern).match(text, start)
    return f"{text[: old.end(1)]}{word.new}{text[old.end() :]}" if old else text


def _failing(left: Mapping[str, bytes], files: Mapping[str, bytes], after: Rulebook, tested: Tested) -> int:
    """How many cases fail with these files: those whose files stay fail as they did."""
    changed = {name: text for name, text in files.items() if text != left[name] and PurePath(name).parts[0] == FOLDER}
    written = [case for name, text in changed.items() for case in cases_in_file(text, name)]
    results = run_all(after.content, checked_cases(after.content, written), tested.report.today)
    stay = (result for result in tested.failed if file_at(result.case.span.source, files) not in changed)
    return sum(bool(result.failures) for result in results) + sum(1 for _ in stay)
