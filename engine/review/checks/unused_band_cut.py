"""A threshold that changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ...language.problems import Span
from ...language.rulebook import Rule
from ...language.text import Conditions
from ...language.vocabulary import Cut
from ...words.catalogue import in_both
from ...words.values import cut_at
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for cut in examined.rulebook.vocabulary.cuts:
        if not _is_awaited(examined, cut):
            place = examined.place("fact", cut.fact, "bands", cut.band, "cut_at")
            yield from examined.looked(cut.name, place, _found(examined, cut, place))


def _found(examined: Examination, cut: Cut, place: Span | None) -> Iterator[Found]:
    if any(_can_join(examined, *pair) for pair in _both_ways(cut)):
        parts = {"band": cut.band, "below": cut.below, "above": cut.above}
        telling = [rule for rule in examined.rulebook.rules if _tells_apart(rule, cut)]
        rules, others = _named(rule.id for rule in telling), _named(_covering(examined, cut, telling))
        key = "found_cut_not_tested" if not rules else "found_cut_covered" if others else "found_unused_band_cut"
        yield Found(cut.name, place, in_both(key, cut=cut_at(cut.at), rules=rules, others=others, **parts))


def _named(rules: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in dict.fromkeys(rules))


def _tells_apart(rule: Rule, cut: Cut) -> bool:
    """Does a condition of the rule accept one side of the cut and not the other?"""
    every = (rule.all_of, *chain.from_iterable(rule.any_of), *rule.except_if)
    accepted = (conditions.get(cut.band, ()) for conditions in every)
    return any((cut.below in values) != (cut.above in values) for values in accepted)


def _covering(examined: Examination, cut: Cut, telling: Iterable[Rule]) -> Iterator[str]:
    """The other rules with the effect of one that tells the sides apart, in force where that one is."""
    for rule in telling:
        yield from examined.others_with_its_effect(rule, examined.in_force(rule.id))


def _is_awaited(examined: Examination, cut: Cut) -> bool:
    """Does a fact or a decision depend on one side of the cut and not on the other?"""
    waits = [fact.only_if for fact in examined.rulebook.vocabulary.facts]
    waits += [decision.only_if for decision in examined.rulebook.decisions]
    accepted = (conditions.get(cut.band, ()) for conditions in waits)
    return any((cut.below in values) != (cut.above in values) for values in accepted)


def _both_ways(cut: Cut) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    return (cut.band, cut.below, cut.above), (cut.band, cut.above, cut.below)


def _can_join(examined: Examination, band: str, piece: str, like: str) -> bool:
    """Would all advice be the same if rules treated one piece of the band like the other?"""
    rules = examined.rulebook.testing(examined.rulebook.vocabulary.fact_of[band].fact)
    alike = (_treating(examined.rulebook.rule[name], band, piece, like) for name in rules)
    return examined.advises_the_same_with(*alike)


def _treating(rule: Rule, band: str, piece: str, like: str) -> Rule:
    def joined(conditions: Conditions) -> Conditions:
        if band not in conditions:
            return conditions
        kept = tuple(value for value in conditions[band] if value != piece)
        return {**conditions, band: (*kept, piece) if like in kept else kept}

    return rule.model_copy(
        update={
            "all_of": joined(rule.all_of),
            "any_of": tuple(tuple(map(joined, group)) for group in rule.any_of),
            "except_if": tuple(map(joined, rule.except_if)),
        }
    )
