"""What the first page says before anything is asked: which rulebooks are served, and what can be done with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from whytune.engine.words.catalogue import phrase
from whytune.prose.document import Heading
from whytune.prose.page import elements
from whytune.prose.shelf import served

from .addresses import KeyValue, address_of, setting_of
from .asking import RULEBOOK, Query


def shelf(query: Query, language: str) -> Iterator[Markup]:
    """Every rulebook with what it is and links to its pages, the one that answers here first; then the ledger."""
    here = query.book().content.name
    yield from elements([Heading(phrase("page_shelf", language))])
    for name in sorted(query.library.books, key=lambda name: name != here):
        book = query.library.spoken(name, query.day(), language)
        entry = served(book.speaker, book.place, is_here=name == here, may_edit=query.library.may_edit(book))
        yield from elements([entry])
        yield _in_line(_of_rulebook(name, query, language, is_here=name == here))
    if query.library.ledger is not None:
        yield from elements([Heading(phrase("page_shelf_ledger", language))])
        yield _in_line(_of_ledger(language))


def _of_rulebook(name: str, query: Query, language: str, *, is_here: bool) -> Iterator[KeyValue]:
    """Where a rulebook is asked, read, tested and edited."""
    about = [(RULEBOOK.name, name), *((key, value) for key, value in setting_of(query) if key != RULEBOOK.name)]
    yield (
        (address_of("next", about), phrase("page_one_by_one", language))
        if is_here
        else (address_of("advise", about), phrase("page_shelf_ask", language))
    )
    yield address_of("rules", about), phrase("page_shelf_read", language)
    yield address_of("edit", about), phrase("page_shelf_edit", language)


def _of_ledger(language: str) -> Iterator[KeyValue]:
    """Where the records are read, counted and proved."""
    about = [("language", language)]
    yield address_of("records", about), phrase("page_records", language)
    yield address_of("stats", about), phrase("page_stats", language)
    yield address_of("verify", about), phrase("page_verify_all", language)


def _in_line(pairs: Iterable[KeyValue]) -> Markup:
    made = (Markup('<a href="{}">{}</a>').format(*pair) for pair in pairs)
    return Markup('<p class="ways">{}</p>').format(Markup(" · ").join(made))
