"""Writing files: all of a file or none of it, and never over what the command reads."""

from __future__ import annotations

import fcntl
import os
import secrets
import stat
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.problems import Sentence, listing, short

STDOUT = "-"
"""The name that stands for standard output, as everywhere on a command line."""

BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite writes beside a ledger."""


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
    with _explained(file):
        if _is_stream(file) and not private:
            with open(file, "wb") as stream:
                stream.writelines(parts)
        elif new or private:
            _write(file, parts, 0o600 if private else 0o666)
        else:
            with _beside(file, parts) as written:
                os.replace(written, file)


def save_below(root: Path, files: Mapping[str, str], before: Mapping[str, bytes | None] | None = None) -> None:
    """Writes all these texts below a folder, by path, and makes the folders they need; or else writes nothing.

    What a file must hold `before` it is replaced (None: it must be new) is checked again at the last moment. Raises
    WhytuneError: file-exists, rulebook-changed, unwritable-file, also if a link would lead out of the folder.
    """
    made: list[Path] = []
    try:
        with ExitStack() as stack:
            written = []
            for name, text in files.items():
                with _explained(name):
                    if not Path(name).parent.resolve().is_relative_to(root.resolve()):
                        raise _unwritable(name, Sentence("a link leads out of the folder"))
                    if Path(name).is_dir():
                        raise IsADirectoryError(0, "is a directory")
                    _make(Path(name).parent, made)
                    written.append((stack.enter_context(_beside(name, [text.encode()])), name))
            for temporary, name in written:
                with _explained(name):
                    made += [Path(name)] if _claim(name, before or {}) else []
                    os.replace(temporary, name)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


def refuse_to_overwrite(*files: str) -> None:
    """Raises WhytuneError, unwritable-file, if one of these exists."""
    for file in files:
        with _explained(file):
            if os.path.lexists(file):
                raise FileExistsError(0, "file exists")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Makes others that ask for the same folder wait, if the system has locks."""
    with _explained(str(folder)):
        descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def already_there(files: Iterable[str]) -> WhytuneError:
    """The error for files that must be new but exist."""
    hint = Sentence("nothing is overwritten: choose another name, or move it away")
    message = Sentence("already there: {files}", files=listing(files))
    return WhytuneError([Problem("file-exists", message, None, hint)])


def _claim(file: str, before: Mapping[str, bytes | None]) -> bool:
    """Claims a name that is free; returns False for a file that exists and holds what it held before.

    Raises WhytuneError: file-exists, rulebook-changed.
    """
    content = before.get(file)
    if content is not None:
        if Path(file).read_bytes() != content:
            message = Sentence("`{file}` was changed meanwhile", file=short(file))
            raise WhytuneError([Problem("rulebook-changed", message, None, Sentence("run the command again"))])
        return False
    try:
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        if file in before:
            raise already_there([file]) from None
        return False
    return True


def _make(folder: Path, made: list[Path]) -> None:
    """Makes the folder and those above it, and notes which were missing."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        with suppress(FileExistsError):  # another process was quicker
            path.mkdir()
            made.append(path)


@contextmanager
def _beside(file: str, parts: Iterable[bytes]) -> Iterator[str]:
    """A new file in the same folder with this content, to replace the other; removed if it does not."""
    mode = 0o666
    with suppress(FileNotFoundError):
        there = os.lstat(file)
        if stat.S_ISREG(there.st_mode):
            mode = stat.S_IMODE(there.st_mode)
            if not os.access(file, os.W_OK):
                raise PermissionError(0, "permission denied")
    temporary = os.path.join(os.path.dirname(file), f".whytune-{secrets.token_hex(8)}")
    _write(temporary, parts, mode)
    try:
        if mode != 0o666:
            os.chmod(temporary, mode)
        yield temporary
    finally:
        with suppress(FileNotFoundError):  # it was put in its place
            os.unlink(temporary)


def _write(file: str, parts: Iterable[bytes], mode: int) -> None:
    """Writes a new file, on disk when this returns, and removes it if it cannot be written whole."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with open(descriptor, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            os.unlink(file)
        raise


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
                raise _unwritable(file, Sentence("the command reads it"), Sentence("name another file"))
    for ending in BESIDE:
        if file.endswith(ending) and _is_ledger(file.removesuffix(ending)):
            raise _unwritable(file, Sentence("it is a ledger"), Sentence("name another file"))


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


@contextmanager
def _explained(file: str) -> Iterator[None]:
    """Turns what the system refused into a problem with this file."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise _unwritable(file, reason.lower() if reason else Sentence("not a path")) from None


def _unwritable(file: str, reason: str, hint: Sentence | None = None) -> WhytuneError:
    message = Sentence("`{file}` cannot be written: {reason}", file=short(file), reason=reason)
    return WhytuneError([Problem("unwritable-file", message, None, hint)])
