"""Whytune says the same in every language, and says all that its catalogue holds."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import LANGUAGES, phrase, translated

from . import rooms
from .words import parts, texts

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "engine" / "words"


def test_each_language_is_a_folder_with_a_file_a_subject() -> None:
    assert {path.parent.name for path in WORDS.glob("*/__init__.py")} == {*LANGUAGES}
    for language in LANGUAGES:
        subjects = import_module(f"whytune.engine.words.{language}").SUBJECTS
        assert sorted(subjects) == sorted(path.stem for path in (WORDS / language).glob("[!_]*.py"))


def test_a_name_stands_once_in_a_language() -> None:
    for language in LANGUAGES:
        for table in ("PHRASES", "SENTENCES"):
            names = [name for _, name in texts(table, language)]
            assert len({*names}) == len(names)
        assert len(texts("PHRASES", language)) > 100


def test_every_language_has_every_phrase_under_one_subject_with_the_same_parts() -> None:
    first, *others = (texts("PHRASES", language) for language in LANGUAGES)
    for other in others:
        assert [*other] == [*first]
        assert [name for name in first if parts(first[name]) != parts(other[name])] == []


def test_every_phrase_is_said_somewhere() -> None:
    code = [path for top in rooms.TOPS for path in (ROOT / top).rglob("*") if WORDS not in path.parents]
    text = "\n".join(path.read_text() for path in [*code, *WORDS.glob("*.py")] if path.suffix in (".py", ".html"))
    named = set(re.findall(r"""["'<]([a-z_0-9]+)["'>]""", text))
    begun = (*re.findall(r"([a-z][a-z_]*_)\{", text), *(f"{name}_" for name in re.findall(r'named\("(\w+)"', text)))
    keys = [key for _, key in texts("PHRASES", "en")]
    assert [key for key in keys if key not in named and not key.startswith(begun)] == []


def test_what_a_language_does_not_have_is_said_in_english() -> None:
    assert phrase("not_in_force", "fr", title="T") == phrase("not_in_force", "en", title="T") == "Not in force: T"
    assert translated(Sentence("unknown fact `{name}`", name="x"), "fr") == "unknown fact `x`"
