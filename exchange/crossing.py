"""What crosses between whytune and another tool: files, with remarks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from whytune.engine import Problem, Rulebook, Span, WhytuneError
from whytune.engine.language.folders import has_ending
from whytune.engine.language.loading import BESIDE, is_rulebook_file
from whytune.engine.language.problems import Sentence
from whytune.engine.language.translations import FILE as TRANSLATIONS
from whytune.engine.review.casebook.reading import ENDINGS

STANDING_BESIDE = frozenset({*BESIDE, TRANSLATIONS})
"""The files directly in the folder of a rulebook that cross with it without being part of it."""

MAX_ROWS = 2_000
"""The most rows of all tables of another tool together."""


class Outgoing(NamedTuple):
    """A rulebook with the files of its folder, by name, and the language in which others are to read it.

    The files are those that it was loaded from, and what is beside these: cases, prices, translations. If the other
    form has no days on which rules hold, the rules of this `day` are meant; None means all days. `as_rules` asks for
    tables of the rules as they are, instead of tables in which exactly one row holds.
    """

    rulebook: Rulebook
    files: Mapping[str, bytes]
    language: str
    day: date | None = None
    as_rules: bool = False


class Exported(NamedTuple):
    """A rulebook as another tool reads it: one file under the name "", or the files of a folder by their names.

    `remarks` say what the other form cannot hold, and what is therefore not in force there.
    """

    files: Mapping[str, bytes]
    remarks: tuple[Sentence, ...] = ()


class Incoming(NamedTuple):
    """What another tool wrote: one file under the name "", or the files of a folder by their names.

    `label` is its name in messages. `partial` asks for what can be taken over, without the rest, which is otherwise
    refused. `into` are the files of the folder that is to take it, if there is already a rulebook in it.
    """

    files: Mapping[str, bytes]
    label: str
    language: str
    partial: bool = False
    into: Mapping[str, bytes] = {}


class Imported(NamedTuple):
    """The files of a rulebook, by name; `remarks` say what was guessed, what was left out, and what was changed.

    An edit changes the rulebook that is there: its files replace those of the same names.
    """

    files: Mapping[str, str]
    remarks: tuple[Sentence, ...] = ()
    is_edit: bool = False


def check_rows(count: int, place: Span) -> None:
    """Raises WhytuneError, too-many-rules, for tables of so many rows that a rulebook of them takes minutes to load."""
    if count > MAX_ROWS:
        message = Sentence("{count:,} rows of tables, more than {most:,}", count=count, most=MAX_ROWS)
        raise WhytuneError([Problem("too-many-rules", message, place)])


def is_case(name: str) -> bool:
    """Is this the name of a file of cases, by the folder that it is in?"""
    return name.startswith("cases/") and has_ending(PurePath(name).name, ENDINGS)


def crosses(name: str) -> bool:
    """Is this the name of a file that crosses, and does it stay within the folder of a rulebook?"""
    parts = name.split("/")
    if "\\" in name or not all(part.isprintable() and part and not part.startswith(".") for part in parts):
        return False
    return is_case(name) or (len(parts) == 1 and (is_rulebook_file(name) or name in STANDING_BESIDE))


def rulebook_part(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Those of these files that make up the rulebook itself."""
    return {name: data for name, data in files.items() if "/" not in name and is_rulebook_file(name)}
