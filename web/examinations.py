"""What checks found in the rulebooks that are served, kept as long as their files do not change."""

from __future__ import annotations

from whytune import Rulebook
from whytune.verdicts import Checked, digest_of_checked

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

    def lacks(self, book: Rulebook) -> str | None:
        """The name under which what the checks find in it will be kept, None if it is."""
        name = _name(book)
        return None if name in self._kept else name

    def keep(self, name: str, checked: Checked) -> None:
        """Keeps what the checks found in the rulebook that `lacks` called so."""
        self._kept[name] = checked
        while len(self._kept) > MOST:
            self._kept.pop(next(iter(self._kept)), None)  # another thread may have dropped it


def _name(book: Rulebook) -> str:
    return digest_of_checked(book.content, book.place, book.asked_day, book.language)
