"""The kinds of files that rulebooks can be exchanged in, chosen by the ending of a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.problems import Sentence, short

from .crossing import Exported, Imported, Incoming, Outgoing


class FileKind(NamedTuple):
    """One kind: the ending of its files, "" for a folder, and how rulebooks are written and read in it.

    Both raise WhytuneError: `write` for a rulebook that the kind cannot hold, `read` with every mistake at its place.
    """

    ending: str
    write: Callable[[Outgoing], Exported]
    read: Callable[[Incoming], Imported]


FILE_KINDS: tuple[FileKind, ...] = ()


def kind_of(file: str) -> FileKind:
    """The kind of a file of this name; raises WhytuneError: unknown-format."""
    ending = PurePath(file).suffix.lower()
    for kind in FILE_KINDS:
        if kind.ending == ending:
            return kind
    message = Sentence("`{file}` is of no kind in which rulebooks are exchanged", file=short(file))
    hint = Sentence("possible are {endings}", endings=", ".join(kind.ending or "FOLDER/" for kind in FILE_KINDS))
    raise WhytuneError([Problem("unknown-format", message, Span(file), hint)])
