"""A table of tasks as the body of a request -> the same table with its answers, by way of hidden files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from errno import EDQUOT, ENOSPC
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, NamedTuple

from whytune import Problem, Rulebook, WhytuneError
from whytune.engine.bulk.answered_table import AnsweredTable
from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.bulk.row_formats import table
from whytune.engine.language.problems import Sentence
from whytune.engine.language.vocabulary import YES_NO
from whytune.prose import row_columns

from .apart import too_slow
from .asking import AS_OF, LANGUAGE, OF_COLUMNS, RULEBOOK, Parameter, Query
from .bounded_headers import MOST as MOST_TOLD
from .bounded_headers import of_columns, of_remarks

MOST = 64 * 1024 * 1024
"""The most bytes of a table."""
IN_MEMORY = 1024 * 1024
"""The most bytes of a table that stay in memory; a larger one is kept on disk."""
CHUNK = 64 * 1024

MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}

WANTS = (
    RULEBOOK,
    AS_OF,
    LANGUAGE,
    Parameter(
        "format", "The format of the table and of the answer: `csv` (by default) or `jsonl`.", values=tuple(MEDIA)
    ),
    *OF_COLUMNS,
)
"""The parameters of the address of a table."""


class SentTable(NamedTuple):
    """A table with its answers, its media type, how many of its rows are answered or refused, the fact that each column
    gave (None: the column was kept as it is), and what is to be said of columns.
    """

    file: IO[bytes]
    media: str
    rows: int
    refused: int
    columns: Mapping[str, str | None]
    remarks: tuple[str, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What is told beside it, as JSON in ASCII."""
        counts = {"Whytune-Rows": str(self.rows), "Whytune-Refused": str(self.refused)}
        half = MOST_TOLD // 2
        return counts | of_columns(self.columns, half) | of_remarks(self.remarks, half)


def chunks(file: IO[bytes]) -> Iterator[bytes]:
    """The content of a hidden file, part by part; the file is removed after the last part."""
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


def spooled() -> IO[bytes]:
    """A file for a table, which is removed when it is closed."""
    return SpooledTemporaryFile(IN_MEMORY)


def answered(asked: Query, body: IO[bytes], seconds: float) -> SentTable:
    """All rows with their answers: half a table is never sent. Raises WhytuneError."""
    ends = monotonic() + seconds

    def watch(rows: int) -> None:
        if monotonic() > ends:
            raise too_slow(seconds)

    form = asked.one_of("format", tuple(MEDIA))
    book = asked.book()
    assume = asked.one_of("assume", YES_NO) == "yes"
    answering = Bulk(book.advisor, asked.columns("map"), assume=assume, prefix=asked.text("prefix") or "")
    answers = AnsweredTable(answering, table(body, "body", form), book.language, watch)
    file = spooled()
    try:
        for part in answers.parts():
            file.write(part)
        file.seek(0)
    except BaseException as error:
        file.close()
        raise no_room(error) if isinstance(error, OSError) else error from None
    columns = {**answering.taken, **dict.fromkeys(answering.passed_on)}
    return SentTable(
        file, MEDIA[form], answers.rows - answers.refused, answers.refused, columns, tuple(_remarks(answering, book))
    )


def _remarks(answering: Bulk, book: Rulebook) -> Iterator[str]:
    """Each column that may be a misspelt fact, and each that was to give one and is not there."""
    yield from row_columns.misspelt(answering.idle(answering.passed_on), book.speaker)
    for column in answering.absent:
        yield from row_columns.absent([column], book.speaker)


def full(error: OSError, message: Sentence, hint: Sentence) -> Exception:
    """The problem of a full disk, in these words; any other error is returned as it is."""
    return WhytuneError([Problem("disk-failure", message, None, hint)]) if error.errno in (ENOSPC, EDQUOT) else error


def no_room(error: OSError) -> Exception:
    """The problem of a table for which the disk has no room."""
    return full(error, Sentence("there is no room for the table"), Sentence("make room, or send a smaller table"))
