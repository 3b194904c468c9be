"""A rulebook with some of its files edited, by hand or by a patch: what is wrong with the edit, or what it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.authoring.schema import SCHEMA_FILES, Renewed, renewed_schemas
from whytune.engine.language.folders import file_at
from whytune.engine.language.loading import files_of, folder_of, loads
from whytune.engine.language.problems import Sentence, did_you_mean, listing, short
from whytune.engine.language.source import decoded_text, read_bytes
from whytune.engine.ledger.impact import Impact
from whytune.engine.review.casebook import cases_folder
from whytune.engine.review.casebook.reading import case_files, cases_in
from whytune.engine.review.examination import Finding
from whytune.engine.words.speaker import language_or_first
from whytune.prose import edit_review as prose
from whytune.prose.document import Document
from whytune.prose.findings import Examined
from whytune.prose.levels import Level

from .book_and_cases import BookAndCases
from .called_for import CalledFor, called_for
from .edits import Edited, difference_to
from .kept import AsProven
from .patches import patch_of, read_patch
from .rulebook import Rulebook
from .shown import Telling
from .verdicts import Tested


def file_names(book: Rulebook) -> tuple[str, ...]:
    """The names of a rulebook's files, and then of the files of its cases; raises WhytuneError."""
    return (*sorted(files_of(book.place)), *_case_files(book))


def is_of_cases(name: str) -> bool:
    """Is this the name of a file of cases, by the folder that it is in?"""
    return "/" in name


@dataclass(frozen=True)
class FileEdit:
    """A rulebook and its cases as their files are kept, with a proposed text for the file that is open, and for others
    that were edited with it.
    """

    book: Rulebook
    files: Mapping[str, bytes]
    name: str
    text: str
    others: Mapping[str, str] = field(default_factory=dict)

    def text_of(self, name: str) -> str:
        """The proposed text of this file, or else the one that is kept; raises WhytuneError: not-utf8."""
        return self._texts[name] if name in self._texts else decoded_text(self.files[name], name)

    @property
    def folder(self) -> str:
        """The name of the folder in which the files stand, and to which the patch applies."""
        return Path(self.book.place).resolve().name

    @property
    def called(self) -> str:
        """What the edit is called where it is taken away: the rulebook with its version, the new one if it loads."""
        content = self.book.content
        with suppress(WhytuneError):
            content = self._loaded(self._current).content
        return re.sub(r"[^A-Za-z0-9_.+-]+", "-", f"{content.name}-{content.version}")

    @property
    def content(self) -> bytes:
        """The proposed content of the open file, with the line endings of the one that is kept."""
        return _encoded(self.text, self.files[self.name])

    @property
    def changed(self) -> Mapping[str, bytes]:
        """The proposed content of each file whose text differs from what is kept."""
        return {
            name: _encoded(text, self.files[name])
            for name, text in sorted(self._texts.items())
            if _with_plain_ends(text) != _with_plain_ends(decoded_text(self.files[name], name))
        }

    def written(self, text: str, others: Mapping[str, str] | None = None) -> FileEdit:
        """The same edit with this text for the open file, and these for others; raises WhytuneError: missing-file."""
        for name in others or ():
            _check_name(name, self.files)
        return replace(self, text=text, others={**self.others, **(others or {})})

    def opened(self, name: str) -> FileEdit:
        """The same edit with another file open; raises WhytuneError: missing-file, not-utf8."""
        _check_name(name, self.files)
        others = {other: self._texts[other] for other in self.changed if other != name}
        return replace(self, name=name, text=self.text_of(name), others=others)

    def patch(self) -> str:
        """The edit as a patch, for `patch -p1` or `git apply` in the folder of the rulebook; schemas go along."""
        before, after = self._with_schemas()
        return "".join(patch_of(name, before[name], content) for name, content in sorted(after.items()))

    @cached_property
    def schemas(self) -> Mapping[str, Renewed]:
        """The schemas beside the rulebook that the edit makes out of date; none while it does not load."""
        folder = folder_of(self.book.place)
        with suppress(WhytuneError):
            before, after = self._loaded(self.files).content, self._loaded(self._current).content
            return renewed_schemas(folder, before, after) if folder else {}
        return {}

    def _with_schemas(self) -> tuple[Mapping[str, bytes], Mapping[str, bytes]]:
        """All files as they are kept, and those that the edit changes as it leaves them, each with the schemas."""
        before = {name: schema.kept for name, schema in self.schemas.items()}
        after = {name: schema.new for name, schema in self.schemas.items()}
        return {**self.files, **before}, {**self.changed, **after}

    def review(self) -> Review:
        """What the edit does; raises WhytuneError with every mistake in the edited files, or in what is kept."""
        kept, after = _with_cases(self._loaded(self.files), self.files), _with_cases(self.edited(), self._current)
        return reviewed(tuple(self.changed) or (self.name,), self.patch(), kept, after, takes_schemas=True)

    def called_for(self, review: Review) -> CalledFor:
        """What the edit calls for in other places, by what it does; raises WhytuneError."""
        before, after = self._with_schemas()
        return called_for(before, after, self.edited(), review.edit.difference.version, review.tested)

    def with_called_for(self) -> FileEdit:
        """The edit with all that it calls for in other places; raises WhytuneError as `review` does."""
        texts = {name: content.decode() for name, content in self.called_for(self.review()).changed.items()}
        others = {name: text for name, text in texts.items() if name != self.name}
        return self.written(texts.get(self.name, self.text), others)

    def edited(self) -> Rulebook:
        """The rulebook as edited; raises WhytuneError with every mistake in it or, else, in edited cases."""
        book = self._loaded(self._current)
        cases_in({name: content for name, content in self.changed.items() if is_of_cases(name)}, book.content)
        return book

    @property
    def _texts(self) -> Mapping[str, str]:
        return {**self.others, self.name: self.text}

    @property
    def _current(self) -> Mapping[str, bytes]:
        return {**self.files, **self.changed}

    def _loaded(self, files: Mapping[str, bytes]) -> Rulebook:
        content = loads({name: data for name, data in files.items() if not is_of_cases(name)})
        spoken = language_or_first(content.languages, self.book.language)
        return Rulebook(content, self.book.place, self.book.day, spoken)


