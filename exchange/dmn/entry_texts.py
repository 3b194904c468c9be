"""Texts of a model -> the tests and values that they are, if they are written in FEEL."""

from __future__ import annotations

import re

from whytune.engine.language.problems import Sentence

from .feel import NO_TESTS, FeelValue, Tests, Unsayable, read_tests, read_value
from .model import ModelText


def tests_in(entry: ModelText, asked: str) -> Tests:
    """The tests of an entry in a column of conditions that asks about this; raises Unsayable.

    An entry may name what its column asks about, `Age > 5`, where FEEL has `?` for it.
    """
    if entry.text in ("", "-"):
        return NO_TESTS
    _check_language(entry)
    named = re.match(rf"{re.escape(asked)}\s*(?=[<>=!]|in\b)", entry.text) if asked else None
    return read_tests(f"? {entry.text[named.end() :]}" if named else entry.text)


def value_in(entry: ModelText) -> FeelValue:
    """The value of an entry of results; raises Unsayable."""
    _check_language(entry)
    return read_value(entry.text)


def _check_language(entry: ModelText) -> None:
    if entry.language:
        what = Sentence("it is written in `{language}`, not in FEEL", language=entry.language)
        raise Unsayable(what, Sentence("write it in FEEL"))
