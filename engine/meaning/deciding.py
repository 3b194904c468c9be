"""Where each rule and policy decides: the cells in which it is among the reasons for a recommendation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from ..language.rulebook import Rule
from .diagram import DecisionDiagram, Where
from .semantics import ranked


class Tie(NamedTuple):
    """Two options that remain together, and where they do: there the first is advised, or a person decides."""

    options: tuple[str, str]
    where: Where
    is_referred: bool


@dataclass(frozen=True, eq=False)
class Deciding:
    """For one decision: where nothing stands, where several options remain, and where each rule is a reason.

    These are the reasons of `DecisionOutcome.reasons` for all cells at once, computed on first use.
    """

    diagram: DecisionDiagram
    decision: str

    @cached_property
    def nothing_stands(self) -> Where:
        return self.diagram.left[self.decision].being(())

    @cached_property
    def several_stand(self) -> Where:
        return self.diagram.left[self.decision].where(_is_several)

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Every two options that ever remain together.

        Where more than two remain, a preference makes one tie for each option that it passes over, and a person decides
        one for each pair that the preference does not fully cover.
        """
        return tuple(tie for tie in self.pairs() if tie.where)

    def pairs(self) -> Iterator[Tie]:
        """Every two options, with where they remain together, which may be nowhere."""
        decision = self.diagram.rulebook.decision[self.decision]
        for first, second in combinations(ranked(decision), 2):
            both = self.diagram.remains(decision, first) & self.diagram.remains(decision, second)
            is_referred = first not in decision.if_several_stand.prefer  # these rank before those that it covers
            if not is_referred:
                both &= self.diagram.advice[self.decision].being(first)
            yield Tie((first, second), both, is_referred)

    @cached_property
    def speaking(self) -> Mapping[str, Where]:
        """Where each rule is a reason.

        It is in force, and argues for an option that is chosen or is one of several that stand, or against an option
        that is proposed.
        """
        ground, rules = self.diagram.ground, self.diagram.rulebook.rules
        return self._in_force({rule.id: ground.any_of(self._speaks(rule)) for rule in rules})

    @cached_property
    def rules(self) -> Mapping[str, Where]:
        """Where each rule is a reason, cautions about the advice, or draws a conclusion that others may rest on."""
        drawn = {rule.id: self.diagram.ground.everywhere for rule in self.diagram.rulebook.rules if rule.conclude}
        cautioned = {
            rule: where for (name, rule), where in self.diagram.cautions.items() if where and name == self.decision
        }
        also = {name: self.speaking[name] | cautioned[name] for name in cautioned if name in self.speaking}
        return {**cautioned, **self.speaking, **also, **self._in_force(drawn)}

    @cached_property
    def _borne(self) -> Mapping[str, Mapping[str, Where]]:
        """For each combination, the options that can carry it, and where each of them does."""
        decision, nowhere = self.diagram.rulebook.decision[self.decision], self.diagram.ground.nowhere
        borne: dict[str, dict[str, Where]] = {}
        for combination in (option for option in decision.parts_first if option in decision.combining):
            by = borne[combination] = {}
            for form in (form for forms in decision.combining[combination] for form in forms):
                stands = self.diagram.stands[self.decision, form]
                for option, where in {form: stands, **borne.get(form, {})}.items():
                    by[option] = by.get(option, nowhere) | where & stands
        return borne

    def _in_force(self, rules: Mapping[str, Where]) -> Mapping[str, Where]:
        """Where each rule counts and is in force, without rules that never count."""
        return {name: self.diagram.rules[name] & where for name, where in rules.items() if where}

    def _speaks(self, rule: Rule) -> Iterator[Where]:
        """Where the rule's effects on the decision would count if it were in force."""
        diagram, decision = self.diagram, self.decision
        for option in rule.propose.get(decision, ()):
            yield diagram.left[decision].being((option,))
            yield self.several_stand & diagram.stands[decision, option]
            for combination, borne in self._borne.items():
                if option in borne:
                    yield diagram.left[decision].being((combination,)) & borne[option]
        for option in rule.rule_out.get(decision, ()):
            for kind in sorted({option, *diagram.rulebook.decision[decision].kinds[option]}):
                yield diagram.proposed[decision, kind] & diagram.applies[decision]


def _is_several(left: tuple[str, ...]) -> bool:
    return len(left) > 1
