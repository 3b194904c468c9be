"""A rulebook -> its mutants: rulebooks that differ from it in one rule, in one cut, or in when one decision applies.

What could not be loaded is not a mutant: a rule or an alternative without conditions, a cut outside the range of its
fact or not between its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import Any, Literal, NamedTuple, TypeVar

from ...language.bounds import bound_at
from ...language.rulebook import NOT_APPLICABLE, Decision, Place, Rule, Rulebook
from ...language.vocabulary import Band, Fact, Vocabulary

OneOf = TypeVar("OneOf")

MutantKind = Literal[
    "no_rule",
    "no_condition",
    "no_alternative",
    "no_exception",
    "no_yield",
    "other_option",
    "rules_out",
    "proposes",
    "moved_cut",
    "no_only_if",
]


class Mutant(NamedTuple):
    """A changed rulebook, what was changed in the rule, band or decision of this name, and the place of that.

    `detail` holds the subject of a condition, the number of an alternative from 1, a decision with the old and the new
    option (or the only option), or the old and the new cut.
    """

    rulebook: Rulebook
    kind: MutantKind
    name: str
    detail: tuple[str, ...]
    place: Place


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """All mutants, those of one rule or one fact together."""
    for rule in rulebook.rules:
        yield _without(rulebook, rule)
        for kind, detail, place, update in _changes(rulebook, rule):
            changed = rule.model_copy(update=update)
            if rule.asks_for_nothing or not changed.asks_for_nothing:
                yield Mutant(_with(rulebook, changed), kind, rule.id, detail, ("rule", rule.id, *place))
    for fact in rulebook.vocabulary.declared:
        for band in fact.bands:
            yield from _moved(rulebook, fact, band)
    for decision in rulebook.decisions:
        yield from _applying_more(rulebook, decision)


_Change = tuple[MutantKind, tuple[str, ...], Place, dict[str, Any]]


def _changes(rulebook: Rulebook, rule: Rule) -> Iterator[_Change]:
    for subject in rule.all_of:
        yield "no_condition", (subject,), ("if", subject), {"all_of": _less(rule.all_of, subject)}
    yield from _other_alternatives(rule)
    for index, exception in enumerate(rule.except_if):
        yield "no_exception", (), ("except_if",), {"except_if": _with_item(rule.except_if, index)}
        for subject in exception if len(exception) > 1 else ():
            weaker = _with_item(rule.except_if, index, _less(exception, subject))
            yield "no_condition", (subject,), ("except_if",), {"except_if": weaker}
    for other in rule.yields_to:
        left = tuple(name for name in rule.yields_to if name != other)
        yield "no_yield", (other,), ("yields_to",), {"yields_to": left}
    yield from _effects(rulebook, rule)


def _other_alternatives(rule: Rule) -> Iterator[_Change]:
    """Each alternative dropped, or one condition of it; alternatives are numbered through all lists."""
    number = 0
    for at, group in enumerate(rule.any_of):
        for index, alternative in enumerate(group):
            number += 1
            others = _with_item(group, index)
            update = {"any_of": _with_item(rule.any_of, at, *([others] if others else []))}
            yield "no_alternative", (str(number),), ("any_of",), update
            for subject in alternative if len(alternative) > 1 else ():
                weaker = _with_item(group, index, _less(alternative, subject))
                yield "no_condition", (subject,), ("any_of",), {"any_of": _with_item(rule.any_of, at, weaker)}


def _with_item(items: tuple[OneOf, ...], index: int, *instead: OneOf) -> tuple[OneOf, ...]:
    """The items with others, or none, in place of the one at this index."""
    return (*items[:index], *instead, *items[index + 1 :])


def _effects(rulebook: Rulebook, rule: Rule) -> Iterator[_Change]:
    """Each option exchanged for every other one, or proposed where it was ruled out, and the other way round."""
    for decision, options in rule.propose.items():
        single = [option.option for option in rulebook.decision[decision].options if not option.combines]
        for option in options:
            left = tuple(other for other in options if other != option)
            for other in (name for name in single if name not in options):
                update = {"propose": _say(rule.propose, decision, (*left, other))}
                yield "other_option", (decision, option, other), ("propose", decision), update
            yield (
                "rules_out",
                (decision, option),
                ("propose", decision),
                {
                    "propose": _say(rule.propose, decision, left),
                    "rule_out": _say(rule.rule_out, decision, (*rule.rule_out.get(decision, ()), option)),
                },
            )
    for decision, options in rule.rule_out.items():
        for option in options:
            left = tuple(other for other in options if other != option)
            if option in rulebook.decision[decision].combining:
                continue  # nothing but what it combines proposes it
            yield (
                "proposes",
                (decision, option),
                ("rule_out", decision),
                {
                    "rule_out": _say(rule.rule_out, decision, left),
                    "propose": _say(rule.propose, decision, (*rule.propose.get(decision, ()), option)),
                },
            )


def _less(conditions: Mapping[str, tuple[str, ...]], subject: str) -> dict[str, tuple[str, ...]]:
    return {name: values for name, values in conditions.items() if name != subject}


def _say(effects: Mapping[str, tuple[str, ...]], decision: str, options: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The effects with these options of one decision, each once; none if there are none."""
    changed = {**effects, decision: tuple(dict.fromkeys(options))}
    return {name: named for name, named in changed.items() if named}


