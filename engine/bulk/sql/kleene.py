"""What is certain -> columns: rules, conclusions, options, and which options remain, as in `semantics`.

A truth value is TRUE, FALSE or NULL; SQL's AND, OR and NOT are those of Kleene.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...language.rulebook import NOT_APPLICABLE, REFER, Condition, Decision, Premise, Rulebook
from ...meaning.semantics import ranked
from .layers import TRUE, Layers, SqlText, among, both, case, either, is_unknown, negated, number, sql
from .situations import FactSituations

UNKNOWN, NONE = -1, 0
"""Written for an option that remains if it is not known which, or there is none; else its place in `ranked`, from 1."""


class Remaining(NamedTuple):
    """Whether a decision applies, and the numbers of the first two options that remain."""

    applies: SqlText
    first: SqlText
    second: SqlText


class Kleene:
    """Adds to the layers what is certain; `columns` has the situation of every fact."""

    def __init__(
        self,
        rulebook: Rulebook,
        situations: Mapping[str, FactSituations],
        columns: Mapping[str, SqlText],
        layers: Layers,
    ) -> None:
        self.rulebook, self._situations, self._columns, self._layers = rulebook, situations, columns, layers
        self.rules: dict[str, SqlText] = {}
        self.stands: dict[tuple[str, str], SqlText] = {}
        self.remaining: dict[str, Remaining] = {}
        self._conclusions: dict[str, SqlText] = {}
        self._outcomes: dict[str, SqlText] = {}
        for kind, name in rulebook.steps:
            if kind == "rule":
                self.rules[name] = layers.column(self._holds(rulebook.premises[name]))
            elif kind == "conclusion":
                drawn = either(self.rules[rule] for rule in rulebook.concluding[name])
                self._conclusions[name] = layers.column(drawn)
            else:
                self._decide(rulebook.decision[name])

    def test(self, condition: Condition) -> SqlText:
        """Does the condition hold?"""
        subject, accepts = condition.subject, condition.accepts
        if subject in self._conclusions:
            drawn = self._conclusions[subject]
            ways = [drawn if value == "yes" else negated(drawn) for value in sorted(accepts)]
            return ways[0] if len(ways) == 1 else case([(sql("{} IS NOT NULL", drawn), TRUE)])
        if subject in self._outcomes:
            outcomes = self.rulebook.decision[subject].outcomes
            return among(self._outcomes[subject], [outcomes.index(name) for name in accepts])
        fact = self.rulebook.vocabulary.fact_of[subject].fact
        return self._layers.column(self._situations[fact].test(self._columns[fact], subject, accepts))

    def _all_hold(self, conditions: Iterable[Condition]) -> SqlText:
        return both(self.test(condition) for condition in conditions)

    def _holds(self, premise: Premise) -> SqlText:
        parts = [self._all_hold(premise.all_of)]
        parts += [either(self._all_hold(alternative) for alternative in group) for group in premise.any_of]
        parts += [negated(self._all_hold(exception)) for exception in premise.except_if]
        return both([*parts, *(negated(self.rules[rule]) for rule in premise.yields_to)])

    def _decide(self, decision: Decision) -> None:
        name = decision.decision
        for option in decision.parts_first:
            proposed = either(self.rules[rule] for rule in self.rulebook.proposing[name, option])
            if option in decision.combining:
                parts = decision.combining[option]
                proposed = both(either(self.stands[name, form] for form in forms) for forms in parts)
            ruled_out = either(self.rules[rule] for rule in self.rulebook.ruling_out[name, option])
            self.stands[name, option] = self._layers.column(both([proposed, negated(ruled_out)]))
        applies = self._layers.column(self._all_hold(self.rulebook.applies_if[name]))
        self.remaining[name] = left = self._remaining(decision, applies)
        self._outcomes[name] = self._layers.column(_outcome(decision, left))

    def _remaining(self, decision: Decision, applies: SqlText) -> Remaining:
        remain = [
            self._layers.column(
                both([self._stand(decision, option), negated(self._one_gives_way_to(decision, option))])
            )
            for option in ranked(decision)
        ]
        first = self._layers.column(case(_first_of(remain, number(0)), number(NONE)))
        second = self._layers.column(case(_first_of(remain, first), number(NONE)))
        return Remaining(applies, first, second)

    def _stand(self, decision: Decision, option: str) -> SqlText:
        return self.stands[decision.decision, option]

    def _one_gives_way_to(self, decision: Decision, option: str) -> SqlText:
        """Does an option stand that this one gives way to?"""
        return either(self._stand(decision, other) for other in sorted(decision.gives_way[option]))


def _first_of(remain: Iterable[SqlText], after: SqlText) -> Iterable[tuple[SqlText, SqlText]]:
    """The number of the first of these that holds after that of `after`; unknown if an earlier one may also hold."""
    for place, remains in enumerate(remain, start=1):
        is_after = TRUE if after == number(0) else sql(f"{{}} < {place}", after)
        yield both([is_after, is_unknown(remains)]), number(UNKNOWN)
        yield both([is_after, remains]), number(place)


def _outcome(decision: Decision, left: Remaining) -> SqlText:
    """The number of the outcome, NULL if it is not known."""
    names, prefer = ranked(decision), decision.if_several_stand.prefer
    outcomes = decision.outcomes

    def being(name: str) -> SqlText:
        return number(outcomes.index(name))

    uncovered = len(names) - len(prefer)
    fallback = being(decision.if_none_stands.advise or REFER)
    open_ = either([is_unknown(left.applies), *(among(place, [UNKNOWN]) for place in (left.first, left.second))])
    is_referred = both([sql("{} > 0", left.second), sql(f"{{}} <= {uncovered}", left.first)])
    return case(
        [
            *([(negated(left.applies), being(NOT_APPLICABLE))] if decision.only_if else ()),
            (open_, SqlText("NULL")),
            (among(left.first, [NONE]), fallback),
            (is_referred, being(REFER)),
            *((among(left.first, [place]), being(name)) for place, name in enumerate(names, start=1)),
        ]
    )
