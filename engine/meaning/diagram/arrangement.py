"""The order in which a diagram asks: facts that are tested together stand close together, whatever was declared.

How large a diagram becomes depends on this order, and nothing else does: what is asked next, and what is told first,
follows the order of the declarations. (FORCE: Aloul, Markov and Sakallah 2003.) What later decisions test comes before
what earlier ones do: so the diagram of an earlier decision is part of those of all that rest on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ...language.rulebook import Rulebook, StepKey

WIDE = 24
"""How many facts a diagram that is hardly worth trying would have to keep in mind."""
LONG = 8
"""How many decisions that rest on each other make a chain, for which the order matters most."""
MAX_ROUNDS = 80
"""How often facts are moved at most, until they stay where they are."""

Ties = Sequence[Collection[str]]
"""The facts that something ties together."""


def close_together(facts: Sequence[str], rulebooks: Collection[Rulebook]) -> tuple[str, ...]:
    """The facts of these rulebooks in an order in which those that a rule tests together are close to each other.

    It starts at one end, the fact that is reached last from another: from the middle, both sides would be interleaved.
    What only decisions test that rest on others comes before that, the latest first.
    """
    if not facts:
        return ()
    ties = _all_ties(rulebooks)
    end = _reached(facts, ties, facts[0])[-1]
    orders = [_reached(facts, ties, end)]
    for _ in range(MAX_ROUNDS):
        orders.append(_moved(orders[-1], ties))
        if orders[-1] == orders[-2]:
            break
    order = min(orders, key=lambda order: _length(order, ties))
    depths = _depths(rulebooks)
    return tuple(sorted(order, key=lambda fact: -depths.get(fact, 0)))


def is_wide(order: Sequence[str], rulebooks: Collection[Rulebook]) -> bool:
    """Is a diagram in this order hardly worth trying?"""
    return len(order) > WIDE and width(order, rulebooks) > WIDE


def is_chained(rulebooks: Iterable[Rulebook]) -> bool:
    """Do many decisions or conclusions rest on each other, the last one on facts of its own?"""
    return max(_depths(rulebooks).values(), default=0) >= LONG


def width(order: Sequence[str], rulebooks: Collection[Rulebook]) -> int:
    """The most facts that a diagram in this order may have to keep in mind at once: asked, and tied to one to come."""
    places = _places(order)
    last = dict.fromkeys(order, -1)
    for tie in _all_ties(rulebooks):
        end = max(places[fact] for fact in tie)
        last.update({fact: max(last[fact], end) for fact in tie})
    open_at = (sum(last[fact] > places[here] for fact in order[: places[here] + 1]) for here in order)
    return max(open_at, default=0)


def _all_ties(rulebooks: Collection[Rulebook]) -> Ties:
    return [tie for rulebook in rulebooks for tie in _ties(rulebook) if len(tie) > 1]


def _reached(facts: Sequence[str], ties: Ties, start: str) -> tuple[str, ...]:
    """The facts as they are reached from one of them: next comes the one most of whose ties lead to those reached."""
    ties_of = {fact: [number for number, tie in enumerate(ties) if fact in tie] for fact in facts}
    left, reached, pulling = dict.fromkeys(facts, 0), list[str](), set[int]()
    while left:
        fact = max(left, key=lambda name: left[name] / max(1, len(ties_of[name]))) if reached else start
        del left[fact]
        reached.append(fact)
        for number in (number for number in ties_of[fact] if number not in pulling):
            pulling.add(number)
            left.update({other: left[other] + 1 for other in ties[number] if other in left})
    return tuple(reached)


def _ties(rulebook: Rulebook) -> Iterator[Collection[str]]:
    """The facts that each rule, each `only_if` and each bound ties together."""
    fact_of = rulebook.vocabulary.fact_of
    for premise in rulebook.premises.values():
        yield {fact_of[test.subject].fact: None for test in premise.conditions() if test.subject in fact_of}
    for name, conditions in rulebook.vocabulary.applies_if.items():
        yield {name: None, **{fact_of[subject].fact: None for subject, _ in conditions}}
    yield from rulebook.vocabulary.orders


def _moved(order: Sequence[str], ties: Ties) -> tuple[str, ...]:
    """The facts by the mean of the middles of what ties them; a fact that nothing ties stays where it is."""
    places = _places(order)
    middles: dict[str, list[float]] = {fact: [] for fact in order}
    for tie in ties:
        middle = sum(places[fact] for fact in tie) / len(tie)
        for fact in tie:
            middles[fact].append(middle)
    pulled = {fact: sum(some) / len(some) if some else places[fact] for fact, some in middles.items()}
    return tuple(sorted(order, key=lambda fact: (pulled[fact], places[fact])))


def _depths(rulebooks: Iterable[Rulebook]) -> Mapping[str, int]:
    """How many decisions and conclusions, one resting on the other, come before each fact is first tested."""
    depths: dict[str, int] = {}
    for rulebook in rulebooks:
        fact_of, reached = rulebook.vocabulary.fact_of, dict[StepKey, int]()
        for step in rulebook.steps:
            before = max((reached[other] for other in rulebook.resting[step]), default=0)
            reached[step] = before if step[0] == "rule" else before + 1
            tested = (test.subject for test in rulebook.tested_by(step))
            for fact in (fact_of[subject].fact for subject in tested if subject in fact_of):
                depths[fact] = min(before, depths.get(fact, before))
    return depths


def _length(order: Sequence[str], ties: Ties) -> int:
    """How far apart tied facts are, in all."""
    places = _places(order)
    return sum(max(places[fact] for fact in tie) - min(places[fact] for fact in tie) for tie in ties)


def _places(order: Sequence[str]) -> Mapping[str, int]:
    return {fact: place for place, fact in enumerate(order)}
