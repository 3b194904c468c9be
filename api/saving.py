"""Writing files below a folder: all of them, or none, and never over what is not known."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from whytune.engine import Problem, WhytuneError
from whytune.engine.language.problems import Sentence, listing, short


def save_below(root: Path, files: Mapping[str, str | bytes], before: Mapping[str, bytes | None] | None = None) -> None:
    """Writes all these files below a folder, by path, and makes the folders they need; or else writes nothing.

    What a file must hold `before` it is replaced (None: it must be new) is checked again at the last moment. Raises
    WhytuneError: file-exists, rulebook-changed, unwritable-file, also if a link would lead out of the folder.
    """
    made: list[Path] = []
    try:
        with ExitStack() as stack:
            written = []
            for name, content in files.items():
                with explained(name):
                    if not Path(name).parent.resolve().is_relative_to(root.resolve()):
                        raise unwritable(name, Sentence("a link leads out of the folder"))
                    if Path(name).is_dir():
                        raise IsADirectoryError(0, "is a directory")
                    _make(Path(name).parent, made)
                    data = content.encode() if isinstance(content, str) else content
                    written.append((stack.enter_context(beside(name, [data])), name))
            for _, name in written:
                with explained(name):
                    made += [Path(name)] if _claim(name, before or {}) else []
            for temporary, name in written:
                with explained(name):
                    os.replace(temporary, name)
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink()
        raise


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
def beside(file: str, parts: Iterable[bytes]) -> Iterator[str]:
    """A new file in the same folder with this content, to replace the other; removed if it does not."""
    mode = 0o666
    with suppress(FileNotFoundError):
        there = os.lstat(file)
        if stat.S_ISREG(there.st_mode):
            mode = stat.S_IMODE(there.st_mode)
            if not os.access(file, os.W_OK):
                raise PermissionError(0, "permission denied")
    temporary = os.path.join(os.path.dirname(file), f".whytune-{secrets.token_hex(8)}")
    write_new(temporary, parts, mode)
    try:
        if mode != 0o666:
            os.chmod(temporary, mode)
        yield temporary
    finally:
        with suppress(FileNotFoundError):  # it was put in its place
            os.unlink(temporary)


def write_new(file: str, parts: Iterable[bytes], mode: int) -> None:
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


@contextmanager
def explained(file: str) -> Iterator[None]:
    """Turns what the system refused into a problem with this file."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise unwritable(file, reason.lower() if reason else Sentence("not a path")) from None


def unwritable(file: str, reason: str, hint: Sentence | None = None) -> WhytuneError:
    """The error for a file that cannot be written, and why."""
    message = Sentence("`{file}` cannot be written: {reason}", file=short(file), reason=reason)
    return WhytuneError([Problem("unwritable-file", message, None, hint)])


def refuse_to_overwrite(*files: str) -> None:
    """Raises WhytuneError, unwritable-file, if one of these exists."""
    for file in files:
        with explained(file):
            if os.path.lexists(file):
                raise FileExistsError(0, "file exists")
