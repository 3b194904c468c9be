"""The kinds of files that rulebooks can be exchanged in, chosen by the suffix of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.folders import files_in
from whytune.engine.language.problems import Sentence
from whytune.engine.language.source import MAX_BYTES, opened, read_bytes

from . import dmn
from .crossing import Exported, Imported, Incoming, Outgoing
from .markup import MAX_XML
from .sheets import both_ways
from .sheets.inspection import MAX_FILE

Reader = Callable[[Incoming], Imported]
Writer = Callable[[Outgoing], Exported]


class FileKind(NamedTuple):
    """One kind: the suffix of its files, "" for a folder, and how rulebooks are read and written in it.

    Both raise WhytuneError: `read` with every mistake at its place, `write` for a rulebook that the kind cannot hold.
    No file of it has more than `most` bytes. Some kinds are only read.
    """

    ending: str
    most: int
    read: Reader
    write: Writer | None = None


FILE_KINDS: tuple[FileKind, ...] = (
    FileKind(".dmn", MAX_XML, dmn.read, dmn.write),
    FileKind(".xlsx", MAX_FILE, both_ways.read_xlsx, both_ways.write_xlsx),
    FileKind(".csv", MAX_BYTES, both_ways.read_table),
    FileKind(".zip", MAX_FILE, both_ways.read_zip, both_ways.write_zip),
    FileKind("", MAX_BYTES, both_ways.read_csv, both_ways.write_csv),
)


def imported(
    file: str | Path, *, language: str = "en", partial: bool = False, into: Mapping[str, bytes] | None = None
) -> Imported:
    """The rulebook in a file of another tool, as the files of a folder.

    `language` is that of its texts; `into` are the files of the rulebook that is to take it, if any. Raises
    WhytuneError: unknown-format, what is wrong with the file, and everything that a rulebook cannot say; `partial` asks
    for the rest, with what cannot be said as facts.
    """
    path, label = Path(file), str(file)
    kind = kind_of(label)
    files = {"": read_bytes(path, label, kind.most)} if kind.ending else _folder(path, label, kind.most)
    return kind.read(Incoming(files, label, language, partial, into or {}))


def imported_bytes(
    data: bytes, name: str, *, language: str = "en", partial: bool = False, into: Mapping[str, bytes] | None = None
) -> Imported:
    """The same for the content of one file, whose name says its kind."""
    kind = kind_of(name)
    if not kind.ending:
        raise _unknown(name, [kind.ending for kind in FILE_KINDS if kind.ending])
    return kind.read(Incoming({"": data}, name, language, partial, into or {}))


def exported(file: str | Path, outgoing: Outgoing) -> Exported:
    """The rulebook as the content of a file with this name; raises WhytuneError: unknown-format."""
    _, write = writer_of(str(file))
    return write(outgoing)


def kind_of(file: str) -> FileKind:
    """The kind of a file with this name, or of a folder if it ends with `/`; raises WhytuneError: unknown-format."""
    for kind in FILE_KINDS:
        if kind.ending == _ending(file):
            return kind
    raise _unknown(file, [kind.ending for kind in FILE_KINDS])


def writer_of(file: str, beside: Sequence[str] = ()) -> tuple[FileKind, Writer]:
    """The same for a file that is to be written, and its writer; `beside` are suffixes of files that others write.

    Raises WhytuneError: unknown-format.
    """
    for kind in FILE_KINDS:
        if kind.write and kind.ending == _ending(file):
            return kind, kind.write
    raise _unknown(file, [*(kind.ending for kind in FILE_KINDS if kind.write), *beside])


def _ending(file: str) -> str:
    return "" if file.endswith("/") else Path(file).suffix.lower()


def _folder(folder: Path, label: str, most: int) -> dict[str, bytes]:
    """The files directly in a folder, by name; raises WhytuneError: missing-file, unreadable-file."""
    if not folder.is_dir():
        opened(folder, Span(label)).close()
    return {path.name: read_bytes(path, name, most) for path, name in files_in(folder, label, (".csv",), deep=False)}


def _unknown(file: str, endings: Sequence[str]) -> WhytuneError:
    message = Sentence("rulebooks are not exchanged in files of this kind")
    hint = Sentence("possible are {endings}", endings=", ".join(ending or "FOLDER/" for ending in endings))
    return WhytuneError([Problem("unknown-format", message, Span(file), hint)])
