"""What a reader types at a question of the interview: a value by number, id or label in any language, or a command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, get_args
from unicodedata import normalize

from whytune.engine.advice.explanations import NextQuestion
from whytune.engine.language.numerals import spoken
from whytune.engine.language.problems import Sentence, listing, short
from whytune.engine.language.stale_numbers import stale_numbers
from whytune.engine.language.text import BadValue
from whytune.engine.language.value import UNKNOWN, Value, in_digits, read_value
from whytune.engine.language.vocabulary import YES_NO, Fact
from whytune.engine.words.catalogue import Family, in_both

ReplyCommand = Literal["why", "unknown", "back", "quit"]
COMMANDS: tuple[ReplyCommand, ...] = get_args(ReplyCommand)
HELP = "?"


SAID = Family[ReplyCommand]("command")
"""The commands, each by its phrase of alternatives, which are separated by commas."""


def plain(text: str) -> str:
    """The text in the form in which replies are compared: one width, one case, no surrounding white space."""
    return normalize("NFKC", text).replace("’", "'").strip().rstrip(".。!！").casefold()


def values(fact: Fact) -> tuple[str, ...]:
    """The values that may be answered, by id; none for a number."""
    return YES_NO if fact.kind == "yes_no" else fact.values


def command(fact: Fact, reply: str) -> str | None:
    """The command that this text is, in any language of whytune; None for an answer.

    A value with the name of a command wins, except over `unknown` and `?`.
    """
    word = plain(reply)
    if word in (UNKNOWN, HELP):
        return word
    if _meant(fact, word):
        return None
    if means(word, "words_unknown"):
        return UNKNOWN
    if means(word, "words_help"):
        return HELP
    return next((name for name in COMMANDS if means(word, SAID[name])), None)


def means(word: str, key: str) -> bool:
    """Is this one of a phrase's alternatives, which are separated by commas, in any language of whytune?"""
    return any(word in re.split("[,，] *", ways) for ways in in_both(key).values())


def answer(fact: Fact, reply: str, question: NextQuestion | None = None) -> Value:
    """The value, or some of the values, that this text stands for; or yes or no, if the question asks whether.

    Raises BadValue.
    """
    word = plain(reply)
    if fact.kind != "yes_no" and question and question.asks_whether and (whether := _whether(word)) is not None:
        return question.answers[whether].narrowed or UNKNOWN
    if named := _named_part(fact, word):
        return read_value(fact, named)
    if fact.is_number:
        return read_value(fact, in_digits(fact, word, rough=True))
    meant = _meant(fact, word) or _begun(fact, word)
    if len(meant) > 1:
        message = Sentence("`{word}` stands for several values of `{fact}`", word=short(reply), fact=fact.fact)
        raise BadValue("unknown-value", message, Sentence("give one of {values}", values=listing(meant)))
    return read_value(fact, meant[0] if meant else reply)


def is_said_roughly(fact: Fact, reply: str) -> bool:
    """Is this a number that was said to be about so many, and taken as exactly so many?"""
    return fact.is_number and spoken(plain(reply), fact.unit or {}).is_rough


def _whether(word: str) -> bool | None:
    """Is this yes, or no, in any language of whytune?"""
    truths = [truth for truth, key in ((True, "words_yes"), (False, "words_no")) if means(word, key)]
    return truths[0] if truths else None


def _named_part(fact: Fact, word: str) -> str | None:
    """The name of the only group, or piece of a band, with this label in any language; None if there is no such one."""
    names = {group.group for group in fact.groups if word in map(plain, group.label.values())}
    names |= {piece for piece, label in _piece_labels(fact) if word == plain(label)}
    return names.pop() if len(names) == 1 else None


def _piece_labels(fact: Fact) -> Iterator[tuple[str, str]]:
    """The pieces of its bands, each with a label in any language that names no number which is no bound of it."""
    for band in fact.bands:
        for piece, label in band.labels.items():
            yield from ((piece, text) for text in label.values() if not stale_numbers(fact, band, piece, text))


def _meant(fact: Fact, word: str) -> list[str]:
    """The values that a word can mean: the one with this id, else those with this number or label, else yes or no."""
    possible = values(fact)
    if (name := re.sub(r"[\s-]+", "_", word)) in possible:
        return [name]
    numbered = [value for place, value in enumerate(fact.values, 1) if word == str(place)]
    labelled = [value for value in possible if word in map(plain, fact.labels.get(value, {}).values())]
    if numbered or labelled or fact.kind != "yes_no":
        return list(dict.fromkeys(numbered + labelled))
    return [value for value in YES_NO if means(word, "words_yes" if value == "yes" else "words_no")]


def _begun(fact: Fact, word: str) -> list[str]:
    """The only value whose id, or a label in any language, begins with these two letters or more; none if several do.

    In Chinese they may stand anywhere but after a negation. An open list has none, since there the reply may be
    something else; nor has a plain yes or no.
    """
    if fact.is_open or len(word) < 2 or _whether(word) is not None:
        return []
    start = "^" if word.isascii() else "(?<![不没未无非])"
    part = re.compile(start + re.escape(word))
    names = {value: (value, *map(plain, fact.labels.get(value, {}).values())) for value in fact.values}
    begun = [value for value, labels in names.items() if any(map(part.search, labels))]
    return begun if len(begun) == 1 else []
