"""A folder (or one file) of YAML -> Rulebook, every mistake at once at file:line:column.

draft            a rulebook while it is being checked, and the problems found so far
shape            files -> parts of the draft: keys, types, texts
facts            is a fact sound?
ordered_numbers  do the numbers go together that bound each other?
decisions        is a decision sound?
references       do the parts fit together?
sheet            a file that stands beside a rulebook: one identity, documents, and lists
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TypeVar

from .. import source
from ..folders import files_in, has_ending
from ..problems import Problem, Sentence, Span, WhytuneError, did_you_mean, short
from ..rulebook import Rulebook
from .draft import Draft
from .references import check
from .shape import read_parts

DEFAULT = "guide"
PRICES, COMPARISON = "prices.yaml", "comparison.yaml"
ENDINGS = (".yaml", ".yml")
"""Of the files of a rulebook."""
BESIDE = frozenset({PRICES, COMPARISON})
"""Files in a rulebook's folder that are no part of it: each has its own loader, name and digest."""

Raw = TypeVar("Raw")


def load(rulebook: str | Path = DEFAULT) -> Rulebook:
    """The rulebook of this name (shipped with whytune) or at this path (a folder, or one YAML file).

    Raises WhytuneError with all its problems.
    """
    path, label = located(rulebook)
    return build(_read_folder(path, label) if path.is_dir() else [source.read(path)])


def files_of(rulebook: str | Path) -> dict[str, bytes]:
    """The files that `load` reads, by name, as `loads` takes them; raises WhytuneError."""
    place, label = located(rulebook)
    paths = rulebook_files(place, label) if place.is_dir() else [place]
    return {path.name: source.read_bytes(path, label) for path in paths}


def located(rulebook: str | Path) -> tuple[Path, str]:
    """The folder or file of the rulebook of this name or path, and what messages call it; raises WhytuneError.

    A path to nothing passes if it can only be meant as a path: to read it is to say so.
    """
    if isinstance(rulebook, str) and rulebook in shipped():
        return Path(str(resources.files("whytune.rules"))) / rulebook, rulebook
    path = Path(rulebook)
    try:
        there = rulebook != "" and path.exists()  # an empty path would be the folder we are in
    except OSError as error:
        raise source.unreadable(Span(short(str(rulebook))), error) from None
    if (
        not there
        and isinstance(rulebook, str)
        and "/" not in rulebook.rstrip("/")
        and not has_ending(rulebook, ENDINGS)
    ):
        message = Sentence("unknown rulebook `{name}`", name=short(rulebook))
        others = Sentence("shipped: {names}; or give the path of a folder", names=", ".join(shipped()))
        raise WhytuneError([Problem("unknown-rulebook", message, None, did_you_mean(rulebook, shipped()) or others)])
    return path, str(rulebook)


def folder_of(rulebook: str | Path) -> Path | None:
    """The folder of the rulebook of this name or path; None if it is a single file."""
    path, _ = located(rulebook)
    return path if path.is_dir() else None


def loads(files: Mapping[str, bytes], as_kept: bool = False) -> Rulebook:
    """The rulebook in these files, by name, read as `source.decode` does; raises WhytuneError."""
    return build(_read_all(files.items(), partial(source.decode, as_kept=as_kept)))


@cache
def shipped() -> tuple[str, ...]:
    """The names of the rulebooks that come with whytune."""
    folder = resources.files("whytune.rules")
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.joinpath("rulebook.yaml").is_file()))


def build(files: Iterable[source.Node]) -> Rulebook:
    """The rulebook that these files hold together; raises WhytuneError with all its problems."""
    draft = Draft()
    read_parts(tuple(files), draft)
    if not draft.names_are_known():
        draft.stop_if_wrong()
    check(draft)
    return draft.rulebook()


def rulebook_files(folder: Path, label: str | None = None) -> list[Path]:
    """The files of a rulebook folder: the YAML files directly in it, but for those that only stand beside it.

    Raises WhytuneError: unreadable-file.
    """
    return [
        path for path, _ in files_in(folder, label or str(folder), ENDINGS, deep=False) if is_rulebook_file(path.name)
    ]


def is_rulebook_file(name: str) -> bool:
    """Does a file of this name, directly in the folder of a rulebook, belong to it?"""
    return has_ending(name, ENDINGS) and name not in BESIDE


def _read_folder(folder: Path, label: str) -> list[source.Node]:
    paths = rulebook_files(folder, label)
    if not paths:
        hint = Sentence("a rulebook is a folder of .yaml files")
        raise WhytuneError([Problem("empty-file", Sentence("no YAML files in this folder"), Span(label), hint)])
    return _read_all(
        ((f"{label.rstrip('/')}/{path.name}", path) for path in paths), lambda path, name: source.read(path, name)
    )


def _read_all(files: Iterable[tuple[str, Raw]], read: Callable[[Raw, str], source.Node]) -> list[source.Node]:
    nodes: list[source.Node] = []
    problems: list[Problem] = []
    for name, raw in files:
        try:
            nodes.append(read(raw, name))
        except WhytuneError as error:
            problems.extend(error.problems)
    if problems:
        raise WhytuneError(problems)
    return nodes