def file_edit(book: Rulebook, name: str) -> FileEdit:
    """The file of this name as it is kept, ready to be edited; raises WhytuneError: missing-file."""
    files = _kept_files(book)
    _check_name(name, files)
    return FileEdit(book, files, name, decoded_text(files[name], name))


def patched(book: Rulebook, patch: str) -> FileEdit:
    """The edit that a patch holds, of which the first file is open; schemas follow by themselves.

    Raises WhytuneError: wrong-type, missing-file, rulebook-changed.
    """
    files = _kept_files(book)
    texts: dict[str, str] = {}
    for part in read_patch(patch):
        name = file_at(part.name, files) or part.name
        if name not in files and part.name.endswith(SCHEMA_FILES):
            continue
        _check_name(name, files)
        texts[name] = part.applied(texts[name] if name in texts else _with_plain_ends(decoded_text(files[name], name)))
    first = min(texts or files, key=lambda name: (is_of_cases(name), name))
    return file_edit(book, first).written(texts.pop(first, decoded_text(files[first], first)), texts)


def _kept_files(book: Rulebook) -> Mapping[str, bytes]:
    """The files of a rulebook and of its cases as they are kept, by name; raises WhytuneError."""
    return {**files_of(book.place), **{name: read_bytes(path, name) for name, path in _case_files(book).items()}}


def _case_files(book: Rulebook) -> Mapping[str, Path]:
    """The files of the cases beside a rulebook by name; none if their folder cannot be read, as its cases tell."""
    folder, _ = cases_folder(book.place)
    with suppress(WhytuneError):
        return {path.relative_to(folder.parent).as_posix(): path for path, _ in case_files(book.place)}
    return {}


def _check_name(name: str, files: Mapping[str, bytes]) -> None:
    if name not in files:
        message = Sentence("the rulebook has no file `{name}`", name=short(name))
        hint = did_you_mean(name, files) or Sentence("it may be {names}", names=listing(sorted(files)))
        raise WhytuneError([Problem("missing-file", message, Span(short(name)), hint)])


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n")


def _encoded(text: str, kept: bytes) -> bytes:
    """The text with the line endings of what is kept."""
    plain = _with_plain_ends(text)
    return (plain.replace("\n", "\r\n") if b"\r\n" in kept else plain).encode()


