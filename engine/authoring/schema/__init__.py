"""Rulebook files and case files -> JSON Schema: what an editor completes, explains and refuses as one types.

The schema follows draft 07, which VS Code's YAML extension supports best: from 2019-09 on it supports only parts.
It covers what one file can show: keys, types, texts and, with a rulebook, names. What takes the whole rulebook to see
(cycles, duplicates across files, gaps) is left to `load` and `check`.

descriptions  what each key is for
forms         names, texts, numbers, days
names         what the rules of a rulebook may name
combinations  which keys go together
definitions   the models -> definitions
case_files    case files
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from ...language.rulebook import PART_KINDS, Rulebook
from ...language.source import read_bytes
from .case_files import case_definitions, case_shape
from .definitions import parts
from .descriptions import TOP
from .forms import closed, forms, ref
from .names import Names, any_names, names_of

__all__ = [
    "CASE_MODELINE",
    "FOLDER",
    "RULEBOOK_MODELINE",
    "SCHEMA_FILES",
    "Renewed",
    "case_schema",
    "renewed_schemas",
    "schema",
    "schema_files",
    "schemas_below",
    "stale_schemas",
]

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = "schema"
"""The folder of a rulebook that holds its schemas; the loader reads no folders in a rulebook."""
RULEBOOK_FILE, CASE_FILE = "rulebook.json", "cases.json"
SCHEMA_FILES = (f"{FOLDER}/{RULEBOOK_FILE}", f"{FOLDER}/{CASE_FILE}")
"""Both, by their paths in the folder of a rulebook."""
RULEBOOK_MODELINE = f"# yaml-language-server: $schema={FOLDER}/{RULEBOOK_FILE}\n"
CASE_MODELINE = f"# yaml-language-server: $schema=../{FOLDER}/{CASE_FILE}\n"
"""The first line of a rulebook file, and of a case file in a folder: where the editor finds the schema."""


def schema(rulebook: Rulebook | None = None, language: str | None = None) -> dict[str, Any]:
    """The JSON Schema of a rulebook file; with a rulebook, only its names are valid, described in one language."""
    names = _names(rulebook, language)
    lists = {
        kind.plural: {"type": "array", "items": ref(kind.model.__name__), "description": kind.purpose}
        for kind in PART_KINDS
    }
    own = {"rulebook": {**ref("Identity"), "description": TOP["rulebook"]}}
    section = {"section": {**ref("known_section"), "description": TOP["section"]}}
    return {
        "$schema": DRAFT,
        "description": _title("rulebook", rulebook),
        **closed({**own, **section, **lists}),
        "definitions": {**forms(names.languages), **names.definitions, **parts(names.options)},
    }


def case_schema(rulebook: Rulebook | None = None, language: str | None = None) -> dict[str, Any]:
    """The JSON Schema of a case file; with a rulebook, only its facts, values, decisions and rules are valid."""
    names = _names(rulebook, language)
    spoken = language or (names.languages or ("en",))[0]
    leaves = forms(names.languages)
    return {
        "$schema": DRAFT,
        "description": _title("case", rulebook),
        **case_shape(rulebook),
        "definitions": {**{key: leaves[key] for key in ("line", "day")}, **case_definitions(rulebook, spoken)},
    }


def schema_files(rulebook: Rulebook, language: str | None = None) -> dict[str, str]:
    """The two files that the modelines of a rulebook's files refer to, by name."""
    made = {RULEBOOK_FILE: schema(rulebook, language), CASE_FILE: case_schema(rulebook, language)}
    return {name: json.dumps(shape, ensure_ascii=False, indent=1) + "\n" for name, shape in made.items()}


def schemas_below(folder: Path, rulebook: Rulebook, language: str | None = None) -> dict[str, str]:
    """The schemas of a rulebook that stands in this folder, as they should now be, by path."""
    return {str(folder / FOLDER / name): text for name, text in schema_files(rulebook, language).items()}


def stale_schemas(folder: Path, rulebook: Rulebook) -> tuple[str, ...]:
    """The names of the schemas in this folder of a rulebook that hold what it makes in none of its languages.

    Raises WhytuneError: unreadable-file.
    """
    kept = _kept_in(folder)
    made = [schema_files(rulebook, language) for language in rulebook.languages] if kept else []
    return tuple(f"{FOLDER}/{name}" for name, text in kept.items() if all(files[name] != text for files in made))


class Renewed(NamedTuple):
    """A schema as it is kept in the folder of a rulebook, and as an edit of that makes it."""

    kept: bytes
    new: bytes


def renewed_schemas(folder: Path, before: Rulebook, after: Rulebook) -> dict[str, Renewed]:
    """The schemas in this folder that are no longer right once the rulebook is another, by name, in the language in
    which they are kept; raises WhytuneError: unreadable-file.
    """
    kept = _kept_in(folder)
    spoken = (
        language for language in before.languages if set(schema_files(before, language).values()) & {*kept.values()}
    )
    made = schema_files(after, next(spoken, None)) if kept else {}
    renewed = {name: made[name] for name, text in kept.items() if made[name] != text}
    return {
        f"{FOLDER}/{name}": Renewed((folder / FOLDER / name).read_bytes(), text.encode())
        for name, text in renewed.items()
    }


def _kept_in(folder: Path) -> dict[str, str]:
    """The schemas in this folder of a rulebook, by the names of their files; raises WhytuneError: unreadable-file."""
    there = {name: folder / FOLDER / name for name in (RULEBOOK_FILE, CASE_FILE)}
    return {name: _text_of(path) for name, path in there.items() if path.is_file()}


def _text_of(file: Path) -> str:
    return read_bytes(file, str(file)).decode("utf-8", "replace").replace("\r\n", "\n")


def _names(rulebook: Rulebook | None, language: str | None) -> Names:
    return names_of(rulebook, language or rulebook.languages[0]) if rulebook else any_names()


def _title(what: str, rulebook: Rulebook | None) -> str:
    return f"A {what} file of the rulebook `{rulebook.name}`" if rulebook else f"A {what} file of whytune"
