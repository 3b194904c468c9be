"""A rulebook as it stood in a commit: `git:REVISION` or `git:REVISION:PATH`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from whytune.engine import Problem, Rulebook, WhytuneError, load
from whytune.engine.loading import BESIDE, loads
from whytune.engine.problems import short, visible

MARK = "git:"
PATIENCE = 60
"""Seconds that git may take."""


def load_either(name: str, other: str) -> Rulebook:
    """The rulebook of this name, path or revision; a revision without a path takes that of the other rulebook.

    Raises WhytuneError: no-git, unknown-revision, missing-file, and all problems of the rulebook.
    """
    if not name.startswith(MARK):
        return load(name)
    revision, path = name.removeprefix(MARK).partition(":")[0], path_of(name, other)
    if not revision or revision.startswith("-") or not path:
        hint = "write git:REVISION:PATH, for example git:origin/main:my-rules"
        raise WhytuneError([Problem("unknown-revision", f"`{short(name)}` names no rulebook in a commit", None, hint)])
    return loads(_files(revision, path.rstrip("/")))


def path_of(name: str, other: str) -> str:
    """The name or path of the rulebook, whatever its revision; one without a path takes that of the other rulebook."""
    if not name.startswith(MARK):
        return name
    _, colon, path = name.removeprefix(MARK).partition(":")
    return path if colon else path_of(other, "") if other else ""


def _files(revision: str, path: str) -> dict[str, bytes]:
    """The files of the rulebook at this path, as of the revision, by what a reader should call them."""
    git = _git_beside(Path(path))
    git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", wrong=revision)
    tree = f"{revision}:{_relative(Path(path))}"
    kind = git("cat-file", "-t", tree, wrong=f"{revision}:{path}").strip()
    if kind == b"blob":
        return {f"{revision}:{path}": git("cat-file", "blob", tree, wrong=path)}
    listed = os.fsdecode(git("ls-tree", "-z", "--full-tree", "--name-only", tree, wrong=path)).split("\0")
    names = [name for name in listed if PurePosixPath(name).suffix in (".yaml", ".yml") and not name.startswith(".")]
    found = {
        f"{revision}:{path}/{name}": git("cat-file", "blob", f"{tree.rstrip('/')}/{name}", wrong=name)
        for name in names
        if name not in BESIDE
    }
    if not found:
        raise WhytuneError([Problem("empty-file", f"no YAML files in `{short(path)}` as of `{short(revision)}`")])
    return found


def _relative(path: Path) -> str:
    """The path as git understands it where `_git_beside` runs."""
    return f"./{path.name if path.parent.is_dir() else path}"


def _git_beside(path: Path) -> Callable[..., bytes]:
    """Git in the folder in which the rulebook stands, or in which we are if that folder is only in the commit.

    What it returns runs a git command and gives what that prints; it raises WhytuneError that names what is `wrong`.
    """
    folder = path.parent if path.parent.is_dir() else None

    def git(*words: str, wrong: str) -> bytes:
        try:
            done = subprocess.run(["git", *words], cwd=folder, capture_output=True, timeout=PATIENCE, check=False)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            raise WhytuneError([Problem("no-git", "git is not installed, or does not answer")]) from None
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
            hint = (
                f"git says: {visible(said.removeprefix('fatal: '))[:160]}" if said else "name a commit, branch or tag"
            )
            raise WhytuneError([Problem("unknown-revision", f"git knows no `{short(wrong)}`", None, hint)])
        return done.stdout

    return git
