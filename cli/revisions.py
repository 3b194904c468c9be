"""A rulebook as it stood in a commit: `git:REVISION` or `git:REVISION:PATH`."""

from __future__ import annotations

import subprocess
from pathlib import PurePosixPath

from whytune.engine import Problem, Rulebook, WhytuneError, load
from whytune.engine.loading import BESIDE, loads
from whytune.engine.problems import short

MARK = "git:"
PATIENCE = 60
"""Seconds that git may take."""


def load_either(name: str, other: str) -> Rulebook:
    """The rulebook of this name, path or revision; a revision without a path takes that of the other rulebook.

    Raises WhytuneError: no-git, unknown-revision, missing-file, and all problems of the rulebook.
    """
    if not name.startswith(MARK):
        return load(name)
    revision, colon, path = name.removeprefix(MARK).partition(":")
    if not colon:
        path = other.removeprefix(MARK).partition(":")[2] if other.startswith(MARK) else other
    if not revision or revision.startswith("-") or not path:
        hint = "write git:REVISION:PATH, for example git:origin/main:my-rules"
        raise WhytuneError([Problem("unknown-revision", f"`{short(name)}` names no rulebook in a commit", None, hint)])
    return loads(_files(revision, path.rstrip("/")))


def _files(revision: str, path: str) -> dict[str, bytes]:
    """The files of the rulebook at this path, as of the revision, by what a reader should call them."""
    _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", wrong=revision)
    relative = path if path.startswith("/") else f"./{path}"
    kind = _git("cat-file", "-t", f"{revision}:{relative}", wrong=f"{revision}:{path}").strip()
    if kind == b"blob":
        return {f"{revision}:{path}": _git("cat-file", "blob", f"{revision}:{relative}", wrong=path)}
    listed = _git("ls-tree", "-z", "--name-only", f"{revision}:{relative}", wrong=path).decode().split("\0")
    names = [name for name in listed if PurePosixPath(name).suffix in (".yaml", ".yml") and not name.startswith(".")]
    found = {
        f"{revision}:{path}/{name}": _git("cat-file", "blob", f"{revision}:{relative}/{name}", wrong=name)
        for name in names
        if name not in BESIDE
    }
    if not found:
        raise WhytuneError([Problem("empty-file", f"no YAML files in `{short(path)}` as of `{short(revision)}`")])
    return found


def _git(*words: str, wrong: str) -> bytes:
    """What a git command prints; raises WhytuneError that names what is `wrong` if it fails."""
    try:
        done = subprocess.run(["git", *words], capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        raise WhytuneError([Problem("no-git", "git is not installed, or does not answer")]) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        hint = f"git says: {short(said.removeprefix('fatal: '))}" if said else "name a commit, branch or tag"
        raise WhytuneError([Problem("unknown-revision", f"git knows no `{short(wrong)}`", None, hint)])
    return done.stdout
