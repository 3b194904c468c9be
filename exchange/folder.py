"""The folder of a rulebook -> the files in it that cross: those of the rulebook, and what stands beside them."""

from __future__ import annotations

from pathlib import Path

from whytune.engine.language import source
from whytune.engine.language.loading import BESIDE, files_of, folder_of, rulebook_files
from whytune.engine.language.translations import FILE as TRANSLATIONS
from whytune.engine.review.casebook.reading import case_files


def crossing_files(rulebook: str | Path) -> dict[str, bytes]:
    """The files of this rulebook, its cases, prices and translations, by name; raises WhytuneError."""
    files = files_of(rulebook)
    folder = folder_of(rulebook)
    if folder is None:
        return files
    for path, label in case_files(rulebook):
        files[path.relative_to(folder).as_posix()] = source.read_bytes(path, label)
    for name in (*sorted(BESIDE), TRANSLATIONS):
        if (folder / name).is_file():
            files[name] = source.read_bytes(folder / name, name)
    return files


def there_already(folder: Path) -> dict[str, bytes]:
    """The files of the rulebook in this folder; none where there is no rulebook. Raises WhytuneError."""
    return crossing_files(folder) if folder.is_dir() and rulebook_files(folder) else {}
