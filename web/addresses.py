"""Where a page leads: addresses that hold the whole case, so that a link is the case."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from whytune.engine.words.catalogue import LANGUAGES

from .asking import Query

KeyValue = tuple[str, str]
"""A parameter of an address and its value; or an address and its label."""

_KEPT = ("rulebook", "as_of", "language")


def address_of(name: str, pairs: Iterable[KeyValue]) -> str:
    """The address of a page with these parameters."""
    return f"/{name}?{urlencode(list(pairs))}"


def others_than(query: Query, *names: str) -> list[KeyValue]:
    """The parameters of the query except these."""
    return [(key, value) for key in query.values if key not in names for value in query.all(key)]


def kept_of(query: Query) -> list[KeyValue]:
    """The rulebook, the day and the language, which go along from page to page."""
    return [(key, value) for key in _KEPT for value in query.all(key)]


def given_of(query: Query, prefix: str) -> list[KeyValue]:
    """The facts that the query gives with this prefix."""
    return [(key, value) for key in query.values if key.startswith(prefix) for value in query.all(key)]


def language_of_page(query: Query) -> str:
    """The language of what surrounds the answer: the one asked for, if whytune speaks it."""
    return next((one for one in query.all("language") if one in LANGUAGES), LANGUAGES[0])
