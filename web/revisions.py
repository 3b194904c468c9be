"""A rulebook whose files are kept in git: as it was in a commit, and the commits in which it changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from whytune import Problem, WhytuneError
from whytune.engine import Rulebook as Content
from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.problems import Sentence, short

MARK = "git:"
"""What precedes the name of a commit, branch or tag in the name of a rulebook."""


class Revision(NamedTuple):
    """A commit in which the rulebook changed: its name, its day, and the first line of its message."""

    commit: str
    day: str
    subject: str


class Repository(NamedTuple):
    """The place of a rulebook, what loads it as it was in a revision, what lists its commits, the last first, and what
    reads the cases that stood beside it in a revision.
    """

    place: str
    load: Callable[[str], Content]
    history: Callable[[], Sequence[Revision]]
    cases: Callable[[str], Collection[WrittenCase]]

    def at(self, name: str) -> Content:
        """The rulebook in the revision with this name, which must not name another place; raises WhytuneError."""
        return self.load(_revision(name))

    def cases_at(self, name: str) -> Collection[WrittenCase]:
        """The cases beside it in the revision with this name; raises WhytuneError with every mistake in them."""
        return self.cases(_revision(name))


def _revision(name: str) -> str:
    """The revision that is named so, and no other place; raises WhytuneError: unknown-revision."""
    revision = name.removeprefix(MARK)
    if not revision or revision.startswith("-") or not revision.isprintable() or {*":?*[\\"} & {*revision}:
        message = Sentence("`{name}` names no commit, branch or tag", name=short(name))
        hint = Sentence("write git: and its name, for example git:HEAD")
        raise WhytuneError([Problem("unknown-revision", message, None, hint)])
    return revision
