"""Standard input, output and error that every command can rely on, however the caller left them, and their width."""

from __future__ import annotations

import os
import shutil
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from select import select
from typing import TextIO

from typing_extensions import Buffer


class Outlet(FileIO):
    """Where a stream's bytes go; once they can no longer go there they go nowhere, so that the command still ends.

    `failure` says why, unless the reader simply has all it wanted, as `head` does; `is_lost` is true in both cases.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "w", closefd=False)
        self.failure: OSError | None = None
        self.is_lost = False

    def write(self, data: Buffer, /) -> int:
        try:
            return self._written(data)
        except (BrokenPipeError, ConnectionResetError):
            self._lose()
        except OSError as error:
            self.failure = error
            self._lose()
        return memoryview(data).nbytes

    def _written(self, data: Buffer) -> int:
        """The number of bytes written, waiting if the caller's stream does not wait by itself."""
        count: int | None
        while (count := super().write(data)) is None:
            select([], [self], [])
        return count

    def _lose(self) -> None:
        self.is_lost = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


def mend() -> None:
    """Makes every letter readable and printable, and output complete; a closed stream reads and writes nothing."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  open as long as we run
        elif name != "stdin" and isinstance(stream, TextIOWrapper):
            setattr(sys, name, _outlasting(stream))
    if isinstance(sys.stdin, TextIOWrapper):
        is_ascii = sys.stdin.encoding.lower() in ("ascii", "us-ascii", "ansi_x3.4-1968")  # of which UTF-8 is more
        sys.stdin.reconfigure(encoding="utf-8" if is_ascii else None, errors="backslashreplace")


def failure(stream: TextIO) -> OSError | None:
    """Why something written to this stream is lost, if it is; nothing is lost on a reader that wants no more."""
    stream.flush()
    outlet = _outlet(stream)
    return outlet.failure if outlet else None


def is_lost(stream: TextIO) -> bool:
    """Has the reader of this stream closed it?"""
    outlet = _outlet(stream)
    return outlet is not None and outlet.is_lost


def _outlasting(stream: TextIOWrapper) -> TextIO:
    """The stream over an outlet of its own."""
    writer = BufferedWriter(Outlet(stream.fileno()))
    by_line = stream.line_buffering or stream.isatty()  # Python leaves that out where it was told not to buffer
    return TextIOWrapper(writer, stream.encoding, "backslashreplace", line_buffering=by_line)


def _outlet(stream: TextIO) -> Outlet | None:
    raw = getattr(getattr(stream, "buffer", None), "raw", None)
    return raw if isinstance(raw, Outlet) else None


def takes_escapes() -> bool:
    """May a terminal be sent more than text: does it support that, and does the reader not object?"""
    return os.environ.get("TERM", "") not in ("", "dumb") and not os.environ.get("NO_COLOR")


def width() -> int:
    """How many columns to write in: the terminal's, but no more than are comfortable to read."""
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))


def height() -> int | None:
    """How many lines the terminal shows that output goes to; None if it goes elsewhere."""
    return shutil.get_terminal_size((100, 24)).lines if sys.stdout.isatty() else None
