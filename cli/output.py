"""An answer -> text, a page, Markdown or JSON, as --format asks for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from math import inf
from typing import TypeGuard, TypeVar

import click

from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import phrase, translated
from whytune.prose import terminal
from whytune.prose.document import Document
from whytune.prose.levels import LEVELS, Level
from whytune.shown import FORMATS, Format, Telling

from .own_ledger import with_own_ledger
from .streams import height, width

Decorated = TypeVar("Decorated", bound=Callable[..., None])


def format_option(command: Decorated) -> Decorated:
    """--format, for an answer that is a document; `show` writes it."""
    return _format_of(FORMATS, "Text for a terminal, a page, a comment, or JSON for programs.")(command)


def format_option_with(*others: str) -> Callable[[Decorated], Decorated]:
    """--format for an answer that also has other programs' formats, which the command itself writes."""
    return _format_of((*FORMATS, *others), "Text for a terminal, a page, a comment, or what programs read.")


def is_told(format_: str) -> TypeGuard[Format]:
    """Is this a format that `show` writes?"""
    return format_ in FORMATS


def level_option(help_: str) -> Callable[[Decorated], Decorated]:
    """--level: how much is told."""
    return click.option("--level", type=click.Choice(LEVELS), default="short", show_default=True, help=help_)


def _format_of(formats: Sequence[str], help_: str) -> Callable[[Decorated], Decorated]:
    kind = click.Choice(formats)
    return click.option("--format", "-f", "format_", type=kind, default="text", show_default=True, help=help_)


def refuse_to_mix(option: str, file: str | None, format_: str) -> None:
    """Raises UsageError if a file would go to standard output, where a program expects the answer alone."""
    if file == "-" and format_ != "text":
        raise click.UsageError(f"{option} - would stand in the midst of the {format_}: name a file for it")


def show(format_: Format, data: Callable[[], object], document: Callable[[], Document], err: bool = False) -> None:
    """Writes an answer in the format asked for: its data as JSON, or its document; with `err`, to standard error."""
    click.echo(written(format_, data, document), err=err)


def answer(format_: Format, telling: Telling, level: Level = "short") -> None:
    """Writes an answer of the Python interface in the format asked for."""
    show(format_, telling.to_dict, lambda: telling.document(level))


def answer_with_verdict(format_: Format, telling: Telling, level: Level) -> None:
    """The same; where the text scrolls its first lines off a terminal, they stand below it once more, if they fit."""
    document = cache(lambda: telling.document(level))
    text = written(format_, telling.to_dict, document)
    click.echo(text)
    rows = height() or inf
    if format_ == "text" and len(text.splitlines()) >= rows:
        opening = terminal.opening(document(), width())
        if len(opening.splitlines()) < rows:
            click.echo("\n" + opening)


def written(format_: Format, data: Callable[[], object], document: Callable[[], Document]) -> str:
    """An answer as text to write, without the final line break."""
    if format_ == "json":
        return as_json(data())
    if format_ == "html":
        from whytune.prose import page  # a template engine is for those who want a page

        return page.text(document()).rstrip("\n")
    if format_ == "markdown":
        from whytune.prose import markdown

        return markdown.text(document()).rstrip("\n")
    return terminal.styled(with_own_ledger(document()), width())


def as_json(data: object) -> str:
    """Data as JSON that people can read, too."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def note(remarks: Iterable[Sentence], language: str) -> None:
    """Lists what the reader should know about what was done."""
    if lines := [f"  - {translated(remark, language)}" for remark in remarks]:
        click.echo("\n".join(["", phrase("to_note", language), *lines]))
