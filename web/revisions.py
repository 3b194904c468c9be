"""A rulebook whose files are kept in git: as it was in a commit, and the commits in which it changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from whytune import Problem, WhytuneError
from whytune.engine import Rulebook as Content
from whytune.engine.language.problems import Sentence, short

MARK = "git:"
"""What precedes the name of a commit, branch or tag in the name of a rulebook."""


class Revision(NamedTuple):
    """A commit in which the rulebook changed: its name, its day, and the first line of its message."""

    commit: str
    day: str
    subject: str


class Repository(NamedTuple):
    """The place of a rulebook, what loads it as it was in a revision, and what lists its commits, the last first."""

    place: str
    load: Callable[[str], Content]
    history: Callable[[], Sequence[Revision]]

    def at(self, name: str) -> Content:
        """The rulebook in the revision with this name, which must not name another place; raises WhytuneError."""
        revision = name.removeprefix(MARK)
        if not revision or revision.startswith("-") or not revision.isprintable() or {*":?*[\\"} & {*revision}:
            message = Sentence("`{name}` names no commit, branch or tag", name=short(name))
            hint = Sentence("write git: and its name, for example git:HEAD")
            raise WhytuneError([Problem("unknown-revision", message, None, hint)])
        return self.load(revision)
