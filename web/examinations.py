"""What checks found in the rulebooks that are served, kept as long as their files do not change."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from whytune import Rulebook
from whytune.engine.language.loading import folder_of
from whytune.verdicts import Checked

MOST = 16
"""How many rulebooks it is kept for, each on a day and in a language."""


class Examinations:
    """What was found in each rulebook, on its day and in its language; the oldest is dropped first."""

    def __init__(self) -> None:
        self._kept: dict[str, Checked] = {}

    def of(self, book: Rulebook) -> Checked:
        """What the checks find, found now if it is not kept; raises WhytuneError."""
        kept = self._kept.get(_name(book))
        return book.check() if kept is None else kept

    def has(self, book: Rulebook) -> bool:
        """Is what the checks find in it kept?"""
        return _name(book) in self._kept

    def keep(self, book: Rulebook, checked: Checked) -> None:
        """Keeps what the checks found."""
        self._kept[_name(book)] = checked
        while len(self._kept) > MOST:
            self._kept.pop(next(iter(self._kept)))


def _name(book: Rulebook) -> str:
    """A name that stays while the rulebook, its cases and the rest of its folder do, on a day, in a language."""
    folder = folder_of(book.place)
    files = sorted(Path(folder).rglob("*")) if folder else []
    parts = [(str(file), file.read_bytes()) for file in files if file.is_file() and not file.name.startswith(".")]
    return sha256(repr((book.content.digest, book.place, book.day, book.language, parts)).encode()).hexdigest()
