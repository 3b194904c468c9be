"""Numbers that bound each other: what is given for one limits the others, and may contradict what is given for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal

from .intervals import Interval, PartlyKnown, cells_between
from .problems import Problem, Sentence, Span
from .text import EXACT
from .value import Value, assumed, limit_text
from .vocabulary import Vocabulary


def limits(vocabulary: Vocabulary, given: Mapping[str, Value]) -> dict[str, Interval]:
    """The interval that what is given leaves to each number that bounds another or is bounded."""
    if not vocabulary.orders:
        return {}
    own = _hulls(vocabulary, given)
    narrowed = dict(own)
    for low, high in vocabulary.orders:
        if high in own and own[high].high is not None:
            _narrow(narrowed, low, Interval(None, own[high].high))
        if low in own and own[low].low is not None:
            _narrow(narrowed, high, Interval(own[low].low, None))
    return narrowed


def contradictions(vocabulary: Vocabulary, given: Mapping[str, Value], spans: Mapping[str, Span]) -> Iterator[Problem]:
    """Every two given numbers whose first is greater than the second but must not be."""
    own = _hulls(vocabulary, given)
    for low, high in vocabulary.orders:
        if low in own and high in own and not _can_be_in_order(own[low], own[high]):
            message = Sentence(
                "`{low}` is {more}, more than `{high}`, which is {less}",
                low=low,
                more=given[low],
                high=high,
                less=given[high],
            )
            place = spans.get(high)
            hint = Sentence("`{fact}` is given at {place}", fact=high, place=str(place)) if place else None
            yield Problem("contradiction", message, spans.get(low), hint)


def implied(vocabulary: Vocabulary, fact: str, limit: Interval) -> PartlyKnown | Decimal | None:
    """What the limit implies for a number that is not given; None if it leaves all its cells open."""
    domain = vocabulary.domains[fact]
    if domain.cells_within(limit) >= domain.cells_within(domain.fact.whole):
        return None
    return PartlyKnown(limit_text(domain.fact, limit), intervals=(limit,))


def related(vocabulary: Vocabulary, fact: str) -> frozenset[str]:
    """A number, the numbers that it bounds and those that bound it."""
    return frozenset((fact,)).union(*(pair for pair in vocabulary.orders if fact in pair))


def pieces(vocabulary: Vocabulary, fact: str) -> tuple[tuple[int, Interval], ...]:
    """The cells of a number, each cut where a number that it bounds, or that bounds it, is cut or assumed to lie.

    Anywhere within one piece, the number leaves the same cells to the others, and the same assumptions about them hold.
    """
    domain = vocabulary.domains[fact]
    ends = {end for name in related(vocabulary, fact) for end in _ends(vocabulary, name)}
    stretches = cells_between({end.quantize(domain.fact.step, ROUND_CEILING, EXACT) for end in ends})
    within = [stretch.common(domain.fact.whole) for stretch in stretches if stretch.meets(domain.fact.whole)]
    return tuple((cell, piece) for piece in within for cell in domain.cells_within(piece))


def _ends(vocabulary: Vocabulary, fact: str) -> Iterator[Decimal]:
    """Where the cells of a number, and what is assumed about it, begin and end."""
    domain = vocabulary.domains[fact]
    stretches = [cell for cell in domain.cells if isinstance(cell, Interval)]
    match assumed(domain.fact):
        case Decimal() as value:
            stretches.append(Interval(value, EXACT.add(value, domain.fact.step)))
        case PartlyKnown(intervals=intervals):
            stretches += intervals
    return (end for stretch in stretches for end in (stretch.low, stretch.high) if end is not None)


def _hulls(vocabulary: Vocabulary, given: Mapping[str, Value]) -> dict[str, Interval]:
    """For each given number, the smallest interval that holds everything it may be."""
    hulls = {}
    for name, value in given.items():
        if isinstance(value, Decimal):
            hulls[name] = Interval(value, EXACT.add(value, vocabulary.by_name[name].step))
        elif isinstance(value, PartlyKnown) and value.intervals:
            hulls[name] = Interval(value.intervals[0].low, value.intervals[-1].high)
    return hulls


def _narrow(narrowed: dict[str, Interval], name: str, limit: Interval) -> None:
    narrowed[name] = narrowed.get(name, Interval(None, None)).common(limit)


def _can_be_in_order(low: Interval, high: Interval) -> bool:
    """Does the first hold a number that is not greater than some number of the second?"""
    return low.low is None or high.high is None or low.low < high.high
