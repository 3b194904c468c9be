"""Keeping what is recommended for the rows of a table: a record for each, in batches that are on disk as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whytune.engine import Recommendation
from whytune.engine.ledger.record import Circumstances, Entry, Moment
from whytune.engine.ledger.store import Ledger

from .keeping import Stored, check_unchanged, new_salt, system_clock


class RowRecorder:
    """Records what one rulebook recommends for rows; `ids` holds the first and the last id that are on disk, if any.

    The case of a record is the circumstances' own, a colon, and the number of the row.
    """

    def __init__(
        self,
        ledger: str,
        book: Stored,
        circumstances: Circumstances,
        keep_sensitive: bool,
        clock: Callable[[], Moment] = system_clock,
    ) -> None:
        self.ledger, self.book, self.circumstances, self.clock = ledger, book, circumstances, clock
        self.keep_sensitive = keep_sensitive
        self.kept = 0
        self.ids: tuple[str, str] | None = None

    def __call__(self, advised: Sequence[tuple[int, Recommendation]]) -> list[str]:
        """Keeps these recommendations, each with the number of its row, and returns their ids once all are on disk.

        Raises WhytuneError, and then keeps none of them: rulebook-changed, bad-text, too-large, and what `Ledger` does.
        """
        entries = [self._entry(row, answer) for row, answer in advised]
        with Ledger.to_append(self.ledger) as opened:
            ids = [end.id for end in opened.append_all(entries, self.clock)]
        self.kept += len(ids)
        self.ids = (self.ids[0] if self.ids else ids[0], ids[-1])
        return ids

    def _entry(self, row: int, answer: Recommendation) -> Entry:
        check_unchanged(answer, self.book)
        named = self.circumstances._replace(case=f"{self.circumstances.case}:{row}")
        return self.book.drafting.entry(answer, named, new_salt(self.keep_sensitive))
