"""A rulebook whose files are kept in git: as it stood in a commit, and in which commits it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from whytune import Problem, WhytuneError
from whytune.engine import Rulebook as Content
from whytune.engine.language.problems import Sentence, short

MARK = "git:"
"""Before the name of a commit, branch or tag, where a rulebook is named."""


class Revision(NamedTuple):
    """A commit in which the rulebook changed: its name, its day, and what its message says first."""

    commit: str
    day: str
    subject: str


class Repository(NamedTuple):
    """The place of a rulebook, what loads it as it stood in a revision, and what lists its commits, the last first."""

    place: str
    load: Callable[[str], Content]
    history: Callable[[], Sequence[Revision]]

    def at(self, name: str) -> Content:
        """The rulebook in the revision of this name, which names no other place; raises WhytuneError."""
        revision = name.removeprefix(MARK)
        if not revision or revision.startswith("-") or not revision.isprintable() or {*":?*[\\"} & {*revision}:
            message = Sentence("`{name}` names no commit, branch or tag", name=short(name))
            hint = Sentence("write git: and its name, for example git:HEAD")
            raise WhytuneError([Problem("unknown-revision", message, None, hint)])
        return self.load(revision)
