"""What crosses between whytune and another tool: files, and what has to be said of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from whytune.engine import Rulebook
from whytune.engine.language.loading import is_rulebook_file
from whytune.engine.language.problems import Sentence


class Outgoing(NamedTuple):
    """A rulebook with the files of its folder, by name, and the language in which others shall read it.

    The files are those that it was loaded from, and what stands beside these: cases, prices, translations. Where the
    other form has no days on which rules hold, those of this `day` are meant, of None all.
    """

    rulebook: Rulebook
    files: Mapping[str, bytes]
    language: str
    day: date | None = None


class Exported(NamedTuple):
    """A rulebook as another tool reads it: one file under the name "", or the files of a folder by their names.

    `remarks` say what the other form cannot hold, and so is not in force there.
    """

    files: Mapping[str, bytes]
    remarks: tuple[Sentence, ...] = ()


class Incoming(NamedTuple):
    """What another tool wrote: one file under the name "", or the files of a folder by their names.

    `label` is what messages call it. `partial` asks for what can be said without the rest, which otherwise is refused.
    `into` are the files of the folder that shall take it, if there is a rulebook in it already.
    """

    files: Mapping[str, bytes]
    label: str
    language: str
    partial: bool = False
    into: Mapping[str, bytes] = {}


class Imported(NamedTuple):
    """The files of a rulebook, by name; `remarks` say what was guessed, what was left out, and what was changed.

    An edit is of the rulebook that is there: its files take the place of those of the same names.
    """

    files: Mapping[str, str]
    remarks: tuple[Sentence, ...] = ()
    is_edit: bool = False


def is_case(name: str) -> bool:
    """Is this the name of a file of cases, by the folder in which it stands?"""
    return name.startswith("cases/")


def rulebook_part(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of these files that make up the rulebook itself."""
    return {name: data for name, data in files.items() if "/" not in name and is_rulebook_file(name)}
