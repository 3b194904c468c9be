"""The cuts that an edit made, and whether the words quoted as their source name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from ...language.bounds import bound_at
from ...language.brief import brief
from ...language.citations import Source
from ...language.problems import Span
from ...language.rulebook import Rulebook
from ...language.stale_numbers import numbers_in
from ...language.text import pick
from ...language.translations import span_of
from .moved_cuts import MovedCuts, moved_cuts
from .part_changes import PartChange


class Unsupported(NamedTuple):
    """A cut of a band that was not there before, the words quoted for the band, none of which names it, and where."""

    band: str
    number: Decimal
    quotes: tuple[str | Mapping[str, str], ...]
    documents: tuple[str, ...]
    span: Span | None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "band": self.band,
            "number": f"{self.number:f}",
            "quotes": [pick(quote, "") for quote in self.quotes],
            "documents": list(self.documents),
            "place": str(self.span) if self.span else None,
        }


def unsupported(parts: Iterable[PartChange], new: Rulebook) -> Iterator[Unsupported]:
    """Each cut that a band of the new rulebook gained and that nothing quoted for the band says; none where nothing is
    quoted.
    """
    for moved in moved_cuts(parts):
        if moved.new:
            yield from _of_band(moved, new)


def _of_band(moved: MovedCuts, new: Rulebook) -> Iterator[Unsupported]:
    quoting = [source for source in new.vocabulary.bands[moved.band].sources if _wordings(source)]
    worths = (worth for source in quoting for words in _wordings(source) for _, worth in numbers_in(words))
    named = frozenset[Decimal]().union(*worths)
    for cut in moved.new:
        number = bound_at(cut).number
        if quoting and named.isdisjoint((cut, number)):
            quotes = tuple(source.quote or _wordings(source)[0] for source in quoting)
            span = span_of(new, ("fact", moved.fact, "bands", moved.band, "source"))
            yield Unsupported(moved.band, number, quotes, tuple(source.document for source in quoting), span)


def _wordings(source: Source) -> tuple[str, ...]:
    """The words quoted, in every language, and as they stand in the document."""
    quotes = source.quote or ()
    original = source.original.quote if source.original else None
    wordings = (quotes,) if isinstance(quotes, str) else tuple(dict(quotes).values())
    return (*wordings, *filter(None, [original]))
