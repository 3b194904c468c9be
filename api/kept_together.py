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


class _Waiting:
    """An entry that waits: `leads` says whether it is its turn to keep all that wait, or false once it is kept."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.leads: Future[bool] = Future()
        self.identity: Future[str] = Future()


class JointRecorder:
    """Appends to the ledger at this path. Safe to use from several threads: those who come during a turn of another
    share the next, for most of the time of a turn is spent waiting for the disk. Whoever's record is kept goes on at
    once: the next turn is taken by one of those who still wait.
    """

    def __init__(self, ledger: str, clock: Callable[[], Moment] = system_clock) -> None:
        self.ledger, self.clock = ledger, clock
        self._waiting: deque[_Waiting] = deque()
        self._line = Lock()  # held while the line changes, never while something is kept
        self._is_at_work = False

    def keep(self, entry: Entry) -> str:
        """The id of the record, once it is on the disk; raises WhytuneError as `Ledger` does: then nothing is kept."""
        own = _Waiting(entry)
        with self._line:
            self._waiting.append(own)
            if not self._is_at_work:
                self._is_at_work = True
                own.leads.set_result(True)
        try:
            is_to_lead = own.leads.result()
        except BaseException:  # whoever waited is interrupted
            self._leave(own)
            raise
        if is_to_lead:
            self._take_turn()
        return own.identity.result()

    def _leave(self, own: _Waiting) -> None:
        """Takes an entry out of the line, if it still waits, and hands over a turn that was its own."""
        with self._line:
            if own in self._waiting:
                self._waiting.remove(own)
                if own.leads.done():
                    self._hand_over()

    def _take_turn(self) -> None:
        """Keeps those who wait, and hands over to the first of those who came meanwhile."""
        with self._line:
            waiting = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        try:
            self._keep(waiting)
        finally:
            with self._line:
                self._hand_over()
            for one in waiting[1:]:
                one.leads.set_result(False)

    def _hand_over(self) -> None:
        """The next turn is taken by the first of those who wait."""
        if self._waiting:
            self._waiting[0].leads.set_result(True)
        else:
            self._is_at_work = False

    def _keep(self, waiting: Sequence[_Waiting]) -> None:
        """Answers all of these."""
        try:
            identities = self._appended([one.entry for one in waiting])
        except BaseException as error:
            if len(waiting) > 1 and _concerns_one(error):
                for one in waiting:
                    self._keep([one])
            else:
                for one in waiting:
                    one.identity.set_exception(error)
        else:
            for one, identity in zip(waiting, identities, strict=True):
                one.identity.set_result(identity)

    def _appended(self, entries: Sequence[Entry]) -> list[str]:
        with Ledger.to_append(self.ledger) as opened:
            return [end.id for end in opened.append_all(entries, self.clock)]


def _concerns_one(error: BaseException) -> bool:
    return isinstance(error, WhytuneError) and all(problem.code in OF_ONE for problem in error.problems)
