"""A ledger as JSON Lines, and such a file read back to be verified."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Protocol

from ..language import source
from ..language.problems import Problem, Sentence, Span, WhytuneError
from ..language.source import opened, unreadable
from .canonical import canonical
from .record import BEGINNING, Head
from .selection import Selection, Shelf, chosen, find
from .verification import Fault, damaged

FORMAT = 1
MAX_LINE = 2 * source.MAX_BYTES + 1024
"""The most bytes of a line: a rulebook's file is at most twice as long in JSON, and a record is shorter."""

MAX_COUNT = 10**15
"""The most records or files; no ledger comes near it."""

BEGINS = b'{"export":'
"""The first bytes of every export."""
_NUMBER = re.compile(rb'"seq":([0-9]{1,15}),"software":')
"""The number of a record in its canonical JSON; no text holds quotation marks without a backslash."""


class Exportable(Shelf, Protocol):
    """What can be exported: the file of a ledger."""

    def files(self) -> tuple[str, ...]: ...

    def file(self, digest: str) -> bytes | None: ...


def export(ledger: Exportable) -> Iterator[bytes]:
    """The lines: a head with the length and the last hash, then every stored file, then every record as it is stored.

    Raises WhytuneError: ledger-damaged, at the first file that is no text, or record that is not whole.
    """
    head = find(ledger, str(len(ledger))).hash if len(ledger) else BEGINNING
    files = ledger.files()
    yield canonical({"export": FORMAT, "files": len(files), "head": head, "records": len(ledger)}) + b"\n"
    for digest in files:
        yield canonical({"content": _text_of(ledger, digest), "file": digest}) + b"\n"
    for record in chosen(ledger, Selection()):
        yield record.body + b"\n"


def _text_of(ledger: Exportable, digest: str) -> str:
    """A stored file; raises WhytuneError: ledger-damaged, for bytes that are no text, which no rulebook has."""
    try:
        return (ledger.file(digest) or b"").decode()
    except UnicodeDecodeError:
        raise damaged(Fault("rulebook_changed", None, digest)) from None


def is_export(path: str | Path) -> bool:
    """Does this file begin as an export? Not if it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return stream.read(len(BEGINS)) == BEGINS
    except OSError:
        return False


class Export:
    """An export to be read, which its user must close, or use in a `with`."""

    def __init__(self, path: str | Path, content: bytes | None = None) -> None:
        """Reads all but the records, of the file or of its `content` where somebody sent it.

        Raises WhytuneError: missing-file, unreadable-file, bad-export, newer-ledger.
        """
        self.path = Path(path)
        self._places: dict[int, int] | None = None
        self._stream: IO[bytes] = (
            opened(self.path, Span(str(path)), given=False)  # it is read twice
            if content is None
            else BytesIO(content)
        )
        try:
            self.announced, files = self._head()
            self._files: dict[str, bytes] = {}
            for digest, text in (self._file() for _ in range(files)):
                if digest in self._files:
                    raise self._bad()
                self._files[digest] = text
            self._records_at = self._stream.tell()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Export:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def records(self) -> Iterator[tuple[int, bytes]]:
        """Each record with the number of its line among them, one at a time."""
        self._stream.seek(self._records_at)
        seq = 0
        while line := self._line():
            seq += 1
            yield seq, line.removesuffix(b"\n")

    def __len__(self) -> int:
        """How many records it announces or, if that is more, the highest number of one in it."""
        return max(self.announced.length, *self._numbered(), 0)

    def body(self, seq: int) -> bytes | None:
        """The record that bears this number, in its place or wherever it stands; else what stands in that place, if
        anything does.
        """
        place = self._numbered().get(seq)
        if place is None:
            return None
        self._stream.seek(place)
        return self._line().removesuffix(b"\n")

    def _numbered(self) -> dict[int, int]:
        """Where the record of each number begins. One in its place goes before one elsewhere that claims its number; a
        line that loses its claim so has the number of its place, unless another bears that.
        """
        if self._places is None:
            lines = list(self._claims())
            in_place = {seq: place for seq, number, place in lines if number == seq}
            elsewhere = {number: place for _, number, place in reversed(lines)}
            borne = {**elsewhere, **in_place}
            self._places = {**{seq: place for seq, number, place in lines if borne[number] != place}, **borne}
        return self._places

    def _claims(self) -> Iterator[tuple[int, int, int]]:
        """Of each line of a record its number among them, the number that the record bears, and where it begins."""
        self._stream.seek(place := self._records_at)
        seq = 0
        while line := self._line():
            seq += 1
            number = _NUMBER.search(line)
            yield seq, int(number[1]) if number else seq, place
            place = self._stream.tell()

    def file(self, digest: str) -> bytes | None:
        return self._files.get(digest)

    def files(self) -> tuple[str, ...]:
        return tuple(self._files)

    def is_guarded(self) -> bool:
        """True: an export has no triggers that could be missing."""
        return True

    def _line(self) -> bytes:
        try:
            return self._stream.readline(MAX_LINE)
        except OSError as error:
            raise unreadable(Span(str(self.path)), error) from None

    def _head(self) -> tuple[Head, int]:
        head = self._object({"export": int, "files": int, "head": str, "records": int})
        if head["export"] > FORMAT:
            message = Sentence(
                "an export of version {version}; this whytune knows {known}", version=head["export"], known=FORMAT
            )
            raise WhytuneError([Problem("newer-ledger", message, Span(str(self.path)), Sentence("update whytune"))])
        if head["export"] != FORMAT or not all(0 <= head[count] < MAX_COUNT for count in ("files", "records")):
            raise self._bad()
        return Head(head["records"], head["head"]), head["files"]

    def _file(self) -> tuple[str, bytes]:
        stored = self._object({"content": str, "file": str})
        return stored["file"], stored["content"].encode()

    def _object(self, members: dict[str, type]) -> dict[str, Any]:
        """The object of the next line; raises WhytuneError: bad-export unless it has these members, in canonical JSON.

        Only a line in canonical form means the same to every program that reads it.
        """
        line = self._line()
        try:
            data = json.loads(line)
            if {name: type(part) for name, part in data.items()} == members and canonical(data) + b"\n" == line:
                return dict(data)
        except (ValueError, AttributeError, RecursionError):  # not JSON, not an object, or numbers too large to use
            pass
        raise self._bad()

    def _bad(self) -> WhytuneError:
        hint = Sentence("name a file that `whytune audit export` has written")
        return WhytuneError([Problem("bad-export", Sentence("not an export of a ledger"), Span(str(self.path)), hint)])
