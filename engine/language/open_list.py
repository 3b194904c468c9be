"""A text that is none of the values of an open list -> the value `other`, in these words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from unicodedata import normalize

from .intervals import OTHER, OtherText
from .letters import composed, unfit
from .problems import Sentence, short
from .text import BadValue, alternatives, check_line
from .vocabulary import Fact

MOST_LETTERS = 200
"""In which a case says what is none of the values."""

LIKE = 5
"""Letters of a name from which on one letter otherwise is taken for a slip; in shorter ones it makes another word."""

ON_PURPOSE = re.compile(rf"{OTHER}\s*[:：](.*)", re.DOTALL)


def other_text(fact: Fact, text: str) -> OtherText:
    """The value `other` in these words; raises BadValue where a value may be meant, or nothing is said.

    After `other:` the words are taken as they stand, however like a value they are.
    """
    if meant := ON_PURPOSE.fullmatch(text.strip()):
        return OtherText(_words(fact, meant[1]))
    words = _words(fact, text)
    names, negated = alternatives(words)
    if negated or len(names) > 1:
        message = Sentence("`{text}` does not name values of `{fact}` alone", text=short(words), fact=fact.fact)
        raise BadValue("unknown-value", message, _on_purpose(words))
    if value := _nearly(fact, words):
        message = Sentence(
            "`{text}` is nearly `{value}`, an answer to `{fact}`", text=short(words), value=value, fact=fact.fact
        )
        hint = Sentence(
            'did you mean `{value}`? where it is something else, write "{other}: {text}"',
            value=value,
            other=OTHER,
            text=short(words),
        )
        raise BadValue("unknown-value", message, hint)
    return OtherText(words)


def looks(fact: Fact) -> frozenset[str]:
    """The letters and digits of every name and label that a text of the fact may be meant for, of one case."""
    return frozenset(letters_of(called) for _, called in _names(fact))


def _words(fact: Fact, text: str) -> str:
    """The text as it is kept; raises BadValue: bad-text."""
    line = check_line(composed(text))
    if wrong := unfit(line):
        raise BadValue("bad-text", wrong.message, wrong.hint)
    if len(line) > MOST_LETTERS:
        raise BadValue("bad-text", Sentence("the text has more than {most:,} characters", most=MOST_LETTERS))
    if not letters_of(line):
        message = Sentence("`{text}` says nothing of `{fact}`", text=short(line), fact=fact.fact)
        raise BadValue("bad-text", message, Sentence("leave it out, give unknown, or say in words what it is"))
    return line


def _on_purpose(words: str) -> Sentence:
    return Sentence('where it is something else, write "{other}: {text}"', other=OTHER, text=short(words))


def _nearly(fact: Fact, words: str) -> str | None:
    """The value or group that may be meant by words that look like its name or label, or differ in one letter."""
    letters = letters_of(words)
    names = [(name, letters_of(called)) for name, called in _names(fact)]
    same = (name for name, called in names if called == letters)
    alike = (name for name, called in names if len(called) >= LIKE and is_one_slip(called, letters))
    return next(same, None) or next(alike, None)


def _names(fact: Fact) -> Iterator[tuple[str, str]]:
    """What a case may say of the fact, and what readers see of it."""
    labels = {**fact.labels, **{group.group: group.label for group in fact.groups}}
    for name in (*fact.values, *labels, "unknown"):
        yield name, name
        yield from ((name, label) for label in labels.get(name, {}).values())


def letters_of(text: str) -> str:
    """The letters and digits of a text, of one width and one case."""
    return "".join(filter(str.isalnum, normalize("NFKC", text).casefold()))


def is_one_slip(one: str, other: str) -> bool:
    """Does a letter more, a letter less, another letter or two exchanged make one text the other?"""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    left, right = one[same:], other[same:]
    is_exchanged = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or is_exchanged
