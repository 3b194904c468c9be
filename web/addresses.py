"""Where a page leads: addresses that hold the whole case, so that a link is the case."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from whytune import Case
from whytune.engine.words.catalogue import LANGUAGES

from .asking import FACTS, FROM, OF_RECORD, Query

KeyValue = tuple[str, str]
"""A parameter of an address and its value; or an address and its label."""

_SETTING = ("rulebook", "as_of", "language")


def address_of(name: str, pairs: Iterable[KeyValue]) -> str:
    """The address of a page with these parameters."""
    return f"/{name}?{urlencode(list(pairs))}"


def others_than(query: Query, *names: str) -> list[KeyValue]:
    """The parameters of the query except these."""
    return [(key, value) for key in query.values if key not in names for value in query.all(key)]


def setting_of(query: Query) -> list[KeyValue]:
    """The rulebook, the day and the language."""
    return [(key, value) for key in _SETTING for value in query.all(key)]


def kept_of(query: Query) -> list[KeyValue]:
    """What goes along from page to page: rulebook, day, language, and the facts of the case or its record."""
    facts = given_of(query, FACTS)
    origin = [(FROM.name, name) for name in query.all(FROM.name) if facts]
    record = [(OF_RECORD.name, name) for name in query.all(OF_RECORD.name)]
    return [*setting_of(query), *origin, *record, *facts, *query.along]


def of_record(case: Case) -> list[KeyValue]:
    """The record that a case is of, by its whole id, if it is of one."""
    return [(OF_RECORD.name, case.replayed.record.id)] if case.replayed else []


def given_of(query: Query, prefix: str) -> list[KeyValue]:
    """The facts that the query gives with this prefix."""
    return [(key, value) for key in query.values if key.startswith(prefix) for value in query.all(key)]


def language_of_page(query: Query) -> str:
    """The language of what surrounds the answer: the one asked for, if whytune speaks it."""
    return next((one for one in query.all("language") if one in LANGUAGES), LANGUAGES[0])
