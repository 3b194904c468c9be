"""Names in backquotes -> what they are called, for readers who choose from labels and type no names."""

from __future__ import annotations

import re
from collections.abc import Callable

from whytune.engine.language.vocabulary import YES_NO, Fact
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.speaker import Speaker

from .document import CODE

LabelOf = Callable[[str], str | None]
"""What a name is called; None for one that is not known."""


def called(text: str, label_of: LabelOf, language: str) -> str:
    """The text with a label, quoted, in place of each name that has one.

    A name before the first colon says where a mistake is: it gives way to its label, or goes if that follows anyway.
    """

    def quoted(name: re.Match[str]) -> str:
        label = label_of(name[1])
        return name[0] if label is None else phrase("quoted", language, text=label)

    place, colon, message = text.partition(": ")
    if colon and (label := label_of(place)) is not None:
        text = message if f"`{place}`" in message else f"{label}{phrase('colon', language)}{message}"
    return CODE.sub(quoted, text)


def labels(text: str, speaker: Speaker, about: Fact | None = None) -> LabelOf:
    """The labels of the facts that a text names, and of the values of these facts and of the one that it is about."""
    known = speaker.rulebook.vocabulary.by_name
    meant = [known[name] for name in CODE.findall(text) if name in known] + ([about] if about else [])

    def label_of(name: str) -> str | None:
        if name in known:
            return speaker.fact(name)
        values = {speaker.value(fact.fact, name) for fact in meant if name in (fact.values or YES_NO)}
        return values.pop() if len(values) == 1 else None

    return label_of
