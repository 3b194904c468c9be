"""A rulebook for another program, or a file of one that is sent and read; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from whytune.engine.words.catalogue import LANGUAGES, translated
from whytune.imports import Import, import_bytes

from .answering import NO_YES
from .asking import AS_OF, FORMAT, LANGUAGE, LEVEL, RULEBOOK, Parameter, Query
from .bounded_headers import of_remarks
from .routes import MEDIA, Reply, level_of

MOST = 10 * 1024 * 1024
"""The most bytes of a file that is sent."""

ProgramFile = Literal["xlsx", "zip", "dmn", "py"]

KINDS: Mapping[ProgramFile, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "dmn": "application/xml",
    "py": "text/x-python; charset=utf-8",
}
"""The media types of what is made, by the suffix of its name."""

FORMS = ("disjoint", "rules")
TO = Parameter(
    "to",
    "A workbook (`xlsx`, by default), CSV files (`zip`), a decision model (`dmn`) or a module of Python (`py`).",
    values=tuple(KINDS),
)
AS = Parameter(
    "as",
    "The rows of a decision model: exactly one of which holds (`disjoint`, by default), or the `rules` as they are.",
    values=FORMS,
)
FILE = Parameter("file", "The name of the file; its ending says what it is.", required=True, example="loan.dmn")
INTO = Parameter("into", "The rulebook that the workbook edits; without it, a new one is made.", form="served")
PARTIAL = Parameter(
    "partial", "`yes`: what a rulebook can say is read; the rest becomes facts to be given.", values=NO_YES
)

OF_EXPORT = (RULEBOOK, AS_OF, LANGUAGE, TO, AS)
OF_IMPORT = (FILE, INTO, PARTIAL, AS_OF, LANGUAGE, FORMAT, LEVEL)
"""The parameters of the addresses."""


class MadeFile(NamedTuple):
    """A file for another program: its content, its name, and what it cannot say."""

    data: bytes
    kind: ProgramFile
    name: str
    remarks: tuple[str, ...]

    @property
    def headers(self) -> dict[str, str]:
        """What is told beside it; remarks are a JSON list in ASCII."""
        return {"Content-Disposition": f'attachment; filename="{self.name}"', **of_remarks(self.remarks)}


def made(query: Query) -> MadeFile:
    """The rulebook as a file; raises WhytuneError."""
    ending: ProgramFile = query.one_of(TO.name, tuple(KINDS))
    book = query.book()
    name = f"{book.content.name}.{ending}"
    export = book.exported(name, as_rules=query.one_of(AS.name, FORMS) == FORMS[1])
    remarks = tuple(translated(remark, book.language) for remark in export.remarks)
    return MadeFile(export.files[""], ending, name, remarks)


def sent(query: Query) -> Reply:
    """The rulebook that the file makes, or what it edits; raises WhytuneError."""
    format_ = query.one_of(FORMAT.name, tuple(MEDIA))
    text = read(query, query.needed(FILE.name), query.text(INTO.name)).written(format_, level_of(query))
    return Reply(text if text.endswith("\n") else f"{text}\n", MEDIA[format_])


def read(query: Query, name: str, into: str | None) -> Import:
    """What the body makes as a file with this name, or edits in the rulebook asked about; raises WhytuneError."""
    book = query.library.book(into, query.day(), query.text(LANGUAGE.name)) if into else None
    language = query.text(LANGUAGE.name) or (book.language if book else LANGUAGES[0])
    partial = query.one_of(PARTIAL.name, NO_YES) == "yes"
    return import_bytes(query.body, name, into=book, partial=partial, language=language)
