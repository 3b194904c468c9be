"""What a rulebook means for one case, in three-valued logic (Kleene's): the definition that all else is tested against.

A condition is true if it accepts every value that its subject may have, false if it accepts none of them, otherwise
unknown. A rule is in force if its premise is true, not in force if it is false, and open if it is unknown. Everything
else follows from the states of rules; nothing depends on the order of anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ..language.rulebook import NOT_APPLICABLE, REFER, Condition, Decision, Premise, Rulebook

Truth = bool | None
"""True, False, or None for unknown."""

Knowledge = Mapping[str, str | frozenset[str]]
"""Subject -> its value, or its possible values if it is known in part."""

RuleState = Literal["in_force", "not_in_force", "open"]

OptionState = Literal["stands", "ruled_out", "proposed", "not_proposed", "open"]

_STANDS: Mapping[OptionState, Truth] = {
    "stands": True,
    "ruled_out": False,
    "proposed": None,
    "not_proposed": False,
    "open": None,
}


class Meaning(NamedTuple):
    """What holds in one case: rules in force, conclusions, states of options, the advice (None while open), cautions.

    `applies` says whether each decision applies: if not, its advice is `not_applicable`. `cautions` says, for each
    (decision, rule that cautions about it), whether the caution is told.
    """

    rules: Mapping[str, Truth]
    conclusions: Mapping[str, Truth]
    options: Mapping[tuple[str, str], OptionState]
    advice: Mapping[str, str | None]
    cautions: Mapping[tuple[str, str], Truth]
    applies: Mapping[str, Truth]


def rule_state(truth: Truth) -> RuleState:
    """The state of a rule whose premise is true, false or unknown."""
    return "open" if truth is None else "in_force" if truth else "not_in_force"


def does_stand(state: OptionState) -> Truth:
    """Does an option in this state stand?"""
    return _STANDS[state]


def meaning(rulebook: Rulebook, values: Knowledge) -> Meaning:
    """What the rulebook means when this is known about these subjects, and no other fact is known."""
    values_so_far: dict[str, str | frozenset[str]] = dict(values)
    rules: dict[str, Truth] = {}
    conclusions: dict[str, Truth] = {}
    options: dict[tuple[str, str], OptionState] = {}
    advice: dict[str, str | None] = {}
    applies: dict[str, Truth] = {}
    for kind, name in rulebook.steps:
        if kind == "rule":
            rules[name] = holds(rulebook.premises[name], values_so_far, rules)
        elif kind == "conclusion":
            drawn = conclusions[name] = any_of([rules[rule] for rule in rulebook.concluding[name]])
            if drawn is not None:
                values_so_far[name] = "yes" if drawn else "no"
        else:
            decision = rulebook.decision[name]
            stands: dict[str, Truth] = {}
            states: dict[str, OptionState] = {}
            for option in decision.parts_first:
                proposed = any_of([rules[rule] for rule in rulebook.proposing[name, option]])
                if option in decision.combining:
                    proposed = combined(decision, option, stands)
                ruled_out = any_of([rules[rule] for rule in rulebook.ruling_out[name, option]])
                states[option] = state_of(proposed, ruled_out)
                stands[option] = all_of((proposed, negate(ruled_out)))
            options |= {(name, option.option): states[option.option] for option in decision.options}
            applies[name] = all_hold(rulebook.applies_if[name], values_so_far)
            chosen = advice[name] = advise(decision, stands, applies[name])
            if chosen is not None:
                values_so_far[name] = chosen
    cautions = {
        (name, rule): all_of((rules[rule], test(advised, values_so_far)))
        for (name, rule), advised in rulebook.cautioning.items()
    }
    return Meaning(rules, conclusions, options, advice, cautions, applies)


def holds(premise: Premise, values: Knowledge, rules: Mapping[str, Truth]) -> Truth:
    """Is a rule with this premise in force, given the states of the rules that it yields to?"""
    return all_of(_parts(premise, values, rules))


def _parts(premise: Premise, values: Knowledge, rules: Mapping[str, Truth]) -> Iterator[Truth]:
    """What must all be true for the rule to be in force."""
    yield all_hold(premise.all_of, values)
    for group in premise.any_of:
        yield any_of([all_hold(alternative, values) for alternative in group])
    for exception in premise.except_if:
        yield negate(all_hold(exception, values))
    for rule in premise.yields_to:
        yield negate(rules[rule])


def combined(decision: Decision, combination: str, stands: Mapping[str, Truth]) -> Truth:
    """Does some form of each part of a combination stand? Nothing else proposes it."""
    return all_of(any_of(stands[form] for form in forms) for forms in decision.combining[combination])


def bearers(decision: Decision, option: str, standing: Collection[str]) -> frozenset[str]:
    """The options whose proposals bring an option about: itself, or the standing forms of what it combines."""
    parts = decision.combining.get(option)
    if parts is None:
        return frozenset((option,))
    forms = {form for forms in parts for form in forms if form in standing}
    return frozenset({option}).union(*(bearers(decision, form, standing) for form in forms))


def advise(decision: Decision, stands: Mapping[str, Truth], applies: Truth) -> str | None:
    """The outcome of a decision whose options stand, do not stand, or are unknown; None if that leaves it open."""
    left = remaining(decision, stands, applies)
    return None if left is None else outcome(decision, left)


def remaining(decision: Decision, stands: Mapping[str, Truth], applies: Truth) -> tuple[str, ...] | None:
    """The first two options that remain once those that give way to others are gone; None if unknown.

    For a decision that does not apply, `not_applicable` remains.
    """
    if not applies:
        return None if applies is None else (NOT_APPLICABLE,)
    left: list[str] = []
    for option in ranked(decision):
        remains = all_of((stands[option], negate(any_of([stands[other] for other in decision.gives_way[option]]))))
        if remains is None:
            return None
        left += [option] if remains else []
        if len(left) == 2:
            break
    return tuple(left)


def outcome(decision: Decision, left: Collection[str]) -> str:
    """The outcome if exactly these options remain: the only one, the fallback, the most preferred, or `refer`.

    A preference decides only if it covers all the rivals.
    """
    if not left:
        return decision.if_none_stands.advise or REFER
    if len(left) == 1:
        return next(iter(left))
    prefer = decision.if_several_stand.prefer
    return next(option for option in prefer if option in left) if set(left) <= set(prefer) else REFER


def ranked(decision: Decision) -> tuple[str, ...]:
    """The options in an order in which the first two that remain give the same outcome as all that remain.

    No option that remains gives way to another that stands. Options that the preference does not cover come first: a
    pair with one of them is referred, whatever else remains.
    """
    prefer = decision.if_several_stand.prefer
    return (*sorted(option.option for option in decision.options if option.option not in prefer), *prefer)


def state_of(proposed: Truth, ruled_out: Truth) -> OptionState:
    """The state of an option; `proposed` if it is proposed and it is open whether it is ruled out."""
    if ruled_out:
        return "ruled_out"
    if proposed is None:
        return "open"
    if not proposed:
        return "not_proposed"
    return "stands" if ruled_out is False else "proposed"


def test(condition: Condition, values: Knowledge) -> Truth:
    """Does the subject have one of the values that the condition accepts?"""
    value = values.get(condition.subject)
    if isinstance(value, frozenset):
        return True if value <= condition.accepts else False if value.isdisjoint(condition.accepts) else None
    return None if value is None else value in condition.accepts


def all_of(truths: Iterable[Truth]) -> Truth:
    """Are all true? False as soon as one is false, whatever the unknown ones are."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Is one true? True as soon as one is, whatever the unknown ones are."""
    result: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            result = None
    return result


def negate(truth: Truth) -> Truth:
    """Is it false? Unknown stays unknown."""
    return None if truth is None else not truth


def all_hold(conditions: Iterable[Condition], values: Knowledge) -> Truth:
    """Do all of these conditions hold?"""
    return all_of([test(condition, values) for condition in conditions])
