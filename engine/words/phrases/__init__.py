"""The few fixed phrases in which whytune speaks, in each of its languages, and how it writes numbers and lists.

A rulebook in another language gets the English phrase around its own words. Each table stands in a file of its own,
read when a phrase of it is first wanted:

answers     advice, its reasons, and the answers to questions about one case
checks      findings about a rulebook
costs       the approaches side by side, and what they cost
differences
            what an edit changes
editing     what a new rulebook, rule or case says to whoever fills it in
records     what a ledger holds, whether it verifies, and the page of one record
testing     the cases of a rulebook: what failed, what they cover, which changes they notice
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from importlib import import_module

from ...language.rulebook import Document
from ...language.text import pick
from ...language.vocabulary import Band, Fact, Interval, Source

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")

TABLES = ("answers", "checks", "costs", "differences", "editing", "records", "testing")
"""In the order in which a phrase is looked for."""


def cited(source: Source, documents: Iterable[Document], language: str, with_edition: bool = True) -> str:
    """The document that a source is in, the place in it, and its edition unless that is a year or day named there."""
    document = next(each for each in documents if each.document == source.document)
    said = phrase("cited", language, title=pick(document.title, language), place=source.place)
    edition = document.edition or ""
    is_named = _DAY.fullmatch(edition) and re.search(rf"\b{edition}\b", source.place)
    return phrase("within", language, value=said, bounds=edition) if with_edition and edition and not is_named else said


def shown_digest(digest: str) -> str:
    """As much of a digest as people read."""
    return f"{digest[:16]}…"


def phrase(key: str, language: str, /, **parts: str) -> str:
    """The phrase of this name in this language, English if it has none there."""
    known = _texts(key)
    return known.get(language, known["en"]).format(**parts)


@cache
def _texts(key: str) -> Mapping[str, str]:
    for name in TABLES:
        table: Mapping[str, Mapping[str, str]] = import_module(f"{__name__}.{name}").PHRASES
        if key in table:
            return table[key]
    raise KeyError(key)


LANGUAGES = ("en", "zh")
"""Those in which whytune itself speaks."""


def in_both(key: str, /, **parts: str | Mapping[str, str]) -> dict[str, str]:
    """The phrase in each of whytune's languages; a part is the same in all of them, or a text in each."""
    return {
        language: phrase(
            key,
            language,
            **{name: part if isinstance(part, str) else pick(part, language) for name, part in parts.items()},
        )
        for language in LANGUAGES
    }


def quoted(names: Iterable[str]) -> dict[str, str]:
    """The names one after the other, each in backticks."""
    return listed(dict.fromkeys(LANGUAGES, f"`{name}`") for name in names)


def listed(texts: Iterable[Mapping[str, str]], between: str = "comma") -> dict[str, str]:
    """The texts one after the other, `between` them a comma or a semicolon."""
    said = list(texts)
    return {language: phrase(between, language).join(text[language] for text in said) for language in LANGUAGES}


def in_each(languages: Iterable[str], key: str, **parts: Mapping[str, str]) -> dict[str, str]:
    """The phrase in each of these languages, its parts being texts in each of them."""
    return {
        language: phrase(key, language, **{name: pick(text, language) for name, text in parts.items()})
        for language in languages
    }


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


def value(fact: Fact, given: str | Decimal, language: str) -> str:
    """A value of the fact as readers see it: its label, yes or no, or a number with its unit."""
    if isinstance(given, Decimal):
        unit = f" {pick(fact.unit, language)}" if fact.unit else ""
        return number(given) + unit
    if given in fact.labels:
        return pick(fact.labels[given], language)
    return phrase(given, language)  # yes or no: the values of a choice all have labels


def piece(band: Band, name: str, language: str) -> str:
    """A piece of a band as readers see it: its label, else its bounds."""
    return pick(band.labels[name], language) if name in band.labels else interval(band.interval(name), language)