def _with_cases(book: Rulebook, files: Mapping[str, bytes]) -> BookAndCases:
    return BookAndCases(book, {name: data for name, data in files.items() if is_of_cases(name)})


def reviewed(
    names: tuple[str, ...], patch: str, before: BookAndCases, after: BookAndCases, *, takes_schemas: bool = False
) -> Review:
    """What the edit that the files of these names make does, whose patch may take the schemas along.

    Raises WhytuneError with every mistake in what is kept.
    """
    misfits = after.misfits()
    kept = () if before.misfits() else before.check().findings
    findings, tested = ((), None) if misfits else (after.check().findings, after.test())
    own = () if misfits else [case.written for case in after.cases()]  # what does not fit is told by itself
    old, new = before.book, after.book
    earlier = () if before.misfits() else [case.written for case in before.cases()]
    edit = difference_to(
        *(old.content, new.content, new.place, new.day, new.language),
        own=own,
        old_cases=earlier,
        takes_schemas=takes_schemas,
    ).pictured()
    return Review(names, patch, new.place, new.day, kept, findings, misfits, tested, edit)


@dataclass(frozen=True, eq=False, repr=False)
class Review(Telling):
    """What an edit does to the findings of `check`, to the cases, and to the advice over all tasks.

    `names` are those of the files by which it is made, `rulebook` is the place of what is edited.
    Where cases do not fit the edited rulebook, `misfits` says why, and neither cases nor checks are run.
    `records` are those of a ledger, and what the edited rulebook would have advised otherwise in them.
    """

    names: tuple[str, ...]
    patch: str
    rulebook: str
    day: date | None
    before: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    misfits: tuple[Problem, ...]
    tested: Tested | None
    edit: Edited
    records: AsProven[Impact] | None = None

    def __repr__(self) -> str:
        return f"<Review of {', '.join(self.names)}: {self.edit!r}>"

    @property
    def new(self) -> tuple[Finding, ...]:
        """The findings that only the edited rulebook has."""
        return tuple(_beyond(self.findings, self.before))

    @property
    def gone(self) -> tuple[Finding, ...]:
        """The findings that the edited rulebook no longer has."""
        return () if self.misfits else tuple(_beyond(self.before, self.findings))

    @property
    def failed(self) -> int:
        """How many cases fail since the edit."""
        return sum(bool(result.failures) for result in self.tested.results) if self.tested else 0

    def in_language(self, language: str) -> Review:
        """The same, told in this language as far as the rulebook has it."""
        return replace(self, edit=self.edit.in_language(language).pictured())

    def with_records(self, records: AsProven[Impact]) -> Review:
        """The same with what the edited rulebook would have advised otherwise in these records."""
        return replace(self, records=records)

    @property
    def request(self) -> str:
        """The text of a pull request: new findings, failing cases and what changes, in Markdown."""
        return self.written("markdown", "short")

    def document(self, level: Level = "short") -> Document:
        """New findings, failing cases, then the tasks whose advice changes."""
        both = self.edit.report.both
        return prose.review(
            prose.Reviewed(
                self.names,
                Examined(self.new, both.new, self.rulebook, self.day),
                Examined(self.gone, both.old, self.rulebook, self.day),
                self.misfits,
                self.tested.results if self.tested else (),
                self.edit.below(self.new).document(level),
                self.records.document(level) if self.records else None,
            )
        )

    def to_dict(self) -> dict[str, Any]:
        """The review as data, with the patch and the text of a pull request."""
        return {
            "files": list(self.names),
            "findings": {name: [one.to_dict() for one in getattr(self, name)] for name in ("new", "gone")},
            "misfits": [str(problem) for problem in self.misfits],
            "cases": self.tested.to_dict() if self.tested else None,
            "difference": self.edit.to_dict(),
            "records": self.records.to_dict() if self.records else None,
            "patch": self.patch,
            "pull_request": self.request,
        }


def _beyond(findings: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that are not among the others, whatever their place."""
    there = {_matter(finding) for finding in others}
    return (finding for finding in findings if _matter(finding) not in there)


def _matter(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.about, finding.waiver, tuple(finding.message.items())
