"""A file of another tool -> the rulebook that it makes, or what it changes in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from whytune.engine.language.loading import loads
from whytune.engine.words.catalogue import translated
from whytune.engine.words.speaker import language_or_first
from whytune.exchange.crossing import Imported, is_case, rulebook_part
from whytune.exchange.folder import crossing_files, there_already
from whytune.prose.document import Document
from whytune.prose.imported_file import FileRead, imported_file
from whytune.prose.levels import Level

from .book_and_cases import BookAndCases
from .edits import Edited
from .keywords import checking_keywords
from .patches import patch_of
from .review import Review, reviewed
from .rulebook import Rulebook
from .saving import already_there, save_below
from .shown import Telling


@checking_keywords
def import_rulebook(
    file: str | PathLike[str], *, into: Rulebook | None = None, partial: bool = False, language: str = "en"
) -> Import:
    """The rulebook that a file of another tool makes: a decision model, a workbook, a CSV file or a folder of them; or
    the edit that a workbook makes `into` the rulebook from which it was exported. Nothing is written yet.

    >>> import_rulebook("docs/examples/loan.dmn")
    <Import of docs/examples/loan.dmn: 4 files>

    `partial` imports what a rulebook can say, with the rest as facts. `language` is that of the texts it adds.

    Raises WhytuneError: unknown-format, what is wrong with the file, and everything that a rulebook cannot say.
    """
    from whytune.exchange.file_kinds import imported  # XML and workbooks are for those who ask for them

    label = fspath(file)
    before = crossing_files(into.place) if into else {}
    return Import(imported(label, language=language, partial=partial, into=before), label, language, before, into)


def import_bytes(
    data: bytes, name: str, *, into: Rulebook | None = None, partial: bool = False, language: str = "en"
) -> Import:
    """The same of the content of one file, whose `name` says what kind it is of; raises WhytuneError."""
    from whytune.exchange.file_kinds import imported_bytes

    before = crossing_files(into.place) if into else {}
    read = imported_bytes(data, name, language=language, partial=partial, into=before)
    return Import(read, name, language, before, into)


@dataclass(frozen=True, eq=False, repr=False)
class Import(Telling):
    """A rulebook as a file of another tool has it, or the edit of one that stands in `before`."""

    read: Imported
    name: str
    language: str
    before: Mapping[str, bytes]
    into: Rulebook | None = None

    def __repr__(self) -> str:
        count = len(self.changed) if self.is_edit else len(self.files)
        kind = "changed file" if self.is_edit else "file"
        return f"<Import of {self.name}: {count} {kind if count == 1 else kind + 's'}>"

    @property
    def is_edit(self) -> bool:
        """Does the file edit a rulebook that is there?"""
        return self.read.is_edit

    @property
    def files(self) -> Mapping[str, str]:
        """The files of the rulebook, by name, as they would be."""
        return self.read.files

    @property
    def changed(self) -> Mapping[str, str]:
        """Those of them that are new, or differ from what is there."""
        return {name: text for name, text in self.files.items() if self.before.get(name) != text.encode()}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was guessed, left out or changed, a sentence each."""
        return tuple(translated(remark, self.language) for remark in self.read.remarks)

    @property
    def patch(self) -> str:
        """The edit as a patch, for `patch -p1` or `git apply` in the folder of the rulebook."""
        return "".join(
            patch_of(name, self.before.get(name), text.encode()) for name, text in sorted(self.changed.items())
        )

    @cached_property
    def difference(self) -> Edited | None:
        """What the edit changes over all tasks, as `difference` tells it; None for a new rulebook.

        Raises WhytuneError: no-day, diagram-too-large.
        """
        if self.into is None or not self.is_edit:
            return None
        return self._loaded(self.before).difference(self._loaded(self._encoded))

    @property
    def _encoded(self) -> Mapping[str, bytes]:
        return {name: text.encode() for name, text in self.files.items()}

    def _loaded(self, files: Mapping[str, bytes]) -> Rulebook:
        assert self.into is not None
        content = loads(rulebook_part(files))
        language = language_or_first(content.languages, self.language)
        return Rulebook(content, self.into.place, self.into.day, language)

    def save(self, folder: str | PathLike[str]) -> tuple[str, ...]:
        """Writes it into a new folder, or an edit into the folder of its rulebook; returns the paths written.

        Schemas for editors that stand beside it are brought up to date by `whytune schema --write`.

        Raises WhytuneError: file-exists, rulebook-changed, unwritable-file.
        """
        target = Path(folder)
        there = there_already(target)
        if there and not (self.is_edit and there.keys() == self.before.keys()):
            raise already_there(str(target / name) for name in there)
        texts = {str(target / name): text for name, text in (self.changed if there else self.files).items()}
        save_below(target, texts, {str(target / name): self.before[name] if there else None for name in self.files})
        return tuple(texts)

    def document(self, level: Level = "short") -> Document:
        """What the file changes, cell by cell, and what that does; or the files of a new rulebook."""
        change = self.difference.pictured().document(level) if self.difference and self.changed else None
        return self._shown(change, self.language)

    def reviewed(self, language: str | None = None) -> Document:
        """The same of an edit, with what the checks find only since, and how the cases come out; in this language.

        Raises WhytuneError.
        """
        spoken = language or self.language
        if self.into is None or not self.is_edit or not self.changed:
            return self._shown(None, spoken)
        return self._shown(self._review.in_language(spoken).document(), spoken)

    @cached_property
    def _review(self) -> Review:
        before, after = (
            BookAndCases(self._loaded(files), {name: data for name, data in files.items() if is_case(name)})
            for files in (self.before, self._encoded)
        )
        return reviewed((self.name,), self.patch, before, after)

    def _shown(self, change: Document | None, language: str) -> Document:
        return imported_file(
            FileRead(self.name, self.read.remarks, self.files, self.patch if self.is_edit else None, change), language
        )

    def to_dict(self) -> dict[str, Any]:
        """The same as data: the texts of new and changed files, the remarks, and what an edit changes."""
        return {
            "file": self.name,
            "is_edit": self.is_edit,
            "files": dict(self.changed),
            "remarks": list(self.remarks),
            "patch": self.patch if self.is_edit else None,
            "difference": self.difference.to_dict() if self.difference else None,
        }
