"""The folder of a rulebook -> the files in it that cross: those of the rulebook, and what is beside them."""

from __future__ import annotations

from pathlib import Path

from whytune.engine import Rulebook
from whytune.engine.language import source
from whytune.engine.language.loading import files_of, folder_of, load_with_files, rulebook_files
from whytune.engine.review.casebook.reading import case_files

from .crossing import STANDING_BESIDE


def crossing_files(rulebook: str | Path) -> dict[str, bytes]:
    """The files of this rulebook, its cases, prices and translations, by name; raises WhytuneError."""
    return files_of(rulebook) | _files_beside(rulebook)


def load_to_cross(rulebook: str | Path) -> tuple[Rulebook, dict[str, bytes]]:
    """This rulebook with the same files, each of which is read once; raises WhytuneError."""
    content, files = load_with_files(rulebook)
    return content, files | _files_beside(rulebook)


def there_already(folder: Path) -> dict[str, bytes]:
    """The files of the rulebook in this folder; none if there is no rulebook. Raises WhytuneError."""
    return crossing_files(folder) if folder.is_dir() and rulebook_files(folder) else {}


def _files_beside(rulebook: str | Path) -> dict[str, bytes]:
    """The cases, prices and translations of a rulebook; those beside a single file do not belong to it."""
    folder = folder_of(rulebook)
    if folder is None:
        return {}
    files = {path.relative_to(folder).as_posix(): _text_file(path, label) for path, label in case_files(rulebook)}
    beside = [name for name in sorted(STANDING_BESIDE) if (folder / name).is_file()]
    return files | {name: _text_file(folder / name, name) for name in beside}


def _text_file(path: Path, label: str) -> bytes:
    """The bytes of a text file; raises WhytuneError: too-large, not-utf8, and what `read_bytes` raises."""
    data = source.read_bytes(path, label)
    source.decoded_text(data, label)
    return data
