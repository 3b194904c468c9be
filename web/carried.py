"""A case on its way to another page: what of it goes with the question, and what its rulebook does not take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

from whytune import Rulebook, WhytuneError
from whytune.engine.language.case import fitting, from_python, values_given
from whytune.engine.language.problems import visible
from whytune.engine.language.value import UNKNOWN, Value
from whytune.engine.language.vocabulary import YES_NO, Vocabulary
from whytune.engine.words.catalogue import phrase

from .addresses import KeyValue, given_of
from .asking import FACTS, FROM, OF_RECORD, Query
from .routes import Endpoint


def put(route: Endpoint, query: Query) -> Query:
    """The question that the address of a page puts, without what only goes along; raises WhytuneError."""
    if FACTS not in route.prefixes:
        along = (OF_RECORD.name,) if route.estimates else ()  # elsewhere a record means nothing
        return _without(query, lambda key: key.startswith(FACTS) or key in along)
    if query.text(FROM.name) is None:
        return query
    taken = _taken(query)
    asked = _without(query, lambda key: key.startswith(FACTS) and key not in taken)
    left = tuple((key, text) for key, text in given_of(query, FACTS) if key not in taken)
    return replace(asked, along=((FROM.name, query.needed(FROM.name)), *left) if left else ())


def as_described(query: Query) -> Query:
    """The query with the facts that only go along, as the fields of a form show them."""
    keys = dict.fromkeys(key for key, _ in query.along)
    return replace(query, values={**query.values, **{key: _texts(query.along, key) for key in keys}})


def without_field(query: Query) -> list[KeyValue]:
    """What goes along of a case as it was described, and has no field among those of all facts; raises WhytuneError."""
    return [*((FROM.name, name) for name in query.all(FROM.name)), *_unknown(query, query.book().content.vocabulary)]


def _texts(pairs: Iterable[KeyValue], name: str) -> tuple[str, ...]:
    return tuple(text for key, text in pairs if key == name)


def origin_for(name: str, asked: str, query: Query) -> str | None:
    """For which rulebook a case was described, where the one of this name is asked next; None if for that one alone."""
    if name == asked or query.text(FROM.name) not in (None, name):
        origin = query.text(FROM.name) or asked
        return None if origin == name else origin
    if query.text(FROM.name) is None:
        return asked
    with suppress(WhytuneError):
        return asked if _unknown(query, query.library.book(name, query.day(), None).content.vocabulary) else None
    return None


def _unknown(query: Query, vocabulary: Vocabulary) -> list[KeyValue]:
    return [(key, text) for key, text in given_of(query, FACTS) if key.removeprefix(FACTS) not in vocabulary.by_name]


def left_out(query: Query, language: str) -> str:
    """What the rulebook asked does not take of a case that was described for another; empty if it takes all.

    Raises WhytuneError.
    """
    if query.text(FROM.name) is None:
        return ""
    book, other = query.book(), query.library.spoken(query.needed(FROM.name), query.day(), language)
    taken = _taken(query)
    left = dict.fromkeys(key for key, _ in given_of(query, FACTS) if key not in taken)
    if not left:
        return ""
    facts = phrase("semicolon", language).join(_told(other, key, query) for key in left)
    names = {"rulebook": visible(book.content.name), "other": visible(other.content.name)}
    return phrase("page_left_behind", language, facts=facts, **names)


def _without(query: Query, is_left: Callable[[str], bool]) -> Query:
    kept = {key: values for key, values in query.values.items() if not is_left(key) and key != FROM.name}
    return replace(query, values=kept)


def _taken(query: Query) -> set[str]:
    """The parameters of facts that the rulebook knows, with values that apply, or that neither rulebook can read.

    Raises WhytuneError.
    """
    vocabulary = query.book().content.vocabulary
    keys = dict.fromkeys(key for key, _ in given_of(query, FACTS) if key.removeprefix(FACTS) in vocabulary.by_name)
    given = {key: values for key in keys if (values := _values(vocabulary, key, query)) is not None}
    other = query.library.book(query.needed(FROM.name), query.day(), None).content.vocabulary
    mistaken = {key for key in keys.keys() - given.keys() if _values(other, key, query) is None}
    fits = fitting(vocabulary, {name: value for values in given.values() for name, value in values.items()}).stated
    return mistaken | {key for key, values in given.items() if values.keys() <= fits.keys()}


def _values(vocabulary: Vocabulary, key: str, query: Query) -> dict[str, Value] | None:
    """The value of each fact that one parameter gives; None if the vocabulary cannot read it."""
    texts = query.all(key)
    written = from_python({key.removeprefix(FACTS): texts if len(texts) > 1 else texts[0]})
    with suppress(WhytuneError):
        return values_given(vocabulary, written)[0]
    return None


def _told(book: Rulebook, key: str, query: Query) -> str:
    """A fact and its value in the words of a rulebook, as far as it knows them."""
    name, speaker = key.removeprefix(FACTS), book.speaker
    fact = book.content.vocabulary.by_name.get(name)
    if fact is None:
        return visible(f"{name} = {', '.join(query.all(key))}")
    known = (*(fact.values or YES_NO), UNKNOWN)
    values = (speaker.value(name, text) if text in known else visible(text) for text in query.all(key))
    return speaker.pair(speaker.fact(name), speaker.listed(values))
