"""Texts set aside, with a mark in the place of each; XML with such marks -> the same with texts in their places.

A mark stands between characters that nobody sees, which no text may hold (`engine/language/letters.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

_MARK = re.compile("\u2060([a-z0-9]+)\u2061")
_IN_ATTRIBUTES = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#09;"}
"""What has to be escaped in the value of an attribute, besides what has to be everywhere."""


def mark(name: str) -> str:
    """The mark in whose place the text of this name will stand."""
    return f"\u2060{name}\u2061"


class Placeholders:
    """Texts that were set aside, each under a number."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}

    def set_aside(self, text: str) -> str:
        """The mark in whose place this text will stand."""
        name = str(len(self.texts))
        self.texts[name] = text
        return mark(name)


class _Place(NamedTuple):
    """A place among the parts of a template, the name of its text, and what to escape in that besides markup."""

    at: int
    name: str
    entities: Mapping[str, str]


class Template:
    """XML with marks, into which texts can be put as often as one likes."""

    def __init__(self, xml: str) -> None:
        self._parts = _MARK.split(xml)
        self._places: list[_Place] = []
        last = ""
        for index, part in enumerate(self._parts):
            if index % 2:
                self._places.append(_Place(index, part, _IN_ATTRIBUTES if last == "<" else {}))
            else:
                last = next((sign for sign in reversed(part) if sign in "<>"), last)

    def filled(self, texts: Mapping[str, str]) -> str:
        """The XML with these texts, escaped, in the places of their marks."""
        parts = self._parts.copy()
        for at, name, entities in self._places:
            parts[at] = escape(texts[name], {**entities})
        return "".join(parts)
