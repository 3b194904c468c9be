"""The cuts that an edit made, and whether the words quoted as their source, or that of a rule which tests them, name
them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from ...language.bounds import bound_at
from ...language.brief import brief
from ...language.citations import Source
from ...language.problems import Span
from ...language.rulebook import Rulebook
from ...language.stale_numbers import numbers_in
from ...language.text import pick
from ...language.translations import span_of
from ...language.vocabulary import Band
from .moved_cuts import MovedCuts, moved_cuts
from .part_changes import PartChange


class Unsupported(NamedTuple):
    """A cut of a band that was not there before, the words quoted for the band, none of which names it, and where.

    Or those quoted for a `rule` that holds up to this cut now, and that name one up to which it no longer holds.
    """

    band: str
    number: Decimal
    quotes: tuple[str | Mapping[str, str], ...]
    documents: tuple[str, ...]
    span: Span | None
    rule: str | None = None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "band": self.band,
            "rule": self.rule,
            "number": f"{self.number:f}",
            "quotes": [pick(quote, "") for quote in self.quotes],
            "documents": list(self.documents),
            "place": str(self.span) if self.span else None,
        }


def unsupported(parts: Iterable[PartChange], old: Rulebook, new: Rulebook) -> Iterator[Unsupported]:
    """Each cut that a band of the new rulebook gained and that nothing quoted for the band says; then each by which a
    rule tests the band, if what is quoted for the rule names the old one alone. None where nothing is quoted.
    """
    moved = [cuts for cuts in moved_cuts(parts) if cuts.new]
    for cuts in moved:
        yield from _of_band(cuts, new)
    for cuts in (cuts for cuts in moved if cuts.band in old.vocabulary.bands):
        yield from _of_rules(cuts.band, old, new)


def _of_band(moved: MovedCuts, new: Rulebook) -> Iterator[Unsupported]:
    quoting = _quoting(new.vocabulary.bands[moved.band].sources)
    named = _named(quoting)
    for cut in moved.new:
        if quoting and named.isdisjoint(_spellings(cut)):
            span = span_of(new, ("fact", moved.fact, "bands", moved.band, "source"))
            yield _unsupported(moved.band, cut, quoting, span)


def _of_rules(band: str, old: Rulebook, new: Rulebook) -> Iterator[Unsupported]:
    for rule in new.premises:
        was, now = (_tested(rulebook, rule, band) for rulebook in (old, new))
        quoting = _quoting(new.rule[rule].sources)
        named = _named(quoting)
        stale = any(not named.isdisjoint(_spellings(cut)) for cut in was - now)
        for cut in sorted(now - was):
            if stale and named.isdisjoint(_spellings(cut)):
                span = span_of(new, ("rule", rule, "source"))
                yield _unsupported(band, cut, quoting, span)._replace(rule=rule)


def _tested(rulebook: Rulebook, rule: str, band: str) -> frozenset[Decimal]:
    """The cuts by which a rule tests a band; none if there is no such rule."""
    premise, declared = rulebook.premises.get(rule), rulebook.vocabulary.bands[band]
    conditions = premise.conditions() if premise else ()
    accepted = (condition.accepts for condition in conditions if condition.subject == band)
    return frozenset(end for pieces in accepted for end in _ends(declared, pieces))


def _ends(band: Band, pieces: Collection[str]) -> Iterator[Decimal]:
    """The cuts between a piece that is one of these and one that is not."""
    for cut, (below, above) in zip(band.cut_at, pairwise(band.values), strict=True):
        if (below in pieces) != (above in pieces):
            yield cut


def _unsupported(band: str, cut: Decimal, quoting: Sequence[Source], span: Span | None) -> Unsupported:
    quotes = tuple(source.quote or _wordings(source)[0] for source in quoting)
    return Unsupported(band, bound_at(cut).number, quotes, tuple(source.document for source in quoting), span)


def _quoting(sources: Iterable[Source]) -> list[Source]:
    return [source for source in sources if _wordings(source)]


def _named(quoting: Iterable[Source]) -> frozenset[Decimal]:
    """All numbers that the quotes may mean."""
    worths = (worth for source in quoting for words in _wordings(source) for _, worth in numbers_in(words))
    return frozenset[Decimal]().union(*worths)


def _spellings(cut: Decimal) -> tuple[Decimal, Decimal]:
    """The numbers by which a text names a cut."""
    return cut, bound_at(cut).number


def _wordings(source: Source) -> tuple[str, ...]:
    """The words quoted, in every language, and as they stand in the document."""
    quotes = source.quote or ()
    original = source.original.quote if source.original else None
    wordings = (quotes,) if isinstance(quotes, str) else tuple(dict(quotes).values())
    return (*wordings, *filter(None, [original]))
