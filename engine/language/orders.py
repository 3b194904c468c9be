"""Numbers that bound each other: what is given for one limits the others, and may contradict what is given for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache

from .intervals import ANYTHING, Interval, PartlyKnown, cells_between
from .problems import Problem, Sentence, Span, listing
from .text import EXACT
from .value import UNKNOWN, Value, assumptions, limit_text
from .vocabulary import Vocabulary

Stretches = tuple[Interval, ...]
"""What a number may be, from low to high; nothing if what is given contradicts itself."""


def limits(vocabulary: Vocabulary, given: Mapping[str, Value]) -> dict[str, Interval]:
    """The interval that what is given leaves to each number that bounds another or is bounded."""
    return {name: _hull(left) for name, left in _left(vocabulary, given).items() if left}


def _left(vocabulary: Vocabulary, given: Mapping[str, Value]) -> dict[str, Stretches]:
    """What ranges, and all that is given, leave of each number that bounds another or is bounded."""
    if not vocabulary.orders:
        return {}
    bounding = {name for pair in vocabulary.orders for name in pair}
    own = _given_stretches(vocabulary, {name: value for name, value in given.items() if name in bounding})
    return _narrowed(vocabulary, own) if own else dict(_left_by_ranges(vocabulary))


@lru_cache(maxsize=32)
def _left_by_ranges(vocabulary: Vocabulary) -> Mapping[str, Stretches]:
    return _narrowed(vocabulary, {})


def _narrowed(vocabulary: Vocabulary, own: Mapping[str, Stretches]) -> dict[str, Stretches]:
    """What the numbers leave to each other if these may be only this."""
    left: dict[str, Stretches] = {
        name: (vocabulary.by_name[name].whole,) for pair in vocabulary.orders for name in pair
    }
    left.update(own)
    while True:
        before = dict(left)
        for low, high in vocabulary.orders:
            if left[high]:
                _narrow(left, low, Interval(None, left[high][-1].high))
            if left[low]:
                _narrow(left, high, Interval(left[low][0].low, None))
        if left == before:
            return left


def _narrow(left: dict[str, Stretches], name: str, limit: Interval) -> None:
    """Leaves of the number what lies within the limit."""
    if limit != ANYTHING:
        narrowed = (stretch.common(limit) for stretch in left[name])
        left[name] = tuple(stretch for stretch in narrowed if not stretch.is_empty)


def contradictions(
    vocabulary: Vocabulary, given: Mapping[str, Value], bounds: Mapping[str, Interval], spans: Mapping[str, Span]
) -> Iterator[Problem]:
    """Every two given numbers whose first is greater than the second but must not be; else what nothing is left of.

    `bounds` are the `limits` of what is given.
    """
    if not vocabulary.orders:
        return
    own = _given_stretches(vocabulary, given)
    if not own:
        return
    pairs = [(low, high) for low, high in vocabulary.orders if low in own and high in own]
    apart = [(low, high) for low, high in pairs if not _hull(own[low]).begins_before(_hull(own[high]))]
    for low, high in apart:
        message = Sentence(
            "`{low}` is {more}, more than `{high}`, which is {less}",
            low=low,
            more=given[low],
            high=high,
            less=given[high],
        )
        place = spans.get(high)
        hint = Sentence("`{fact}` is given at {place}", fact=high, place=str(place)) if place and place.line else None
        yield Problem("contradiction", message, spans.get(low), hint)
    if not apart:
        yield from _nothing_left(vocabulary, given, bounds, spans)


def _nothing_left(
    vocabulary: Vocabulary, given: Mapping[str, Value], bounds: Mapping[str, Interval], spans: Mapping[str, Span]
) -> Iterator[Problem]:
    """Every given number of which all that bound it, by their values or ranges, leave nothing."""
    for name in dict.fromkeys(name for pair in vocabulary.orders for name in pair):
        if name not in bounds and given.get(name, UNKNOWN) != UNKNOWN:
            value, others = given[name], listing(sorted(related(vocabulary, name) - {name}))
            message = Sentence(
                "`{fact}` is {value}, but the numbers that bound it leave nothing of that", fact=name, value=value
            )
            hint = Sentence("it is bound by {others}", others=others)
            yield Problem("contradiction", message, spans.get(name), hint)


def ordered(vocabulary: Vocabulary) -> set[tuple[str, str]]:
    """Every two numbers of which the first is never greater than the second, also by way of others."""
    pairs = set(vocabulary.orders)
    while more := {(low, above) for low, high in pairs for below, above in pairs if high == below} - pairs:
        pairs |= more
    return pairs


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
    match assumptions(vocabulary)[fact]:
        case Decimal() as value:
            stretches.append(Interval(value, EXACT.add(value, domain.fact.step)))
        case PartlyKnown(intervals=intervals):
            stretches += intervals
    return (end for stretch in stretches for end in (stretch.low, stretch.high) if end is not None)


def _given_stretches(vocabulary: Vocabulary, given: Mapping[str, Value]) -> dict[str, Stretches]:
    """What each given number may be."""
    stretches: dict[str, Stretches] = {}
    for name, value in given.items():
        if isinstance(value, Decimal):
            stretches[name] = (Interval(value, EXACT.add(value, vocabulary.by_name[name].step)),)
        elif isinstance(value, PartlyKnown) and value.intervals:
            stretches[name] = value.intervals
    return stretches


def _hull(stretches: Stretches) -> Interval:
    """The smallest interval that holds them all."""
    return Interval(stretches[0].low, stretches[-1].high)
