"""A rulebook as it stood in a commit: `git:REVISION` or `git:REVISION:PATH`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from whytune.engine import Problem, Rulebook, Span, WhytuneError, load
from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.folders import has_ending
from whytune.engine.language.loading import is_rulebook_file, loads
from whytune.engine.language.problems import Sentence, short, visible
from whytune.engine.language.source import MAX_BYTES
from whytune.engine.review.casebook.reading import ENDINGS, FOLDER, CaseSource, no_folder, sound_cases, sources_beside
from whytune.web.revisions import MARK, Revision

PATIENCE = 60
"""How many seconds git may take."""
MOST_COMMITS = 50
MAX_SAID = 200
"""How much of git's own message is shown, in characters."""
_KINDS = {"120000": Sentence("a symbolic link"), "160000": Sentence("a submodule"), "040000": Sentence("a folder")}
"""What a commit may hold besides files, by mode."""


def load_either(name: str, other: str) -> Rulebook:
    """The rulebook of this name, path or revision; a revision without a path takes the other rulebook's path.

    Raises WhytuneError: no-git, unknown-revision, missing-file, and all problems of the rulebook, in a commit below
    unsound-revision.
    """
    if not name.startswith(MARK):
        return load(name)
    revision, path = revision_of(name), path_of(name, other)
    if not revision or revision.startswith("-") or not path:
        message = Sentence("`{name}` does not name a rulebook in a commit", name=short(name))
        hint = Sentence("write git:REVISION:PATH, for example git:origin/main:my-rules")
        raise WhytuneError([Problem("unknown-revision", message, None, hint)])
    files = _files(revision, path.rstrip("/"))
    try:
        return loads(files)
    except WhytuneError as error:
        raise WhytuneError([_unsound(revision, path), *error.problems]) from None


def _unsound(revision: str, path: str) -> Problem:
    """Says that nobody can mend what was committed."""
    message = Sentence(
        "`{path}` as of `{revision}` was committed with mistakes", path=short(path), revision=short(revision)
    )
    hint = Sentence("compare with a commit before them, git:REVISION; with one that mends them, once it is there")
    return Problem("unsound-revision", message, None, hint)


def cases_of(name: str, other: str) -> list[WrittenCase]:
    """The cases beside the rulebook of this name, path or revision; raises WhytuneError with every mistake in them."""
    cases, problems = _cases(name, other)
    if problems:
        raise WhytuneError(problems)
    return cases


def sound_cases_of(name: str, other: str) -> list[WrittenCase]:
    """The cases beside it without the files that hold mistakes, which in a commit nobody can mend."""
    return _cases(name, other)[0]


def _cases(name: str, other: str) -> tuple[list[WrittenCase], list[Problem]]:
    """The cases in every file that is sound, and the mistakes in the others."""
    if not name.startswith(MARK):
        return sound_cases(sources_beside(name))
    return sound_cases(_committed_cases(revision_of(name), path_of(name, other).rstrip("/")))


def load_at(path: str, revision: str) -> Rulebook:
    """The rulebook at this path as it stood in a revision; raises WhytuneError as `load_either` does."""
    return load_either(f"{MARK}{revision}:{path}", "")


def cases_at(path: str, revision: str) -> list[WrittenCase]:
    """The cases beside the rulebook at this path in a revision; raises WhytuneError as `cases_of` does."""
    return cases_of(f"{MARK}{revision}:{path}", "")


def history_of(path: str) -> list[Revision]:
    """The last commits in which something at this path changed, the newest first; raises WhytuneError: no-git, ..."""
    commit = _Commit("HEAD", Path(path))
    place = f":(top,literal){commit.whole}"
    words = ("log", "--no-show-signature", f"--max-count={MOST_COMMITS}", "--format=%h%x00%cs%x00%s%x00", "--", place)
    texts = os.fsdecode(commit.git(*words, wrong=path)).replace("\n", "").split("\0")
    return [Revision(*texts[start : start + 3]) for start in range(0, len(texts) - 2, 3)]


def revision_of(name: str) -> str:
    """The revision in the argument; empty for a name or path."""
    return name.removeprefix(MARK).partition(":")[0] if name.startswith(MARK) else ""


def path_of(name: str, other: str) -> str:
    """The name or path of the rulebook without its revision; if it has none, the other rulebook's."""
    if not name.startswith(MARK):
        return name
    _, colon, path = name.removeprefix(MARK).partition(":")
    return path if colon else path_of(other, "") if other else ""


def _committed_cases(revision: str, path: str) -> Iterator[CaseSource]:
    """The case files in a commit, where whatever is neither a file nor a folder is refused when it is read."""
    commit = _Commit(revision, Path(path))
    entry = commit.entry()
    if entry.is_file:  # the cases of a single file stand beside it
        path = str(PurePosixPath(path).parent)
        commit = _Commit(revision, Path(path))
        entry = commit.entry()
    cases = next((inner for inner in commit.entries_of(entry) if inner.name == FOLDER), None)
    if cases is not None and not cases.is_folder:
        label = f"{revision}:{path}/{FOLDER}"
        raise no_folder(label) if cases.is_file else cases.refused(label)
    for inner in commit.below(cases) if cases else ():
        *folders, name = inner.name.split("/")
        is_hidden = any(part.startswith(".") for part in (*folders, name))
        if not is_hidden and (has_ending(name, ENDINGS) or not inner.is_file):
            label = f"{revision}:{path}/{FOLDER}/{inner.name}"
            yield CaseSource(inner.name, label, partial(commit.read, inner, label))


