"""The rulebooks and the ledger that are served: loaded once, asked by name, so that no request opens a path."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import date
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import whytune
from whytune import Case, Problem, Recommendation, Rulebook, Span, WhytuneError
from whytune.days import check_reviews, today_or
from whytune.engine import Rulebook as Content
from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.loading import folder_of, shipped
from whytune.engine.language.problems import Sentence, did_you_mean, listing, short
from whytune.engine.ledger.checkpoint import Checkpoint
from whytune.engine.ledger.record import Circumstances
from whytune.engine.ledger.replay import Ready
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.speaker import Speaker, language_or_first
from whytune.keeping import made, stored
from whytune.kept import Revealed
from whytune.kept_together import JointRecorder
from whytune.reopening import kept_out, reopened

from .examinations import Examinations
from .revisions import MARK, Repository

KEPT = 64
"""How many rulebooks are kept ready, each on a day and in a language."""


Save = Callable[[Path, Mapping[str, str], Mapping[str, bytes | None]], None]
"""Writes texts under a folder, by path, each in place of what it says is there: all or nothing."""


class Desk(NamedTuple):
    """The place of the rulebook that may be edited, and what saves its files."""

    place: str
    save: Save


def _edition(books: Mapping[str, Rulebook]) -> str:
    """What tells these rulebooks from others, also by where in its files each part stands: that is told, too."""
    contents = sorted((name, book.content.digest, str([*book.content.places.items()])) for name, book in books.items())
    return sha256(repr(contents).encode()).hexdigest()


class Bookcase:
    """Rulebooks by name, the default first, and at most one ledger.

    Its `edition` is another after each edit of a rulebook.
    """

    def __init__(
        self,
        books: Iterable[Rulebook],
        ledger: str | None = None,
        desk: Desk | None = None,
        signed: tuple[Checkpoint, ...] = (),
        repository: Repository | None = None,
        *,
        records: bool = True,
    ) -> None:
        """The files of rulebooks are read only for records; the ledger has to meet what was `signed`.

        Raises WhytuneError: duplicate-id, for two with one name.
        """
        self.books: dict[str, Rulebook] = {}
        for book in books:
            name = book.content.name
            if name in self.books:
                message = Sentence("two of the rulebooks are called `{name}`", name=short(name))
                raise WhytuneError([Problem("duplicate-id", message, None, Sentence("serve one of them"))])
            self.books[name] = book
        self.edition = _edition(self.books)
        self.ledger, self.desk, self.signed, self.repository = ledger, desk, signed, repository
        self._ready = lru_cache(KEPT)(self._prepared)
        self.examinations = Examinations()
        self._kept_rules = Ready()
        self._recorder = JointRecorder(ledger) if records and ledger is not None else None
        self._stored = {name: stored(book.place) for name, book in self.books.items()} if self._recorder else {}

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy for another process, which answers but records nothing."""
        return partial(Bookcase, records=False), (
            tuple(self.books.values()),
            self.ledger,
            self.desk,
            self.signed,
            self.repository,
        )

    def __repr__(self) -> str:
        return f"<Bookcase: {', '.join(self.books)}>"

    @property
    def default(self) -> str:
        return next(iter(self.books))

    def book(self, name: str | None, day: date | None, language: str | None) -> Rulebook:
        """The rulebook of this name, or the first, on a day, or today; raises WhytuneError."""
        return self._ready(name, today_or(day), language)

    def spoken(self, name: str, day: date | None, language: str) -> Rulebook:
        """The rulebook of this name, in this language if it has it; raises WhytuneError."""
        book = self.book(name, day, None)
        return book.in_language(language) if language in book.content.languages else book

    def _prepared(self, name: str | None, day: date, language: str | None) -> Rulebook:
        wanted = name or self.default
        if wanted not in self.books:
            hint = did_you_mean(wanted, self.books) or Sentence("it may be {names}", names=listing(self.books))
            message = Sentence("unknown rulebook `{name}`", name=short(wanted))
            raise WhytuneError([Problem("unknown-rulebook", message, None, hint)])
        book = self.books[wanted].as_of(day)
        check_reviews(book.content, day)
        return book.in_language(language) if language else book

    def named(self, name: str, day: date | None, language: str | None) -> Rulebook:
        """The rulebook of this name, or as it stood in the revision `git:NAME`; raises WhytuneError."""
        if self.repository is None or not name.startswith(MARK):
            return self.book(name, day, language)
        content = self.repository.at(name)
        spoken = language_or_first(content.languages, language)
        return Rulebook(content, self.repository.place, today_or(day), spoken)

    def committed_cases(self, name: str) -> Collection[WrittenCase] | None:
        """The cases beside the rulebook in the revision `git:NAME`; None for one that is served as it is."""
        if self.repository is None or not name.startswith(MARK):
            return None
        return self.repository.cases_at(name)

    def may_edit(self, book: Rulebook) -> bool:
        """May the files of this rulebook be written?"""
        return self.desk is not None and book.place == self.desk.place

    def reload(self, book: Rulebook) -> None:
        """Reloads a rulebook that was edited, whatever its name is now; raises WhytuneError."""
        edited = whytune.load(book.place)
        books = [edited if one.place == book.place else one for one in self.books.values()]
        if self.ledger is not None:  # first of all, so that every answer can be recorded, one under way by its old name
            self._stored = {**self._stored, edited.content.name: stored(edited.place)}
        self.books = {one.content.name: one for one in books}
        self.edition = _edition(self.books)
        self._ready = lru_cache(KEPT)(self._prepared)  # a new one: whoever is at work keeps the one they began with

    def keep(self, answer: Recommendation, circumstances: Circumstances) -> str:
        """Records an answer by one of the rulebooks, and returns the id of the record once it is on disk.

        Raises WhytuneError: not-a-ledger if none is served; or what an append raises, and then nothing was added.
        """
        if self._recorder is None:
            raise _no_ledger()
        kept = made(answer, self._stored[answer.rulebook.name], circumstances, keep_sensitive=False)
        return self._recorder.keep(kept)

    def opened(self) -> AbstractContextManager[Ledger]:
        """The ledger, for reading; raises WhytuneError: not-a-ledger if none is served."""
        if self.ledger is None:
            raise _no_ledger()
        return Ledger.to_read(self.ledger)

    def recorded(self, identity: str, language: str | None, revealed: Revealed) -> Case:
        """The case of the record with this id, in this language if its rulebook has it, else in that one's first.

        `revealed` gives what it keeps out. Raises WhytuneError.
        """
        with self.opened() as ledger:
            return reopened(ledger, identity, partial(_spoken, language), revealed, self._kept_rules)

    def kept_out(self, identity: str, language: str | None) -> tuple[Collection[str], Speaker]:
        """The facts whose values this record keeps out, and the words of its rulebook; raises WhytuneError."""
        with self.opened() as ledger:
            return kept_out(ledger, identity, partial(_spoken, language), self._kept_rules)


