"""A database and the journals beside it -> a copy as of one moment, in a folder of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

ATTEMPTS = 5
PART = 2**20

JOURNALS = ("-wal", "-journal")
"""The suffixes of the files beside a database that may hold a part of it."""


class InUse(Exception):
    """Others kept writing to the files without a pause: SQLite would call it busy."""

    sqlite_errorname = "SQLITE_BUSY"


def beside(path: Path, ending: str) -> Path:
    """The file that SQLite keeps with that suffix, beside the file itself if the path is a link to it."""
    return Path(os.path.realpath(path) + ending)


def snapshot(path: Path, folder: Path) -> Path:
    """The copy, with its journals; raises OSError, and InUse if others do not leave the files alone for long enough.

    All are read twice. If both readings are equal, no byte changed between the end of the first and the beginning of
    the second, so the copy is what a crash at that moment would have left, and SQLite can open it.
    """
    files = [beside(path, ending) for ending in ("", *JOURNALS)]
    for _ in range(ATTEMPTS):
        copied = [_copied(file, folder / file.name) for file in files]
        if copied == [_digest(file) for file in files]:
            return folder / files[0].name
    raise InUse


def _copied(file: Path, copy: Path) -> bytes | None:
    """Copies the file and returns the hash of its bytes, None if there is no such file."""
    copy.unlink(missing_ok=True)
    try:
        with file.open("rb") as source, copy.open("xb") as target:
            shutil.copyfileobj(source, target, PART)
    except FileNotFoundError:
        return None
    return _digest(copy)


def _digest(file: Path) -> bytes | None:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()
    except FileNotFoundError:
        return None
