"""A file of another tool -> a document: what it changes in a rulebook, or the rulebook that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from whytune.engine.language.problems import Sentence, visible
from whytune.engine.words.catalogue import phrase, translated

from .document import Block, Document, Folded, Heading, Item, Listing, Paragraph, Title, document


class FileRead(NamedTuple):
    """The name of a file, what is remarked of it, and either the files of the rulebook that it makes, or what it
    changes in one: by lines, and in advice, if anything.
    """

    name: str
    remarks: Sequence[Sentence]
    files: Mapping[str, str]
    patch: str | None = None
    change: Document | None = None


def imported_file(read: FileRead, language: str) -> Document:
    """What was changed or guessed first, then what follows from it, then the text."""
    name = "import_title" if read.patch is None else "import_edit_title"
    title = phrase(name, language, file=visible(read.name))
    return document(title, language, (Title(title), *_blocks(read, language)))


def _blocks(read: FileRead, language: str) -> Iterator[Block]:
    if read.patch == "":
        yield Paragraph(phrase("import_same", language), tone="good")
    if read.remarks:
        yield Heading(phrase("import_cells" if read.patch is not None else "to_note", language))
        yield from (Item(translated(remark, language)) for remark in read.remarks)
    if read.change:
        yield Heading(read.change.title)
        yield from read.change.blocks
    if read.patch:
        yield Folded(phrase("page_edit_lines", language), (Listing(read.patch, "diff"),))
    if read.patch is None:
        for name, text in read.files.items():
            yield Folded(visible(name), (Listing(text, "yaml"),))
