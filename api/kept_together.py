"""Records that arrive at the same time -> one turn at the ledger for all; each is told once it is on the disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Lock

from whytune.engine import WhytuneError
from whytune.engine.ledger.record import Entry, Moment
from whytune.engine.ledger.store import Ledger

from .keeping import system_clock

MOST = 100
"""The most records of one turn, so that nobody waits long for those of others."""

OF_ONE = frozenset({"bad-text", "too-large"})
"""The codes of problems that one of several records has; with any other, none of them can be kept."""

Waiting = tuple[Entry, Future[str]]
"""An entry, and the id of its record to come."""


class JointRecorder:
    """Appends to the ledger at this path. Safe to use from several threads: those who come during a turn of another
    share the next, for most of the time of a turn is spent waiting for the disk.
    """

    def __init__(self, ledger: str, clock: Callable[[], Moment] = system_clock) -> None:
        self.ledger, self.clock = ledger, clock
        self._waiting: deque[Waiting] = deque()
        self._turn = Lock()

    def keep(self, entry: Entry) -> str:
        """The id of the record, once it is on the disk; raises WhytuneError as `Ledger` does: then nothing is kept."""
        identity: Future[str] = Future()
        self._waiting.append((entry, identity))
        with self._turn:
            while not identity.done():  # another may have kept it in its turn
                self._keep([self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))])
        return identity.result()

    def _keep(self, waiting: Sequence[Waiting]) -> None:
        """Answers all of these."""
        try:
            identities = self._appended([entry for entry, _ in waiting])
        except BaseException as error:
            if len(waiting) > 1 and _concerns_one(error):
                for one in waiting:
                    self._keep([one])
            else:
                for _, identity in waiting:
                    identity.set_exception(error)
        else:
            for (_, identity), kept in zip(waiting, identities, strict=True):
                identity.set_result(kept)

    def _appended(self, entries: Sequence[Entry]) -> list[str]:
        with Ledger.to_append(self.ledger) as opened:
            return [end.id for end in opened.append_all(entries, self.clock)]


def _concerns_one(error: BaseException) -> bool:
    return isinstance(error, WhytuneError) and all(problem.code in OF_ONE for problem in error.problems)