def _spoken(language: str | None, rulebook: Content) -> str:
    return language_or_first(rulebook.languages, language)


def _no_ledger() -> WhytuneError:
    hint = Sentence("start it with one: --ledger LEDGER")
    return WhytuneError([Problem("not-a-ledger", Sentence("the service keeps no ledger"), None, hint)])


def library(
    own: Iterable[str],
    ledger: str | None,
    desk: Desk | None = None,
    signed: tuple[Checkpoint, ...] = (),
    repository: Repository | None = None,
) -> Bookcase:
    """The rulebooks at these places, one of them to be edited; then those that come with whytune and have other names.

    Raises WhytuneError: wrong-type, for one to be edited that is not a folder.
    """
    if desk is not None and folder_of(desk.place) is None:
        hint = Sentence("a rulebook to be edited is a folder of .yaml files")
        raise WhytuneError([Problem("wrong-type", Sentence("this is not a folder"), Span(short(desk.place)), hint)])
    first = [one.place for one in (desk, repository) if one is not None]
    books = [whytune.load(place) for place in dict.fromkeys((*first, *own))]
    names = {book.content.name for book in books}
    own_and_shipped = [*books, *(whytune.load(name) for name in shipped() if name not in names)]
    return Bookcase(own_and_shipped, ledger, desk, signed, repository)


def shelved(places: Iterable[str], ledger: str | None) -> Bookcase:
    """The rulebooks at these places, each once; raises WhytuneError."""
    return Bookcase([whytune.load(place) for place in dict.fromkeys(places)], ledger)
