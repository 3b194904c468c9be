"""Whytune says the same in every language; what it says stands in the catalogue, and what stands there is said."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from whytune.engine.authoring.scaffold import templates
from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import LANGUAGES, phrase, translated

from .said import HIDDEN, calls, passed_about
from .words import parts, texts

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "engine" / "words"
PHRASES = {key: {name for name, _ in parts(text)} for (_, key), text in texts("PHRASES", "en").items()}

TEMPLATES = "engine/authoring/scaffold/templates.py"
"""Names its phrases in the texts of files, as `<key>`."""


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quotation_inside_another_has_single_marks(language: str) -> None:
    assert phrase("quoted", language, text="a “b” c") == "“a ‘b’ c”"
    assert "“b”" in phrase("goes_over", language, before="“b”", after="c")


def test_an_apostrophe_of_whytune_is_a_straight_one() -> None:
    for table in ("PHRASES", "SENTENCES"):
        assert [text for text in texts(table, "en").values() if re.search(r"\w’", text)] == []


def test_the_code_shows_which_phrase_each_call_says() -> None:
    """A text where it is said, a name bound to such texts in the same file, or a `Family`; never put together."""
    assert len(calls()) > 300
    assert passed_about() == ()
    assert [call.place for call in calls() if HIDDEN in call.keys and not call.place.startswith(TEMPLATES)] == []


def test_every_phrase_that_is_said_stands_in_the_catalogue() -> None:
    assert {(call.place, key) for call in calls() for key in call.keys - {HIDDEN, *PHRASES}} == set()
    assert named_in_templates() - {*PHRASES} == set()


def test_a_phrase_is_given_the_parts_that_it_has() -> None:
    """Where one of several phrases is said, each part is for one of them at least."""
    wrong = []
    for call in calls():
        wanted = [PHRASES[key] for key in call.keys if key in PHRASES]
        if call.parts is not None and wanted and set().union(*wanted) != call.parts:
            wrong.append((call.place, sorted(call.keys), sorted(call.parts)))
    assert wrong == []


def test_every_phrase_is_said_somewhere() -> None:
    said = {key for call in calls() for key in call.keys} | named_in_templates()
    assert {*PHRASES} - said == set()


def named_in_templates() -> set[str]:
    written = " ".join(text for text in vars(templates).values() if isinstance(text, str))
    return {*re.findall(r"<(\w+)>", written)} | {case["about"] for case in templates._CASES.values()}


def test_what_a_language_does_not_have_is_said_in_english() -> None:
    assert phrase("not_in_force", "fr", title="T") == phrase("not_in_force", "en", title="T") == "Not in force: T"
    assert translated(Sentence("unknown fact `{name}`", name="x"), "fr") == "unknown fact `x`"


def test_a_phrase_that_is_empty_in_a_language_is_none_of_another_language() -> None:
    assert phrase("space", "zh") == ""
    assert phrase("space", "en") == " "
