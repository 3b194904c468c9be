"""Values as readers see them in one language: numbers, pieces of a number line, what a fact is, sources, digests."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, cast

from ..language.intervals import Interval
from ..language.rulebook import Document
from ..language.text import pick
from ..language.vocabulary import Band, Fact, Source, Strength
from .catalogue import Family, phrase

Bare = Literal["yes", "no", "concealed"]
"""The values without a label of their own: of a yes_no fact, and of any that a record keeps out."""

_BARE = Family[Bare]()
_STRENGTH = Family[Strength]("strength")

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


def number(value: Decimal) -> str:
    """The number with thousands separators."""
    return f"{value:,}"


def interval(cell: Interval, language: str) -> str:
    """The bounds of a piece of a number line, in words."""
    key = (
        "anything"
        if cell.low is None and cell.high is None
        else "below"
        if cell.low is None
        else "from"
        if cell.high is None
        else "between"
    )
    bounds = {name: number(bound) for name, bound in (("low", cell.low), ("high", cell.high)) if bound is not None}
    return phrase(key, language, **bounds)


def within(fact: Fact, cell: Interval, language: str) -> str:
    """The numbers of the fact in this interval, by the least and the greatest of them, both included."""
    low = None if cell.low == fact.least else cell.low
    high = None if cell.high is None else cell.high - fact.step
    high = None if high == fact.greatest else high
    if low is None:
        return (
            phrase("anything", language)
            if high is None
            else phrase("at_most", language, high=value(fact, high, language))
        )
    if high is None:
        return phrase("from", language, low=value(fact, low, language))
    return phrase("from_to", language, low=number(low), high=value(fact, high, language))


def piece(band: Band, name: str, language: str) -> str:
    """A piece of a band as readers see it: its label, else its bounds."""
    return pick(band.labels[name], language) if name in band.labels else interval(band.interval(name), language)


def value(fact: Fact, given: str | Decimal, language: str) -> str:
    """A value of the fact as readers see it: its label, yes or no, or a number with its unit."""
    if isinstance(given, Decimal):
        unit = f" {pick(fact.unit, language)}" if fact.unit else ""
        return number(given) + unit
    if given in fact.labels:
        return pick(fact.labels[given], language)
    return phrase(_BARE[cast(Bare, given)], language)


def cited(source: Source, documents: Iterable[Document], language: str, with_edition: bool = True) -> str:
    """The document that a source is in and the place in it, with what it rests on if it says so.

    And with its edition, unless that is a year or day which the place names.
    """
    document = next(declared for declared in documents if declared.document == source.document)
    place = phrase("cited", language, title=pick(document.title, language), place=source.place)
    edition = document.edition or ""
    is_named = _DAY.fullmatch(edition) and re.search(rf"\b{edition}\b", source.place)
    bounds = [edition] if with_edition and edition and not is_named else []
    bounds += [phrase(_STRENGTH[source.strength], language)] if source.strength else []
    return phrase("within", language, value=place, bounds=phrase("comma", language).join(bounds)) if bounds else place


def shown_digest(digest: str) -> str:
    """The beginning of a digest, as much as people read."""
    return f"{digest[:16]}…"
