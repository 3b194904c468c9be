"""A folder -> the files in it that are to be read; what cannot be listed is refused by name, never skipped."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from .problems import Problem, Sentence, Span, WhytuneError
from .source import unreadable

FolderIdentity = tuple[int, int]
"""Device and inode of a folder: the same however it is reached."""


def files_in(folder: Path, label: str, endings: Collection[str], *, deep: bool) -> list[tuple[Path, str]]:
    """The files with one of these endings, each with its name in messages, ordered by name.

    Endings count in capitals, too; names that begin with a dot do not. With `deep`, every folder is entered once,
    through links as well. Raises WhytuneError: unreadable-file, for each folder that cannot be listed and, with `deep`,
    for each link that leads nowhere.
    """
    walk = _Walk(tuple(endings), deep)
    files = list((walk.below if deep else walk.listed)(folder, label.rstrip("/")))
    if walk.problems:
        raise WhytuneError(walk.problems)
    return files


def is_there(path: Path, label: str) -> bool:
    """Does something have this name, even if only a dangling link? Raises WhytuneError: unreadable-file."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise unreadable(Span(label), error) from None
    return True


def file_at(place: str, files: Iterable[str]) -> str | None:
    """Which of these files a place means, which may name their folder, too: the one with the longest path."""
    return max((file for file in files if f"/{place}".endswith(f"/{file}")), key=len, default=None)


def has_ending(name: str, endings: Collection[str]) -> bool:
    """Is this the name of a file to be read: one that has such an ending, in capitals or not, and is not hidden?"""
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in endings


class _Walk:
    """One walk through a folder, the folders entered so far, and the problems met."""

    def __init__(self, endings: Collection[str], deep: bool) -> None:
        self.endings, self.deep = endings, deep
        self.entered: set[FolderIdentity] = set()
        self.problems: list[Problem] = []

    def below(self, path: Path, called: str) -> Iterator[tuple[Path, str]]:
        """This file, if it is to be read, or all such files below this folder, unless it was entered before."""
        identity = self._folder(path, called)
        if identity is None:
            if has_ending(path.name, self.endings):
                yield path, called
        elif identity not in self.entered:
            self.entered.add(identity)
            yield from self.listed(path, called)

    def listed(self, folder: Path, label: str) -> Iterator[tuple[Path, str]]:
        """What is to be read among the entries of this folder."""
        try:
            with os.scandir(folder) as entries:
                names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
        except (OSError, ValueError) as error:
            self.problems.extend(unreadable(Span(label), error).problems)
            return
        for name in names:
            if self.deep:
                yield from self.below(folder / name, f"{label}/{name}")
            elif has_ending(name, self.endings):
                yield folder / name, f"{label}/{name}"

    def _folder(self, path: Path, called: str) -> FolderIdentity | None:
        """The folder that this is or leads to; None if it is not one."""
        try:
            about = path.stat()
        except FileNotFoundError:
            message, hint = Sentence("a link that leads nowhere"), Sentence("mend it or delete it")
            self.problems.append(Problem("unreadable-file", message, Span(called), hint))
        except OSError as error:
            self.problems.extend(unreadable(Span(called), error).problems)
        else:
            return (about.st_dev, about.st_ino) if stat.S_ISDIR(about.st_mode) else None
        return None
