"""All texts of a rulebook with their places, and whether their languages still say the same.

Nobody can compute whether two texts mean the same. But when somebody who reads both languages has said so, that can be
recorded, as a fingerprint of every text in every language. If later one has changed and another has not, they may have
come apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from . import source
from .folders import is_there
from .loading import folder_of
from .problems import Problem, Sentence, Span, WhytuneError
from .rulebook import Rulebook, item_name

Confirmed = Mapping[str, Mapping[str, str]]
"""The fingerprint of each text in each language, by the text's key, as of the last confirmation."""

FILE = "translations.json"
"""The file in a rulebook's folder that keeps them."""


_FINGERPRINT = re.compile("[0-9a-f]{12}")


class PlacedText(NamedTuple):
    """A text in all its languages, and the path to it, from ("rule", id) on."""

    path: tuple[str, ...]
    wordings: Mapping[str, str]

    @property
    def key(self) -> str:
        return ".".join(self.path)


def texts(rulebook: Rulebook) -> Iterator[PlacedText]:
    """Every text of the rulebook."""
    yield PlacedText(("rulebook", rulebook.name, "title"), rulebook.title)
    for place, part in rulebook.parts():
        yield from _texts_in(place, part.model_dump(by_alias=True, exclude_none=True), set(rulebook.languages))


def confirmed_of(rulebook: str) -> Confirmed:
    """What was confirmed for the rulebook of this name or path, empty if nothing ever was. Raises WhytuneError."""
    folder = folder_of(rulebook)
    label = f"{rulebook.rstrip('/')}/{FILE}"
    if folder is None or not is_there(folder / FILE, label):
        return {}
    written = source.plain(source.read(folder / FILE, label))
    if not isinstance(written, dict) or not all(map(_are_fingerprints, written.values())):
        message = Sentence("not a file of confirmed translations")
        hint = Sentence("write it again with `whytune check --confirm-translations`")
        raise WhytuneError([Problem("wrong-type", message, Span(label), hint)])
    return written


def _are_fingerprints(prints: object) -> bool:
    return isinstance(prints, dict) and all(
        isinstance(text, str) and _FINGERPRINT.fullmatch(text) for text in prints.values()
    )


def fingerprints(rulebook: Rulebook) -> dict[str, dict[str, str]]:
    """What to keep when a rulebook's translations are confirmed: for each text 12 hexadecimal digits of SHA-256."""
    return {
        text.key: {language: _fingerprint(wording) for language, wording in sorted(text.wordings.items())}
        for text in sorted(texts(rulebook), key=lambda text: text.key)
    }


def changed_since(text: PlacedText, confirmed: Confirmed) -> tuple[str, ...] | None:
    """The languages in which the text has changed since it was confirmed; None if it never was in all of them."""
    then = confirmed.get(text.key)
    if then is None or set(then) != set(text.wordings):
        return None
    return tuple(
        sorted(language for language, wording in text.wordings.items() if then[language] != _fingerprint(wording))
    )


class Unconfirmed(NamedTuple):
    """A text with the languages in which it has changed since it was confirmed, and those in which it has not.

    A text never confirmed in all its languages is new, and has changed in none.
    """

    text: PlacedText
    changed: tuple[str, ...]
    kept: tuple[str, ...]


def unconfirmed(rulebook: Rulebook, confirmed: Confirmed) -> Iterator[Unconfirmed]:
    """Every text that a confirmation would cover and the last one did not."""
    for text in texts(rulebook):
        changed = changed_since(text, confirmed)
        if changed is None:
            yield Unconfirmed(text, (), tuple(text.wordings))
        elif changed:
            yield Unconfirmed(text, changed, tuple(language for language in text.wordings if language not in changed))


def span_of(rulebook: Rulebook, path: tuple[str, ...]) -> Span | None:
    """The place of the end of a path, or of the nearest part of it."""
    return next((rulebook.places[path[:end]] for end in range(len(path), 1, -1) if path[:end] in rulebook.places), None)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _texts_in(path: tuple[str, ...], part: Any, languages: set[str]) -> Iterator[PlacedText]:
    if isinstance(part, dict):
        if part.keys() == languages and all(isinstance(wording, str) for wording in part.values()):
            yield PlacedText(path, part)
        else:
            for key, inner in part.items():
                yield from _texts_in((*path, str(key)), inner, languages)
    elif isinstance(part, list | tuple):
        for index, inner in enumerate(part):
            yield from _texts_in((*path, item_name(inner, index)), inner, languages)
