"""A ledger that may be damaged -> what is asked of its records, as far as the chain proves them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from ..language.problems import WhytuneError
from .selection import Shelf
from .store import Ledger
from .verification import Verification, verify

Seen = TypeVar("Seen")


class ProvenRecords:
    """The first records of a ledger, none of which is read beyond."""

    def __init__(self, ledger: Ledger, count: int) -> None:
        self._ledger, self._count = ledger, count

    def __len__(self) -> int:
        return self._count

    def body(self, seq: int) -> bytes | None:
        return self._ledger.body(seq) if seq <= self._count else None

    def records(self, newest_first: bool = False) -> Iterator[tuple[int, bytes]]:
        seqs = range(1, self._count + 1)
        for seq in reversed(seqs) if newest_first else seqs:
            if (body := self.body(seq)) is not None:
                yield seq, body


def as_far_as_proven(ledger: Ledger, look: Callable[[Shelf], Seen]) -> tuple[Seen, Verification | None]:
    """What `look` finds in all records; if it meets damage, in those before the first fault, with how far they go.

    Raises WhytuneError: what `look` raises for another reason, or where verification finds no fault.
    """
    try:
        return look(ledger), None
    except WhytuneError as error:
        if all(problem.code != "ledger-damaged" for problem in error.problems):
            raise
        verification = verify(ledger)
        if verification.fault is None:
            raise
        return look(ProvenRecords(ledger, verification.end.length)), verification