def _without(rulebook: Rulebook, rule: Rule) -> Mutant:
    rules = tuple(other for other in rulebook.rules if other is not rule)
    return Mutant(replace(rulebook, rules=rules), "no_rule", rule.id, (), ("rule", rule.id))


def _with(rulebook: Rulebook, changed: Rule) -> Rulebook:
    return replace(rulebook, rules=tuple(changed if rule.id == changed.id else rule for rule in rulebook.rules))


def _moved(rulebook: Rulebook, fact: Fact, band: Band) -> Iterator[Mutant]:
    for index, old in enumerate(band.cut_at):
        for new in _elsewhere(fact, band, index):
            cuts = (*band.cut_at[:index], new, *band.cut_at[index + 1 :])
            bands = tuple(band.model_copy(update={"cut_at": cuts}) if part is band else part for part in fact.bands)
            changed = fact.model_copy(update={"bands": bands})
            facts = Vocabulary(changed if part is fact else part for part in rulebook.vocabulary.declared)
            moved = replace(rulebook, vocabulary=facts)
            yield Mutant(moved, "moved_cut", band.band, (str(old), str(new)), ("fact", fact.fact, "bands"))


def _applying_more(rulebook: Rulebook, decision: Decision) -> Iterator[Mutant]:
    """The decision without one condition under which it applies; the last stays where rules ask whether it applies."""
    name = decision.decision
    for subject in decision.only_if:
        left = _less(decision.only_if, subject)
        if left or not _is_asked_whether(rulebook, name):
            changed = decision.model_copy(update={"only_if": left})
            decisions = tuple(changed if other is decision else other for other in rulebook.decisions)
            place = ("decision", name, "only_if")
            yield Mutant(replace(rulebook, decisions=decisions), "no_only_if", name, (subject,), place)


def _is_asked_whether(rulebook: Rulebook, decision: str) -> bool:
    """Does a rule or another decision ask whether this one applies?"""
    tested = chain(*(premise.conditions() for premise in rulebook.premises.values()), *rulebook.applies_if.values())
    return any(condition.subject == decision and NOT_APPLICABLE in condition.accepts for condition in tested)


def _elsewhere(fact: Fact, band: Band, index: int) -> list[Decimal]:
    """One step away, and half way to the neighbouring cuts; half and double where there are none.

    For numbers that need not be whole, a step leads from 130 to just above it, or back.
    """
    old, step = band.cut_at[index], fact.step
    low = band.cut_at[index - 1] if index else None
    high = band.cut_at[index + 1] if index + 1 < len(band.cut_at) else None
    far = [(old + low) / 2 if low is not None else old / 2, (old + high) / 2 if high is not None else old * 2]
    steps = (-1, 1) if fact.kind == "whole_number" else (-1,) if bound_at(old).above else (1,)
    wanted = [*(old + step * way for way in steps), *(_plain(value // step * step) for value in far)]
    return [
        value
        for value in dict.fromkeys(wanted)
        if value != old
        and (low is None or low < value)
        and (high is None or value < high)
        and (fact.least is None or fact.least < value)
        and (fact.greatest is None or value <= fact.greatest)
    ]


def _plain(value: Decimal) -> Decimal:
    """The number as people write it, without trailing zeros."""
    return Decimal(format(value.normalize(), "f"))
