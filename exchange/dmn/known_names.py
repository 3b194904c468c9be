"""A name in a model -> what it may stand for: an input that nothing declares, or a decision known by another name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .model import ModelPart, OutputClause

_BARE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
_SPACED = re.compile(r"[^\W\d]\w*(?: \w+)*")
_WORDS = re.compile(r"\b(?:and|or|not|in|if|then|else|for|return|some|every|satisfies|between|instance|of|function)\b")
"""Words of FEEL that are part of no name."""


class KnownAs(NamedTuple):
    """A decision that is known by another name than its own, and the path to what is asked of it."""

    part: ModelPart
    path: str


def may_be_name(text: str) -> bool:
    """May this be the name of an input, or of a part of one?"""
    return bool(_BARE.fullmatch(text) or (_SPACED.fullmatch(text) and not _WORDS.search(text)))


def required_as(text: str, required: Iterable[tuple[ModelPart, Sequence[OutputClause]]]) -> KnownAs | None:
    """Which of the decisions that a part requires, each with its outputs, an expression names.

    It names its variable or, as in Camunda, one of its outputs.
    """
    known = list(required)
    name, dot, rest = text.partition(".")
    path = dot + rest
    for part, _ in known:
        if name and name == part.variable:
            return KnownAs(part, path)
    for part, outputs in known:
        if name and not path and any(clause.name == name for clause in outputs):
            return KnownAs(part, f".{name}" if len(outputs) > 1 else "")
    return None
