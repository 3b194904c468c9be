"""Keeping a recommendation in a ledger; the clock is read and the salt is drawn here, at the edge."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib.metadata import version

from whytune.engine import Problem, Recommendation, Rulebook, Span, WhytuneError
from whytune.engine.language.loading import files_of, loads
from whytune.engine.language.problems import Sentence, short
from whytune.engine.ledger.drafting import Drafting
from whytune.engine.ledger.record import Circumstances, Entry, Moment
from whytune.engine.ledger.store import Ledger

SALT = 32
"""Length of a salt in bytes, the same as that of the hash."""


@dataclass(frozen=True)
class Stored:
    """The files of the rulebook with this name or path, to be kept with a record."""

    place: str
    content: Rulebook
    files: Mapping[str, bytes]

    @cached_property
    def drafting(self) -> Drafting:
        """What drafts records of recommendations by it."""
        return Drafting(self.content, self.files, software())


def stored(rulebook: str) -> Stored:
    """The current files of the rulebook with this name or path; raises WhytuneError, also for odd file names."""
    if not rulebook:
        message = Sentence("the rulebook of this case is kept in a ledger, not in files")
        hint = Sentence("ask the case by a rulebook that is loaded")
        raise WhytuneError([Problem("missing-file", message, None, hint)])
    files = files_of(rulebook)
    if strange := [name for name in files if not name.isprintable()]:
        message = Sentence("a record cannot hold a file called `{file}`", file=short(strange[0]))
        raise WhytuneError([Problem("bad-text", message, Span(rulebook), Sentence("rename it in plain letters"))])
    return Stored(rulebook, loads(files), files)


def made(answer: Recommendation, book: Stored, circumstances: Circumstances, keep_sensitive: bool) -> Entry:
    """The entry that records a recommendation; raises WhytuneError: rulebook-changed."""
    check_unchanged(answer, book)
    return book.drafting.entry(answer, circumstances, new_salt(keep_sensitive))


def check_unchanged(answer: Recommendation, book: Stored) -> None:
    """Raises WhytuneError, rulebook-changed, if this recommendation is by other rules than are stored."""
    if book.content.digest != answer.rulebook.digest:
        hint = Sentence("nothing was recorded; ask again")
        message = Sentence("the rulebook was edited while the advice was given")
        raise WhytuneError([Problem("rulebook-changed", message, Span(book.place), hint)])


@cache
def software() -> Mapping[str, str]:
    """The programs that compute recommendations, with their versions."""
    return {"durable_rules": version("durable-rules"), "whytune": version("whytune")}


def new_salt(keep_sensitive: bool) -> bytes | None:
    """A salt with which sensitive facts are kept out; none if they are kept."""
    return None if keep_sensitive else secrets.token_bytes(SALT)


def system_clock() -> Moment:
    """The current time by the system clock."""
    return Moment(datetime.now(UTC))


def write(ledger: str, record: Entry, clock: Callable[[], Moment] = system_clock) -> str:
    """Appends to the ledger at this path and returns the record's id once it is on disk; raises WhytuneError."""
    with Ledger.to_append(ledger) as open_ledger:
        return open_ledger.append(record, clock).id
