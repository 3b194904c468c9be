"""Writing files: all of a file or none of it, and never over what the command reads."""

from __future__ import annotations

import fcntl
import os
import stat
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from whytune.engine.language.problems import Sentence, visible
from whytune.engine.words.catalogue import phrase
from whytune.saving import beside, explained, unwritable, write_new

from .. import Voice

STDOUT = "-"
"""The name that stands for standard output, as everywhere on a command line."""

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside a ledger."""


def say_where(file: str) -> None:
    """Says at a terminal which file was written, in the language of the command; elsewhere, nothing."""
    if file != STDOUT and sys.stderr.isatty():
        language = click.get_current_context().ensure_object(Voice).language
        click.echo(phrase("written_to", language, file=visible(file)), err=True)


def save(
    file: str,
    content: bytes | Iterable[bytes],
    reads: Collection[str | None] = (),
    new: bool = False,
    private: bool = False,
) -> None:
    """Writes a file, or to standard output if it is STDOUT; if that fails, the old content is still there.

    Raises WhytuneError: unwritable-file.
    Refuses to overwrite a ledger or a file that the command `reads`; if `new`, any file. A `private` file is new, and
    only its owner may read it. A link is replaced, not followed.
    """
    parts = [content] if isinstance(content, bytes) else content
    if file == STDOUT:
        sys.stdout.flush()  # what was said before comes first
        sys.stdout.buffer.writelines(parts)
        return
    _refuse_to_destroy(file, reads)
    with explained(file):
        if _is_stream(file) and not private:
            with open(file, "wb") as stream:
                stream.writelines(parts)
        elif new or private:
            write_new(file, parts, 0o600 if private else 0o666)
        else:
            with beside(file, parts) as written:
                os.replace(written, file)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Makes others that ask for the same folder wait, if the system has locks."""
    with explained(str(folder)):
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_stream(file: str) -> bool:
    """Is this not a file to be replaced but a stream: a device, a pipe, standard output?"""
    folder = os.path.realpath(os.path.dirname(os.path.abspath(file)))
    with suppress(FileNotFoundError):
        mode = os.stat(file).st_mode
        return folder == "/dev" or folder.startswith("/proc/") or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return False


def _refuse_to_destroy(file: str, reads: Collection[str | None]) -> None:
    for read in filter(None, reads):
        for ending in BESIDE:
            if _is_same(file, read + ending):
                raise unwritable(file, Sentence("the command reads it"), Sentence("name another file"))
    for ending in BESIDE:
        if file.endswith(ending) and _is_ledger(file.removesuffix(ending)):
            raise unwritable(file, Sentence("it is a ledger"), Sentence("name another file"))


def _is_same(one: str, other: str) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):  # one of them is not there
        return False


def _is_ledger(file: str) -> bool:
    """Does it begin like a ledger of whytune? (SQLite's format has the application id at byte 68.)"""
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):
            return False
        with open(file, "rb") as stream:
            begin = stream.read(72)
    except (OSError, ValueError):
        return False
    return begin.startswith(b"SQLite format 3\0") and begin[68:] == b"whyt"
