"""Values as readers see them in one language: numbers, pieces of a number line, what a fact is, sources, digests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Literal, cast

from ..language.bounds import Bound, bound_at, whole_bound_at
from ..language.citations import Source, Strength
from ..language.intervals import Interval
from ..language.rulebook import SourceDocument
from ..language.stale_numbers import stale_numbers
from ..language.text import EXACT, pick
from ..language.vocabulary import Band, Fact
from .catalogue import LANGUAGES, Family, phrase

Bare = Literal["yes", "no", "concealed"]
"""The values without labels of their own: those of a yes_no fact, and any that a record keeps out."""

_BARE = Family[Bare]()
_STRENGTH = Family[Strength]("strength")

_DAY = "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"


def number(value: Decimal) -> str:
    """The number with thousands separators."""
    return f"{value:,}"


def cut_text(at: Decimal, language: str) -> str:
    """The place where a number line is cut: at a number, or just above one."""
    bound = bound_at(at)
    return phrase("above", language, low=number(bound.number)) if bound.above else number(at)


def cut_at(at: Decimal) -> dict[str, str]:
    """The same in each of whytune's languages."""
    return {language: cut_text(at, language) for language in LANGUAGES}


def interval(fact: Fact, cell: Interval, language: str) -> str:
    """The bounds of a piece of the fact's number line, in words."""
    if (only := _only_number(fact, cell)) is not None:
        return number(only)
    as_bound = whole_bound_at if fact.kind == "whole_number" else bound_at
    low, high = (None if end is None else as_bound(end) for end in cell)
    return _between(low, high, language, number)


def _only_number(fact: Fact, cell: Interval) -> Decimal | None:
    """The number of the fact in this interval, if there is no other."""
    return cell.low if cell.low is not None and cell.high == EXACT.add(cell.low, fact.step) else None


def within(fact: Fact, cell: Interval, language: str) -> str:
    """The numbers of the fact in this interval, with its unit; for whole numbers, the last one is named."""
    if (only := _only_number(fact, cell)) is not None:
        return value(fact, only, language)
    low = None if cell.low is None or cell.low == fact.least else bound_at(cell.low)
    last = None if cell.high is None else EXACT.subtract(cell.high, fact.step)
    high = None if cell.high is None or last == fact.greatest else bound_at(cell.high)
    if fact.kind == "whole_number" and high and last is not None:
        high = Bound(last, above=True)
    return _between(low, high, language, lambda bound: value(fact, bound, language))


def _between(low: Bound | None, high: Bound | None, language: str, last: Callable[[Decimal], str]) -> str:
    """The text for what lies between two bounds; `last` gives the number that is named last."""
    if low is None and high is None:
        return phrase("anything", language)
    if high is None:
        assert low is not None
        return phrase("above" if low.above else "from", language, low=last(low.number))
    if low is None:
        return phrase("at_most" if high.above else "below", language, high=last(high.number))
    ends = {"low": number(low.number), "high": last(high.number)}
    if low.above:
        return phrase("above_to" if high.above else "above_and_below", language, **ends)
    return phrase("from_to" if high.above else "between", language, **ends)


def piece(fact: Fact, band: Band, name: str, language: str) -> str:
    """A piece of the fact's band as readers see it: its label, else its bounds."""
    return true_label(fact, band, name, language) or interval(fact, band.interval(name), language)


def true_label(fact: Fact, band: Band, name: str, language: str) -> str | None:
    """The label of a piece of the fact's band; None if it has none, or one that names a number which is no bound of it.

    An edit that moves a cut leaves such a label behind, and readers would go by it.
    """
    label = pick(band.labels[name], language) if name in band.labels else None
    return None if label is None or stale_numbers(fact, band, name, label) else label


def value(fact: Fact, given: str | Decimal, language: str) -> str:
    """A value of the fact as readers see it: its label, yes or no, or a number with its unit."""
    if isinstance(given, Decimal):
        unit = f" {pick(fact.unit, language)}" if fact.unit else ""
        return number(given) + unit
    if given in fact.labels:
        return pick(fact.labels[given], language)
    return phrase(_BARE[cast(Bare, given)], language)


def cited(source: Source, documents: Iterable[SourceDocument], language: str, with_edition: bool = True) -> str:
    """The document and place of a source, with what it rests on, if it says so.

    The edition is added unless it is a year or day that the place names.
    """
    document = next(declared for declared in documents if declared.document == source.document)
    written = pick(source.place, language)
    place = phrase("cited", language, title=pick(document.title, language), place=written)
    edition = document.edition or ""
    is_named = re.fullmatch(_DAY, edition) and re.search(rf"\b{edition}\b", written)
    bounds = [edition] if with_edition and edition and not is_named else []
    bounds += [phrase(_STRENGTH[source.strength], language)] if source.strength else []
    return phrase("within", language, value=place, bounds=phrase("comma", language).join(bounds)) if bounds else place


def shown_digest(digest: str) -> str:
    """The beginning of a digest, as much as people will read."""
    return f"{digest[:16]}…"
