"""The texts that still name a number that was a cut before the edit: labels and notes, quotes and reasons.

A cut is written in one place; texts about it do not follow when it moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.numerals import counted_in_characters
from ...language.problems import Span
from ...language.rulebook import Rulebook
from ...language.translations import span_of
from .moved_cuts import moved_cuts
from .part_changes import PartChange, texts


class Mention(NamedTuple):
    """A text of the new rulebook, by the kind and name of its part, its path there and its place; and the number in it,
    which begins at the character `at`."""

    number: str
    kind: str
    name: str
    path: tuple[str, ...]
    span: Span | None
    text: str
    at: int

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "kind": self.kind,
            "name": self.name,
            "path": ".".join(self.path),
            "place": str(self.span) if self.span else None,
            "text": self.text,
        }


def mentions(parts: Iterable[PartChange], old: Rulebook, new: Rulebook) -> Iterator[Mention]:
    """The texts with a number that was a cut of a fact and no longer is, in order of the numbers; none of those that
    the edit itself wrote.
    """
    kept = {text for _, _, text in texts(old)}
    for number in sorted({gone for moved in moved_cuts(parts) for gone in moved.gone}):
        number_spelt = _spelt(number)
        for (kind, name), path, text in texts(new):
            if text in kept and (at := _where(number, number_spelt, text)) is not None:
                yield Mention(f"{number:,}", kind, name, path, span_of(new, (kind, name)), text, at)


def _where(number: Decimal, spelt: re.Pattern[str], text: str) -> int | None:
    """Where the text first names the number, in digits or else in Chinese characters; None if it does not."""
    if match := spelt.search(text):
        return match.start()
    return next((counted.at for counted in counted_in_characters(text) if counted.number == number), None)


def _spelt(number: Decimal) -> re.Pattern[str]:
    """A pattern for the number as people write it: in full, in thousands, or in ten thousands as in Chinese."""
    ways = {f"{number}", f"{number:,}"} | ({f"{number / 10_000:f}万"} if number and number % 10_000 == 0 else set())
    return re.compile(rf"(?<![0-9A-Za-z_.,])(?:{'|'.join(map(re.escape, sorted(ways)))})(?![0-9A-Za-z_%]|[.,][0-9])")
