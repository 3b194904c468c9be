"""A folder (or one file) of YAML -> Rulebook, every mistake at once at file:line:column.

draft            a rulebook while it is being checked, and the problems found so far
shape            files -> parts of the draft: keys, types, texts
facts            is a fact sound?
ordered_numbers  do the numbers that bound each other go together?
decisions        is a decision sound?
references       do the parts fit together?
spelling         what conditions write in short -> what it stands for
cells            the cells of a table -> what they ask
row_rules        tables -> rules
sheet            a file that stands beside a rulebook: one identity, documents, and lists
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import TypeVar

from .. import source
from ..csvfile import ENDING as ROWS
from ..csvfile import Records, decode_csv
from ..folders import files_in, has_ending
from ..problems import Problem, Sentence, Span, WhytuneError, did_you_mean, short
from ..rulebook import Rulebook
from .draft import Draft
from .references import check, known_in
from .row_rules import expand, rows_named
from .shape import read_parts
from .spelling import spell_out

DEFAULT = "guide"
PRICES, COMPARISON = "prices.yaml", "comparison.yaml"
ENDINGS = (".yaml", ".yml")
"""The endings of a rulebook's files, beside CSV files, which hold rows of its tables."""
BESIDE = frozenset({PRICES, COMPARISON})
"""Files in a rulebook's folder that are not part of it: each has its own loader, name and digest."""

Raw = TypeVar("Raw")


def load(rulebook: str | Path = DEFAULT) -> Rulebook:
    """The rulebook of this name (shipped with whytune) or at this path (a folder, or one YAML file).

    Raises WhytuneError with all its problems.
    """
    return load_with_files(rulebook)[0]


def load_with_files(rulebook: str | Path) -> tuple[Rulebook, dict[str, bytes]]:
    """The same with the files that it was read from, by name, each of them read once."""
    files: dict[str, bytes] = {}

    def read(path: Path, name: str) -> bytes:
        files[path.name] = source.read_bytes(path, name)
        return files[path.name]

    path, label = located(rulebook)
    places = _in_folder(path, label) if path.is_dir() else [(label, path), *_beside(path, label)]
    return _build_all(places, read), files


def files_of(rulebook: str | Path) -> dict[str, bytes]:
    """The files that `load` reads, by name, as `loads` takes them; raises WhytuneError."""
    place, label = located(rulebook)
    paths = rulebook_files(place, label) if place.is_dir() else [place, *(path for _, path in _beside(place, label))]
    return {path.name: source.read_bytes(path, label) for path in paths}


def located(rulebook: str | Path) -> tuple[Path, str]:
    """The folder or file of the rulebook of this name or path, and its name in messages; raises WhytuneError.

    A path to nothing passes if it can only be meant as a path: reading it will say so.
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
    """The rulebook in these files, by name; raises WhytuneError.

    Those of a record are read `as_kept`: they were accepted once, so they may hold what was refused only later.
    """
    return _build_all(files.items(), lambda data, _: data, as_kept)


@cache
def shipped() -> tuple[str, ...]:
    """The names of the rulebooks that come with whytune."""
    folder = resources.files("whytune.rules")
    return tuple(sorted(entry.name for entry in folder.iterdir() if entry.joinpath("rulebook.yaml").is_file()))


def build(files: Iterable[source.Node], rows: Mapping[str, Records] | None = None, as_kept: bool = False) -> Rulebook:
    """The rulebook that these files make up, with the CSV files beside them by name.

    Raises WhytuneError with all its problems.
    """
    draft = Draft(as_kept=as_kept)
    read_parts(tuple(files), draft)
    if not draft.names_are_known():
        draft.stop_if_wrong()
    expand(draft, rows or {}, known_in(draft).subjects)
    known = known_in(draft)  # with the bands that cells declare
    spell_out(draft, known)
    check(draft, known)
    return draft.rulebook()


def rulebook_files(folder: Path, label: str | None = None) -> list[Path]:
    """The files of a rulebook folder: the YAML and CSV files directly in it, except those that only stand beside it.

    Raises WhytuneError: unreadable-file.
    """
    endings = (*ENDINGS, ROWS)
    return [
        path for path, _ in files_in(folder, label or str(folder), endings, deep=False) if is_rulebook_file(path.name)
    ]


def is_rulebook_file(name: str) -> bool:
    """Does a file of this name, directly in the folder of a rulebook, belong to it?"""
    return has_ending(name, (*ENDINGS, ROWS)) and name not in BESIDE


def _in_folder(folder: Path, label: str) -> list[tuple[str, Path]]:
    """The files of a rulebook folder, each with its name in messages; raises WhytuneError: empty-file."""
    paths = rulebook_files(folder, label)
    if not any(has_ending(path.name, ENDINGS) for path in paths):
        hint = Sentence("a rulebook is a folder of .yaml files")
        raise WhytuneError([Problem("empty-file", Sentence("no YAML files in this folder"), Span(label), hint)])
    return [(f"{label.rstrip('/')}/{path.name}", path) for path in paths]


def _beside(path: Path, label: str) -> list[tuple[str, Path]]:
    """The CSV files that the tables of a single file name, if they stand beside it."""
    try:
        names = rows_named(source.read(path, label))
    except WhytuneError:  # which whoever reads the file will say
        return []
    return [(str(path.with_name(name)), path.with_name(name)) for name in names if path.with_name(name).is_file()]


def _build_all(files: Iterable[tuple[str, Raw]], read: Callable[[Raw, str], bytes], as_kept: bool = False) -> Rulebook:
    """The rulebook in these files, by their names in messages; raises WhytuneError with the problems of all."""
    contents: list[tuple[str, bytes | WhytuneError]] = []
    for name, raw in files:
        try:
            contents.append((name, read(raw, name)))
        except WhytuneError as error:
            contents.append((name, error))
    return _built(tuple(contents), as_kept)


@lru_cache(maxsize=4)  # the same few rulebooks are asked for again and again, and nobody can change one
def _built(contents: tuple[tuple[str, bytes | WhytuneError], ...], as_kept: bool) -> Rulebook:
    """The rulebook in what was read, or not, under each name; raises WhytuneError with the problems of all."""
    nodes: list[source.Node] = []
    rows: dict[str, Records] = {}
    problems: list[Problem] = []
    for name, content in contents:
        try:
            if isinstance(content, WhytuneError):
                raise content
            if has_ending(Path(name).name, (ROWS,)):
                rows[Path(name).name] = decode_csv(content, name, as_kept)
            else:
                nodes.append(source.decode(content, name, as_kept))
        except WhytuneError as error:
            problems.extend(error.problems)
    if problems:
        raise WhytuneError(problems)
    return build(nodes, rows, as_kept)
