"""A rulebook with one of its files edited: what is wrong with the edit, or what it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from whytune.engine import Problem, Span, WhytuneError
from whytune.engine.language.loading import files_of, loads
from whytune.engine.language.problems import Sentence, did_you_mean, listing, short
from whytune.engine.language.source import decoded_text
from whytune.engine.review.casebook import every_case_of
from whytune.engine.review.examination import Finding
from whytune.engine.words.speaker import language_or_first
from whytune.prose import edit_review as prose
from whytune.prose.document import Document
from whytune.prose.findings import Examined
from whytune.prose.levels import Level

from .called_for import CalledFor, called_for
from .edits import Edited
from .patches import patch_of
from .rulebook import Rulebook
from .shown import Telling
from .verdicts import Tested


def file_names(book: Rulebook) -> tuple[str, ...]:
    """The names of a rulebook's files; raises WhytuneError."""
    return tuple(sorted(files_of(book.place)))


@dataclass(frozen=True)
class FileEdit:
    """A rulebook as its files are kept, with a proposed text for one of them."""

    book: Rulebook
    files: Mapping[str, bytes]
    name: str
    text: str

    @property
    def kept(self) -> str:
        """The text of the file as kept; raises WhytuneError: not-utf8."""
        return decoded_text(self.files[self.name], self.name)

    @property
    def folder(self) -> str:
        """The name of the folder in which the file stands, and to which the patch applies."""
        return Path(self.book.place).resolve().name

    @property
    def content(self) -> bytes:
        """The proposed content of the file, with the line endings of the one that is kept."""
        text = self.text.replace("\r\n", "\n")
        return (text.replace("\n", "\r\n") if b"\r\n" in self.files[self.name] else text).encode()

    @property
    def is_changed(self) -> bool:
        """Does the proposed text differ from what is kept?"""
        return self.text.replace("\r\n", "\n") != self.kept.replace("\r\n", "\n")

    def written(self, text: str) -> FileEdit:
        """The same edit with this text for the file."""
        return replace(self, text=text)

    def patch(self) -> str:
        """The edit as a patch, for `patch -p1` or `git apply` in the rulebook's folder."""
        return patch_of(self.name, self.files[self.name], self.content)

    def review(self) -> Review:
        """What the edit does; raises WhytuneError with every mistake in the edited file, or in what is kept."""
        return reviewed(self.name, self.patch(), self._loaded(self.files), self.edited())

    def called_for(self, review: Review) -> CalledFor:
        """What the edit calls for in other places, by what it does; raises WhytuneError."""
        return called_for({self.name: self.content}, self.edited(), review.edit.difference.version, review.tested)

    def edited(self) -> Rulebook:
        """The rulebook as edited; raises WhytuneError with every mistake in it."""
        return self._loaded({**self.files, self.name: self.content})

    def _loaded(self, files: Mapping[str, bytes]) -> Rulebook:
        content, language = loads(files), self.book.language
        spoken = language_or_first(content.languages, language)
        return Rulebook(content, self.book.place, self.book.day, spoken)


def file_edit(book: Rulebook, name: str) -> FileEdit:
    """The file of this name as it is kept, ready to be edited; raises WhytuneError: missing-file."""
    files = files_of(book.place)
    if name not in files:
        message = Sentence("the rulebook has no file `{name}`", name=short(name))
        hint = did_you_mean(name, files) or Sentence("it may be {names}", names=listing(sorted(files)))
        raise WhytuneError([Problem("missing-file", message, Span(short(name)), hint)])
    return FileEdit(book, files, name, decoded_text(files[name], name))


def reviewed(name: str, patch: str, before: Rulebook, after: Rulebook) -> Review:
    """What the edit that a file of this name makes does; raises WhytuneError with every mistake in what is kept."""
    misfits = _misfits(after)
    kept = () if _misfits(before) else before.check().findings
    findings, tested = ((), None) if misfits else (after.check().findings, after.test())
    difference = before.difference(after).pictured()
    return Review(name, patch, after.place, after.day, kept, findings, misfits, tested, difference)


def _misfits(book: Rulebook) -> tuple[Problem, ...]:
    """The mistakes that the cases beside a rulebook have under the edited one."""
    try:
        every_case_of(book.place, book.content)
    except WhytuneError as error:
        return error.problems
    return ()


@dataclass(frozen=True, eq=False, repr=False)
class Review(Telling):
    """What an edit does to the findings of `check`, to the cases, and to the advice over all tasks.

    `name` is that of the file by which it is made, `rulebook` the place of what is edited.
    Where cases do not fit the edited rulebook, `misfits` says why, and neither cases nor checks are run.
    """

    name: str
    patch: str
    rulebook: str
    day: date | None
    before: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    misfits: tuple[Problem, ...]
    tested: Tested | None
    edit: Edited

    def __repr__(self) -> str:
        return f"<Review of {self.name}: {self.edit!r}>"

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

    @property
    def request(self) -> str:
        """The text of a pull request: new findings, failing cases and what changes, in Markdown."""
        return self.written("markdown", "short")

    def document(self, level: Level = "short") -> Document:
        """New findings, failing cases, then the tasks whose advice changes."""
        both = self.edit.report.both
        return prose.review(
            prose.Reviewed(
                self.name,
                Examined(self.new, both.new, self.rulebook, self.day),
                Examined(self.gone, both.old, self.rulebook, self.day),
                self.misfits,
                self.tested.results if self.tested else (),
                self.edit.document(level),
            )
        )

    def to_dict(self) -> dict[str, Any]:
        """The review as data, with the patch and the text of a pull request."""
        return {
            "file": self.name,
            "findings": {name: [one.to_dict() for one in getattr(self, name)] for name in ("new", "gone")},
            "misfits": [str(problem) for problem in self.misfits],
            "cases": self.tested.to_dict() if self.tested else None,
            "difference": self.edit.to_dict(),
            "patch": self.patch,
            "pull_request": self.request,
        }


def _beyond(findings: Iterable[Finding], others: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that are not among the others, whatever their place."""
    there = {_matter(finding) for finding in others}
    return (finding for finding in findings if _matter(finding) not in there)


def _matter(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.about, finding.waiver, tuple(finding.message.items())
