"""How a rule stands in one case: each of its conditions as true, false or open, with the value and the distance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from ..language.brief import brief
from ..language.case import CaseFacts
from ..language.rulebook import Condition, Premise, Rulebook
from ..language.text import EXACT
from ..language.value import json_value
from ..meaning.diagram import DecisionDiagram, Where
from ..meaning.semantics import Knowledge, Meaning, Truth, all_hold, any_of, rule_state, test

Clause = Literal["if", "any_of", "except_if", "yields_to"]


BARRING = frozenset[Clause]({"except_if", "yields_to"})
"""The clauses that keep a rule out of force if they hold."""


class ConditionStanding(NamedTuple):
    """A condition in a case: the subject's value (and the number behind a band), and whether the condition holds.

    For a rule that another yields to, the subject is that rule, and it holds if that rule is in force. `distance` is
    how far the number is from the nearest piece that the condition accepts, 0 if it holds; None if the subject is not a
    band or its number is unknown. `assumed` says that the value is not given but assumed; `within` whether the clause
    that the condition is part of holds: the alternatives, or the whole exception. `nearest` is the rule nearest to
    making it hold, if it does not and is about a conclusion or a decision, with what stands behind its own conditions
    in turn; `decided_by` are the rules in force that propose what that decision has instead, `barred_by` those that
    rule out what it would take. `alternative` numbers the alternatives and the one among them that the condition is
    part of.
    """

    part: Clause
    subject: str
    named: tuple[str, ...]
    truth: Truth
    value: str | None
    number: Decimal | None = None
    distance: Decimal | None = None
    waits_for: tuple[str, ...] = ()
    assumed: bool = False
    within: Truth = None
    nearest: RuleStanding | None = None
    decided_by: tuple[str, ...] = ()
    barred_by: tuple[str, ...] = ()
    alternative: tuple[int, int] | None = None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "part": self.part,
            "subject": self.subject,
            "accepts": list(self.named),
            "holds": self.truth,
            "value": self.value,
            "number": json_value(self.number),
            "distance": json_value(self.distance),
            "waits_for": list(self.waits_for),
            "assumed": self.assumed,
            "nearest": self.nearest and self.nearest.to_dict(),
            "decided_by": list(self.decided_by),
            "barred_by": list(self.barred_by),
        }


class RuleStanding(NamedTuple):
    """A rule in a case, with all its conditions."""

    rule: str
    truth: Truth
    conditions: tuple[ConditionStanding, ...]

    def __repr__(self) -> str:
        return brief(self)

    @property
    def failed(self) -> tuple[ConditionStanding, ...]:
        """What keeps the rule from being in force: conditions of `if` that are false, rules in force, and so on."""
        return tuple(
            condition
            for condition in self.conditions
            if condition.truth is condition.within is (condition.part in BARRING)
        )

    @property
    def open(self) -> tuple[ConditionStanding, ...]:
        return tuple(condition for condition in self.conditions if condition.truth is condition.within is None)

    @property
    def obstacles(self) -> tuple[ConditionStanding, ...]:
        """What keeps the rule from being in force, or what it waits for."""
        return (self.failed if self.truth is False else self.open) or self.conditions

    @property
    def lacking(self) -> tuple[ConditionStanding, ...]:
        """The least that must still come true: of alternatives, those of the one that lacks least."""
        cheapest = (condition for group in self.choices for condition in min(group, key=len))
        return (*(condition for condition in self._lacking_all if not condition.alternative), *cheapest)

    @property
    def choices(self) -> tuple[tuple[tuple[ConditionStanding, ...], ...], ...]:
        """Of each group of alternatives, of which one must still come true, what each of them lacks."""
        groups: dict[int, dict[int, list[ConditionStanding]]] = {}
        for condition in self._lacking_all:
            if condition.alternative:
                group, alternative = condition.alternative
                groups.setdefault(group, {}).setdefault(alternative, []).append(condition)
        return tuple(tuple(map(tuple, group.values())) for group in groups.values())

    @property
    def _lacking_all(self) -> tuple[ConditionStanding, ...]:
        return (*self.failed, *self.open)

    def to_dict(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "state": rule_state(self.truth),
            "conditions": [condition.to_dict() for condition in self.conditions],
        }


def standing(diagram: DecisionDiagram, rule: str, facts: CaseFacts, means: Meaning) -> RuleStanding:
    """How this rule stands in the case with this meaning."""
    premise = diagram.rulebook.premises[rule]
    values = known_values(facts, means)
    parts = list(_clauses(premise, values))
    return RuleStanding(
        rule,
        means.rules[rule],
        (
            *(
                _stand(diagram, part, condition, facts, values)._replace(within=truth, alternative=alternative)
                for part, condition, truth, alternative in parts
            ),
            *(_yields(diagram, other, facts, means.rules[other]) for other in premise.yields_to),
        ),
    )


def standing_with_nearest(diagram: DecisionDiagram, rule: str, facts: CaseFacts, means: Meaning) -> RuleStanding:
    """The same, and for each conclusion or decision that it lacks what decided otherwise, and the rule nearest to
    bringing it about, down to the facts. A rule that is met again on the way stands there alone."""
    return _down_to_facts(diagram, rule, facts, means, set())


def _down_to_facts(
    diagram: DecisionDiagram, rule: str, facts: CaseFacts, means: Meaning, earlier: set[str]
) -> RuleStanding:
    """How the rule stands, with what lies beneath it unless it is one of the earlier rules, of which it becomes one."""
    stands = standing(diagram, rule, facts, means)
    if rule in earlier:
        return stands
    earlier.add(rule)
    failed = stands.failed
    conditions = (
        _grounded(diagram, part, facts, means, earlier) if part in failed and part.part not in BARRING else part
        for part in stands.conditions
    )
    return stands._replace(conditions=tuple(conditions))


def _grounded(
    diagram: DecisionDiagram, condition: ConditionStanding, facts: CaseFacts, means: Meaning, earlier: set[str]
) -> ConditionStanding:
    """The condition with the rules that decided otherwise, and the rule nearest to bringing about what it asks.

    There is no such rule where it would not do: where that is ruled out, or what is decided would not give way.
    """
    deciding = diagram.rulebook.bearing.get((condition.subject, condition.value or ""), ())
    decided_by = tuple(rule for rule in deciding if means.rules[rule])
    if not decided_by:
        return condition._replace(nearest=_nearest(diagram, _for(diagram.rulebook, condition), facts, means, earlier))
    barring = _barring(diagram.rulebook, condition)
    if barred_by := tuple(sorted(rule for rule in barring if means.rules[rule])):
        return condition._replace(decided_by=decided_by, barred_by=barred_by)
    nearest = _nearest(diagram, _prevailing(diagram.rulebook, condition), facts, means, earlier)
    return condition._replace(decided_by=decided_by, nearest=nearest)


def _nearest(
    diagram: DecisionDiagram, rules: set[str], facts: CaseFacts, means: Meaning, earlier: set[str]
) -> RuleStanding | None:
    """Of these rules the one that lacks least, down to the facts; None if there is none or one is in force."""
    if not rules or any(means.rules[rule] for rule in rules):
        return None
    stands = (standing(diagram, rule, facts, means) for rule in sorted(rules))
    nearest = min(stands, key=partial(remoteness, diagram.rulebook))
    return _down_to_facts(diagram, nearest.rule, facts, means, earlier)


def remoteness(rulebook: Rulebook, rule: RuleStanding) -> tuple[int, int, int]:
    """How far a rule is from being in force: how much it lacks, how much of that nobody has stated, and which question
    about it comes first."""
    vocabulary = rulebook.vocabulary
    facts = (vocabulary.fact_of.get(condition.subject) for condition in rule.lacking)
    first = min((vocabulary.places[fact.fact] for fact in facts if fact), default=len(vocabulary.places))
    return len(rule.lacking), sum(condition.assumed for condition in rule.lacking), first


def _for(rulebook: Rulebook, condition: ConditionStanding) -> set[str]:
    """The rules that draw the conclusion, or propose one of the options, that a condition asks for."""
    name = condition.subject
    if name in rulebook.conclusion:
        return set(rulebook.concluding[name]) if "yes" in condition.named else set()
    if name not in rulebook.decision:
        return set()
    return _proposing(rulebook, name, rulebook.subjects[name].accepts(condition.named))


def _prevailing(rulebook: Rulebook, condition: ConditionStanding) -> set[str]:
    """Of the rules that propose what a condition asks for, those for options that would displace what is decided."""
    name, held = condition.subject, condition.value or ""
    decision = rulebook.decision[name]
    preferred = decision.if_several_stand.prefer or ()
    ahead = takewhile(lambda option: option != held, preferred) if held in preferred else ()
    above = {*decision.gives_way[held], *ahead}
    return _proposing(rulebook, name, above & {*rulebook.subjects[name].accepts(condition.named)})


def _barring(rulebook: Rulebook, condition: ConditionStanding) -> set[str]:
    """The rules that rule out what a condition asks of a decision."""
    name = condition.subject
    options = rulebook.subjects[name].accepts(condition.named)
    return {rule for option in options for rule in rulebook.ruling_out.get((name, option), ())}


def _proposing(rulebook: Rulebook, decision: str, options: Iterable[str]) -> set[str]:
    return {rule for option in options for rule in rulebook.bearing.get((decision, option), ())}


def _clauses(premise: Premise, values: Knowledge) -> Iterator[tuple[Clause, Condition, Truth, tuple[int, int] | None]]:
    """Every condition of a rule, with the truth of its clause: itself, its alternatives, or its exception; and the
    numbers of the alternatives and of the one that it is part of."""
    yield from (("if", condition, test(condition, values), None) for condition in premise.all_of)
    for number, group in enumerate(premise.any_of):
        truth = any_of(all_hold(alternative, values) for alternative in group)
        for index, alternative in enumerate(group):
            yield from (("any_of", condition, truth, (number, index)) for condition in alternative)
    for exception in premise.except_if:
        yield from (("except_if", condition, all_hold(exception, values), None) for condition in exception)


def known_values(facts: CaseFacts, means: Meaning) -> dict[str, str | frozenset[str]]:
    """What is known about every subject in the case: facts, bands, conclusions, advice."""
    drawn = {name: "yes" if truth else "no" for name, truth in means.conclusions.items() if truth is not None}
    advice = {name: outcome for name, outcome in means.advice.items() if outcome is not None}
    return {**facts.knowledge, **drawn, **advice}


def _stand(
    diagram: DecisionDiagram, part: Clause, condition: Condition, facts: CaseFacts, values: Knowledge
) -> ConditionStanding:
    truth = test(condition, values)
    number, distance = _distance(diagram.rulebook, condition, facts)
    waits = _waits_for(diagram, condition, facts) if truth is None else ()
    known = values.get(condition.subject)
    value, assumed = known if isinstance(known, str) else None, _is_assumed(diagram.rulebook, condition, facts)
    return ConditionStanding(part, condition.subject, condition.named, truth, value, number, distance, waits, assumed)


def _yields(diagram: DecisionDiagram, other: str, facts: CaseFacts, truth: Truth) -> ConditionStanding:
    waits = _deciding(diagram, diagram.rules[other], facts) if truth is None else ()
    return ConditionStanding("yields_to", other, (), truth, None, waits_for=waits, within=truth)


def _is_assumed(rulebook: Rulebook, condition: Condition, facts: CaseFacts) -> bool:
    fact = rulebook.vocabulary.fact_of.get(condition.subject)
    return fact is not None and facts.states[fact.fact].state == "assumed"


def _distance(rulebook: Rulebook, condition: Condition, facts: CaseFacts) -> tuple[Decimal | None, Decimal | None]:
    """The number behind a band, and how far it is from the nearest piece that the condition accepts."""
    band = rulebook.vocabulary.bands.get(condition.subject)
    if band is None:
        return None, None
    fact = rulebook.vocabulary.fact_of[condition.subject]
    number = facts.states[fact.fact].value
    if not isinstance(number, Decimal):
        return None, None
    gaps = []
    for piece in condition.accepts:
        low, high = band.interval(piece)
        if low is not None and number < low:
            gaps.append(EXACT.subtract(low, number))
        elif high is not None and number >= high:
            beyond = EXACT.subtract(number, high)
            gaps.append(EXACT.add(beyond, fact.step))  # the cut itself belongs to the piece above
        else:
            gaps.append(Decimal(0))
    return number, min(gaps)


def _waits_for(diagram: DecisionDiagram, condition: Condition, facts: CaseFacts) -> tuple[str, ...]:
    """The unknown facts that can decide the condition, in question order."""
    return _deciding(diagram, diagram.test(condition.subject, condition.accepts), facts)


def _deciding(diagram: DecisionDiagram, where: Where, facts: CaseFacts) -> tuple[str, ...]:
    return diagram.ground.in_question_order(diagram.within(where, facts.places).facts)
