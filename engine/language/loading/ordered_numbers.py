"""Do the numbers that bound each other go together? Their names, that none bounds itself, and what is assumed."""

from __future__ import annotations

from ..orders import contradictions, limits
from ..problems import Sentence, did_you_mean, listing
from ..value import Value, assumed
from ..vocabulary import Fact, Vocabulary
from .draft import Draft, Located, whole

KEYS = ("at_most", "at_least")


def check_orders(draft: Draft) -> None:
    """Reports every `at_most` and `at_least` that does not hold."""
    facts = {fact.fact: fact for fact in whole(draft.of(Fact))}
    for located in draft.of(Fact):
        for key in KEYS:
            fact = located.part
            if fact and fact.is_number and (named := getattr(fact, key)) is not None:
                _check_named(located, fact, key, named, facts, draft)


def check_order_of_all(draft: Draft) -> None:
    """Reports numbers that bound each other in a circle, or whose assumptions break a bound; all else is sound."""
    vocabulary = Vocabulary(whole(draft.of(Fact)))
    located = {one.name: one for one in draft.of(Fact)}
    for low, high in vocabulary.orders:
        if low == high:
            one = located[low]
            key = "at_most" if one.part and one.part.at_most else "at_least"
            hint = Sentence("leave one of the bounds out")
            draft.report("bad-bound", Sentence("`{fact}` bounds itself", fact=low), one.key(key), hint)
            return
    assumptions: dict[str, Value] = {}
    for fact in vocabulary.facts:
        if (value := assumed(fact)) is not None:
            assumptions[fact.fact] = value
    spans = {name: one.at("fact") for name, one in located.items()}
    for problem in contradictions(vocabulary, assumptions, limits(vocabulary, assumptions), spans):
        draft.report("assume-outside", Sentence("cannot be assumed: {why}", why=problem.message), problem.span)


def _check_named(
    located: Located[Fact], fact: Fact, key: str, named: str, facts: dict[str, Fact], draft: Draft
) -> None:
    numbers = [other.fact for other in facts.values() if other.kind == fact.kind and other is not fact]
    if named in numbers:
        return
    if named == fact.fact:
        draft.report("bad-bound", Sentence("`{fact}` bounds itself", fact=named), located.at(key), _numbers(numbers))
    elif named in facts:
        message = Sentence(
            "`{other}` cannot bound `{fact}`, a {kind} fact", other=named, fact=fact.fact, kind=fact.kind
        )
        draft.report("bad-bound", message, located.at(key), _numbers(numbers))
    elif all(other.name != named for other in draft.of(Fact)):  # one that is there has a mistake of its own
        message = Sentence("unknown fact `{name}`", name=named)
        draft.report("unknown-fact", message, located.at(key), did_you_mean(named, numbers) or _numbers(numbers))


def _numbers(numbers: list[str]) -> Sentence | None:
    return Sentence("it may be {names}", names=listing(numbers)) if numbers else None
