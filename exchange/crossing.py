"""What crosses between whytune and another tool: files, and what has to be said of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from whytune.engine import Rulebook
from whytune.engine.language.problems import Sentence


class Outgoing(NamedTuple):
    """A rulebook with the files that it was loaded from, by name, and the language in which others shall read it."""

    rulebook: Rulebook
    files: Mapping[str, bytes]
    language: str


class Exported(NamedTuple):
    """A rulebook as another tool reads it: one file under the name "", or the files of a folder by their names.

    `remarks` say what the other form cannot hold, and so is not in force there.
    """

    files: Mapping[str, bytes]
    remarks: tuple[Sentence, ...] = ()


class Incoming(NamedTuple):
    """What another tool wrote: one file under the name "", or the files of a folder by their names.

    `label` is what messages call it. `partial` asks for what can be said without the rest, which otherwise is refused.
    """

    files: Mapping[str, bytes]
    label: str
    language: str
    partial: bool = False


class Imported(NamedTuple):
    """The files of a rulebook, by name; `remarks` say what was guessed, and what was left out."""

    files: Mapping[str, str]
    remarks: tuple[Sentence, ...] = ()