def _files(revision: str, path: str) -> dict[str, bytes]:
    """The files of the rulebook at this path in the revision, by the names that readers see."""
    commit = _Commit(revision, Path(path))
    root = commit.entry()
    name = f"{revision}:{path}"
    if root.is_file:
        return {name: commit.read(root, name)}
    if not root.is_folder:
        raise root.refused(name)
    files = {f"{name}/{entry.name}": entry for entry in commit.entries_of(root) if is_rulebook_file(entry.name)}
    if not files:
        message = Sentence("no YAML files in `{path}` as of `{revision}`", path=short(path), revision=short(revision))
        raise WhytuneError([Problem("empty-file", message)])
    return {name: commit.read(entry, name) for name, entry in files.items()}


class _Entry(NamedTuple):
    """What a commit holds in one place: mode, object, and name in its folder."""

    mode: str
    blob: str
    name: str

    @property
    def is_folder(self) -> bool:
        return self.mode == "040000"

    @property
    def is_file(self) -> bool:
        return self.mode.startswith("100")

    def refused(self, name: str) -> WhytuneError:
        """The error for an entry that cannot be read."""
        message = Sentence("is {kind} there, not a file", kind=_KINDS.get(self.mode, Sentence("no file")))
        hint = Sentence("name the rulebook itself: links and submodules are not followed in a commit")
        return WhytuneError([Problem("unreadable-file", message, Span(name), hint)])


class _Commit:
    """A revision, and a path in it; raises WhytuneError: no-git, unknown-revision."""

    def __init__(self, revision: str, path: Path) -> None:
        self.revision, self.path = revision, path
        place = Path(os.path.abspath(path))
        self.folder = next(folder for folder in (place.parent, *place.parents) if folder.is_dir())
        if place.is_dir() and not place.is_symlink() and self._is_top(place):
            self.folder = place
        self.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", wrong=revision)
        prefix = os.fsdecode(self.git("rev-parse", "--show-prefix", wrong=str(path))).removesuffix("\n")
        below = os.path.relpath(place, self.folder)
        self.whole = os.path.normpath(os.path.join(prefix, below)).replace(os.sep, "/")

    def _is_top(self, place: Path) -> bool:
        """Is this the top of a repository that is not a submodule of another?"""
        words = ("rev-parse", "--show-prefix", "--show-superproject-working-tree")
        done = _run(words, place)
        return done.returncode == 0 and not done.stdout.strip()

    def entry(self) -> _Entry:
        """The entry at the path, relative to the current folder, or else to the top of the repository."""
        places = [self.whole] if self.path.is_absolute() else [self.whole, os.path.normpath(self.path)]
        for place in places:
            if place == ".":
                return _Entry("040000", f"{self.revision}:", "")
            if not place.startswith("../") and (entries := self._listed(self.revision, "--", place)):
                return entries[0]
        self.git("cat-file", "-t", f"{self.revision}:{self.whole}", wrong=f"{self.revision}:{self.path}")
        raise _unknown(f"{self.revision}:{self.path}", "")

    def entries_of(self, folder: _Entry) -> list[_Entry]:
        return self._listed(folder.blob)

    def below(self, folder: _Entry, above: str = "") -> Iterator[_Entry]:
        """Everything below this folder that is not a folder, at any depth, by path."""
        for entry in self.entries_of(folder):
            inner = entry._replace(name=above + entry.name)
            if entry.is_folder:
                yield from self.below(entry, f"{inner.name}/")
            else:
                yield inner

    def read(self, entry: _Entry, name: str) -> bytes:
        """The bytes of a file; raises WhytuneError if it is not one, or is larger than a rulebook's file may be."""
        if not entry.is_file:
            raise entry.refused(name)
        if int(self.git("cat-file", "-s", entry.blob, wrong=name)) > MAX_BYTES:
            hint = Sentence("split it into several files")
            raise WhytuneError([Problem("too-large", Sentence("larger than 1 MiB"), Span(name), hint)])
        return self.git("cat-file", "blob", entry.blob, wrong=name)

    def _listed(self, tree: str, *words: str) -> list[_Entry]:
        listed = os.fsdecode(self.git("ls-tree", "-z", "--full-tree", tree, *words, wrong=self.revision))
        rows = (row.partition("\t") for row in listed.split("\0") if row)
        return [_Entry(about.split()[0], about.split()[2], PurePosixPath(name).name) for about, _, name in rows]

    def git(self, *words: str, wrong: str) -> bytes:
        """What a git command prints; raises a WhytuneError that says what is `wrong`."""
        done = _run(words, self.folder)
        if done.returncode:
            raise _unknown(wrong, done.stderr.decode(errors="replace").strip().partition("\n")[0])
        return done.stdout


def _run(words: Iterable[str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *words], cwd=folder, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        raise WhytuneError([Problem("no-git", Sentence("git is not installed, or does not answer"))]) from None


def _unknown(wrong: str, answer: str) -> WhytuneError:
    if answer:
        hint = Sentence("git says: {said}", said=visible(answer.removeprefix("fatal: ")[:MAX_SAID]))
    else:
        hint = Sentence("name a commit, branch or tag")
    message = Sentence("git knows no `{name}`", name=short(wrong))
    return WhytuneError([Problem("unknown-revision", message, None, hint)])
