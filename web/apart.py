"""Long work in processes of its own, a few at once, each ended when its time is up, so that nobody else waits."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import BoundedSemaphore, Thread, Timer
from time import monotonic
from typing import Any, TypeVar

from whytune import WhytuneError
from whytune.engine.language.problems import Sentence

from .refusal import Refused

Made = TypeVar("Made")


def too_slow(seconds: float) -> Refused:
    """The refusal of a question whose answer takes longer than the service waits."""
    hint = Sentence("ask it of a smaller rulebook, or in the terminal, which has no limit")
    message = Sentence("no answer within {seconds:g} seconds", seconds=seconds)
    return Refused(503, "too-slow", message, hint)


def too_busy() -> Refused:
    """The refusal of a question that there is no room for."""
    return Refused(503, "too-busy", Sentence("too many requests at once"), Sentence("ask again in a moment"))


class Workshop:
    """Runs functions in processes, at most `seats` at once, each for at most so many seconds."""

    def __init__(self, seats: int, seconds: float) -> None:
        self.seconds = seconds
        self._seats = BoundedSemaphore(seats)
        self._context = get_context("forkserver")  # whose processes come from one that has no other threads

    def run(self, function: Callable[..., Made], *arguments: Any) -> Made:
        """What the function returns; raises the WhytuneError that it raises, too-slow or too-busy."""
        ends = monotonic() + self.seconds
        if not self._seats.acquire(timeout=self.seconds):
            raise too_busy()
        try:
            return self._run(function, arguments, ends)
        finally:
            self._seats.release()

    def _run(self, function: Callable[..., Made], arguments: tuple[Any, ...], ends: float) -> Made:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        end = Timer(max(0, ends - monotonic()), process.kill)
        end.start()
        try:  # not at the start, which would wait for ever for a process that fails
            outcomes = _outcomes(ours, (function, arguments))
        finally:
            end.cancel()
            process.kill()
            process.join()
            ours.close()
        if not outcomes:
            raise too_slow(self.seconds) if monotonic() >= ends else RuntimeError("a process ended without an answer")
        (outcome,) = outcomes
        if isinstance(outcome, WhytuneError):
            raise outcome
        result: Made = outcome
        return result


def _outcomes(ours: Connection, task: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a process makes of its task; nothing if it ends before that.

    The error for the broken pipe ends here: as the cause of another, it would keep the buffer of the pipe in its
    frames, and Python up to 3.12.1 crashes when it collects such a buffer from a cycle (gh-111049).
    """
    try:
        ours.send(task)
        return (ours.recv(),)
    except (EOFError, OSError):
        return ()


def _work(theirs: Connection) -> None:
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    function, arguments = theirs.recv()
    try:
        outcome = function(*arguments)
    except WhytuneError as error:
        outcome = error
    theirs.send(outcome)


def _end_with(parent: Any) -> None:
    """Ends this process once its parent has ended, which alone knows when its time is up."""
    parent.join()
    os._exit(1)
