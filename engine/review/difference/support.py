"""The cuts that an edit made, and whether the words quoted as their source name them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from ...language.bounds import bound_at
from ...language.brief import brief
from ...language.citations import Source
from ...language.problems import Span
from ...language.rulebook import Rulebook
from ...language.stale_numbers import numbers_in
from ...language.translations import span_of
from .moved_cuts import MovedCuts, moved_cuts
from .part_changes import PartChange


class Unsupported(NamedTuple):
    """A cut of a band that was not there before, the words quoted for the band, none of which names it, and where."""

    band: str
    number: Decimal
    quotes: tuple[str, ...]
    documents: tuple[str, ...]
    span: Span | None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "band": self.band,
            "number": f"{self.number:f}",
            "quotes": list(self.quotes),
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
    quoting = [
        (source.document, quotes) for source in new.vocabulary.bands[moved.band].sources if (quotes := _quotes(source))
    ]
    worths = (worth for _, quotes in quoting for quote in quotes for _, worth in numbers_in(quote))
    named = frozenset[Decimal]().union(*worths)
    for cut in moved.new:
        number = bound_at(cut).number
        if quoting and named.isdisjoint((cut, number)):
            documents, quotes = zip(*quoting, strict=True)
            span = span_of(new, ("fact", moved.fact, "bands", moved.band, "source"))
            yield Unsupported(moved.band, number, tuple(wordings[0] for wordings in quotes), documents, span)


def _quotes(source: Source) -> tuple[str, ...]:
    """The words quoted, in every language, and as they stand in the document."""
    quotes = source.quote or ()
    original = source.original.quote if source.original else None
    wordings = (quotes,) if isinstance(quotes, str) else tuple(dict(quotes).values())
    return (*wordings, *filter(None, [original]))
