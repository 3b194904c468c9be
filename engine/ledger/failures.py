"""What SQLite or the system failed to do with a ledger -> a problem that names the cause."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from ..language.problems import Problem, Sentence, Span, WhytuneError, short
from .snapshot import beside

REFUSED = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")
"""How the names of those errors begin that mean that the system denies access."""

KEPT = ("", "-wal", "-shm", "-journal")
"""The suffixes of a ledger and of the files that SQLite keeps beside it."""


DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""The system's errors that SQLite reports as a full or failing disk."""


def failure(path: Path, error: Exception, is_reading: bool) -> WhytuneError:
    """The problem that explains this error of SQLite or the system."""
    name, reason = name_of(error), short(str(error).lower())
    if isinstance(error, OSError) and error.strerror:
        reason = error.strerror if isinstance(error.strerror, Sentence) else error.strerror.lower()
    span = Span(str(path))

    def problem(code: str, message: Sentence, advice: Sentence) -> WhytuneError:
        hint = advice if is_reading else Sentence("nothing was recorded; {advice}", advice=advice)
        return WhytuneError([Problem(code, message, span, hint)])

    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        advice = Sentence("try again, or find out which program holds it")
        return problem("ledger-busy", Sentence("another program is writing to the ledger and does not finish"), advice)
    if name.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
        advice = Sentence("make room on the disk, or have it looked at, and try again")
        return problem("disk-failure", Sentence("the disk fails: {reason}", reason=reason), advice)
    if name.startswith(REFUSED):
        return _unreadable(path, reason) if is_reading else _unwritable(path, reason)
    if name.startswith("SQLITE_NOTADB"):
        return not_a_ledger(path)
    advice = Sentence("take the ledger from a backup")
    return problem("ledger-damaged", Sentence("the file is damaged: {reason}", reason=reason), advice)


def name_of(error: Exception) -> str:
    """SQLite's name for the error, also for an error of the system."""
    if isinstance(error, OSError):
        return "SQLITE_FULL" if error.errno in DISK else "SQLITE_CANTOPEN"
    return getattr(error, "sqlite_errorname", "")


def not_a_ledger(path: Path) -> WhytuneError:
    """The error for a file that is not a ledger."""
    hint = Sentence("name a file that `whytune advise --record` has made, or one that is not there yet")
    return WhytuneError([Problem("not-a-ledger", Sentence("not a ledger of whytune"), Span(str(path)), hint)])


def emptied(path: Path) -> WhytuneError:
    """The error for an empty file: whytune never makes one, so a ledger may have been lost."""
    hint = Sentence("if a ledger was here, take it from a backup; if not, delete the file to begin a new one")
    message = Sentence("the file is empty, and so not a ledger")
    return WhytuneError([Problem("not-a-ledger", message, Span(str(path)), hint)])


def _unreadable(path: Path, reason: str) -> WhytuneError:
    """The error for a file that the system does not let the user read."""
    hint = Sentence("ask whoever keeps the ledger to let you read it")
    message = Sentence("cannot be read: {why}", why=reason)
    return WhytuneError([Problem("unreadable-file", message, Span(str(path)), hint)])


def _unwritable(path: Path, reason: str) -> WhytuneError:
    message = Sentence("cannot be written: {reason}", reason=reason)
    return WhytuneError([Problem("unwritable-file", message, Span(str(path)), _obstacle(path))])


def _obstacle(path: Path) -> Sentence:
    """What stands in a writer's way: a file that it may not write, the folder, or neither."""
    folder = beside(path, "").parent
    if not os.path.isdir(folder):
        return Sentence("there is no such folder: make it first")
    closed = [file for file in (beside(path, ending) for ending in KEPT) if os.path.exists(file) and _is_closed(file)]
    if closed and closed[0] != beside(path, ""):
        return Sentence(
            "`{file}` beside it belongs to {owner}, and you may not write to it: ask {owner} to let you",
            file=short(closed[0].name),
            owner=_owner(closed[0]),
        )
    if closed:
        return Sentence(
            "the ledger belongs to {owner}, and you may not write to it: ask {owner} to let you", owner=_owner(path)
        )
    if _is_closed(folder):
        return Sentence(
            "its folder belongs to {owner}, and you may not write to it: a journal lies there while somebody records",
            owner=_owner(folder),
        )
    return Sentence("a ledger, and the folder it lies in, must be writable to those who record")


def _is_closed(path: Path) -> bool:
    """Does the system keep this user from writing to the path?"""
    return not os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _owner(path: Path) -> str:
    """The name of the file's owner, or the number of one without a name."""
    try:
        return path.owner()
    except KeyError:
        return str(path.stat().st_uid)
