"""An expression like `invoice and not (json or draft)` -> which texts it means."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

from whytune.engine.language.letters import composed, typed

Matcher = Callable[[str], bool]
MAX_WORDS = 100
"""Longer than anyone writes; it bounds how deep an expression can nest."""


def selection(expression: str) -> Matcher:
    """The test for texts that an expression means. Case is ignored; words in a row are looked for as a phrase.

    `and`, `or`, `not` and parentheses combine them. Raises click.UsageError.
    """
    reader = _Expression(re.findall(r"[()]|[^\s()]+", typed(expression).lower()))
    test = reader.either()
    reader.expect_end()
    return lambda text: test(re.sub(r"\s+", " ", composed(text).lower()))


class _Expression:
    def __init__(self, words: list[str]) -> None:
        if not words or len(words) > MAX_WORDS:
            raise click.UsageError(f"-k takes 1 to {MAX_WORDS} words")
        self.words = words

    def either(self) -> Matcher:
        tests = [self.both()]
        while self._takes("or"):
            tests.append(self.both())
        return lambda text: any(test(text) for test in tests)

    def both(self) -> Matcher:
        tests = [self.one()]
        while self._takes("and"):
            tests.append(self.one())
        return lambda text: all(test(text) for test in tests)

    def one(self) -> Matcher:
        if self._takes("not"):
            negated = self.one()
            return lambda text: not negated(text)
        if self._takes("("):
            inner = self.either()
            if not self._takes(")"):
                raise click.UsageError("-k: a parenthesis is not closed")
            return inner
        phrase: list[str] = []
        while self.words and self.words[0] not in ("and", "or", "not", "(", ")"):
            phrase.append(self.words.pop(0))
        if not phrase:
            raise click.UsageError(
                f"-k: a word is wanted {f'before `{self.words[0]}`' if self.words else 'at the end'}"
            )
        wanted = " ".join(phrase)
        return lambda text: wanted in text

    def expect_end(self) -> None:
        if self.words:
            raise click.UsageError(f"-k: `{self.words[0]}` does not fit where it stands; join words by and, or, not")

    def _takes(self, word: str) -> bool:
        if self.words[:1] != [word]:
            return False
        self.words.pop(0)
        return True
