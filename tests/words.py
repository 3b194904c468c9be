"""What the catalogue holds, as tests look at it."""

from __future__ import annotations

from importlib import import_module
from string import Formatter


def texts(table: str, language: str) -> dict[tuple[str, str], str]:
    """The texts of a language, `PHRASES` or `SENTENCES`, by their subject and name."""
    folder = import_module(f"whytune.engine.words.{language}")
    return {
        (subject, name): text
        for subject in folder.SUBJECTS
        for name, text in getattr(import_module(f"{folder.__name__}.{subject}"), table, {}).items()
    }


def parts(text: str) -> set[tuple[str, str | None]]:
    """The parts of a text, each with the form in which it is shown."""
    return {(name, form) for _, name, form, _ in Formatter().parse(text) if name is not None}
