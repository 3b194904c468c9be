"""How far long work is, on a terminal: what is done, at which rate, and how long the rest will take."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from whytune.engine.advice.forks import Turns

from . import streams

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 0.5
"""Seconds of work before anything is shown, so that nothing flashes by."""


class Report(Protocol):
    """Hears how far the work is."""

    def __call__(self, step: str, done: int | None = None, of: int | None = None, count: int | None = None) -> None:
        """`step` says what is under way; `done` of how many show how much is left; `count` gives a rate."""


@contextmanager
def following() -> Iterator[Report]:
    """What to report progress to: a line of the terminal, gone with the work; nothing where there is no terminal."""
    if not (sys.stderr.isatty() and streams.takes_escapes()):
        yield nothing
        return
    line = _Line()
    try:
        yield line
    finally:
        line.end()


def nothing(step: str, done: int | None = None, of: int | None = None, count: int | None = None) -> None:
    """Shows nothing."""


class _Line:
    """One line at the bottom of the terminal, once the work takes a while."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._shown: dict[str, Any] = {"description": "", "completed": 0, "total": None, "rate": ""}
        self._begun = monotonic()
        self._turns, self._has_ended = Turns(), False
        self._waits = Timer(PATIENCE, self._begin)
        self._waits.daemon = True
        self._waits.start()

    def __call__(self, step: str, done: int | None = None, of: int | None = None, count: int | None = None) -> None:
        passed = monotonic() - self._begun
        rate = f"{count / passed:,.0f}/s" if count and passed else ""
        with self._turns:
            self._shown = {"description": step, "completed": done or 0, "total": of, "rate": rate}
            if self._bar:
                self._bar.update(self._bar.task_ids[0], **self._shown)

    def end(self) -> None:
        """Takes the line away."""
        self._waits.cancel()
        with self._turns:
            self._has_ended = True
            if self._bar:
                self._bar.stop()

    def _begin(self) -> None:
        with self._turns:
            if not self._has_ended:
                self._bar = _bar()
                self._bar.add_task(**self._shown)
                self._bar.start()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    return Progress(
        *columns, console=Console(file=sys.stderr), transient=True, redirect_stdout=False, redirect_stderr=False
    )
