"""The bench for exact questions: a rulebook as of a day, and what it means in every cell.

Rulebooks are compared, and their mutants tried, on one ground, so that equal meanings are equal values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Self

from ..language.brief import brief
from ..language.problems import WhytuneError
from ..language.rulebook import Rule, Rulebook
from .deciding import Deciding
from .diagram import MAX_NODES_TOGETHER, MAX_STEPS_TOGETHER, DecisionDiagram, Ground, Restriction, Variant, Where
from .diagram.arrangement import close_together
from .regions import Atlas


def common_ground(*rulebooks: Rulebook, beside: Iterable[Rulebook] = ()) -> Ground:
    """A ground for the diagrams of these rulebooks and of some that resemble them; the last of all sets the order of
    the questions, and that of the diagrams where they fit so.

    Raises WhytuneError: incomparable-fact.
    """
    grounded = partial(Ground, *rulebooks, *beside, max_nodes=MAX_NODES_TOGETHER, max_steps=MAX_STEPS_TOGETHER)
    ground = grounded()
    try:
        for rulebook in rulebooks:
            DecisionDiagram(rulebook, ground=ground)
    except WhytuneError as error:
        if not error.is_too_large:
            raise
        return grounded(order=close_together(tuple(ground.cells), rulebooks))
    return ground


@dataclass(frozen=True, eq=False)
class Study:
    """A rulebook, `whole` and with the rules of one day (None: all of them), on a ground of its own or a `shared` one.

    Raises WhytuneError, diagram-too-large, as soon as something is asked that needs too large a diagram.
    """

    whole: Rulebook
    day: date | None = None
    shared: Ground | None = field(default=None, kw_only=True)

    def __repr__(self) -> str:
        return brief(self)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook with the rules that hold on the day."""
        return self.whole.as_of(self.day)

    @cached_property
    def ground(self) -> Ground:
        return self.shared or common_ground(self.rulebook)

    @cached_property
    def diagram(self) -> DecisionDiagram:
        return DecisionDiagram(self.rulebook, ground=self.ground)

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.ground)

    @cached_property
    def deciding(self) -> Mapping[str, Deciding]:
        """Where rules and policies decide, for each decision."""
        return {name: Deciding(self.diagram, name) for name in self.rulebook.decision}

    def on(self, day: date) -> Self:
        """The same rulebook on another day, on the same ground."""
        return replace(self, day=day, shared=self.ground)

    def in_force(self, rule: str) -> Where:
        """The cells in which the rule is in force and there can be a task."""
        return self.atlas.among_tasks(self.diagram.rules[rule])

    def where_decides(self, rule: str) -> tuple[Where, ...]:
        """For each decision for which the rule is ever a reason or draws a conclusion, the cells where it does."""
        return tuple(deciding.rules[rule] for deciding in self.deciding.values() if rule in deciding.rules)

    def decides(self, rule: str, cells: Restriction) -> bool:
        """Is the rule a reason whenever these facts are in these cells, whatever the others are?"""
        return any(where.holds(cells) for where in self.where_decides(rule))

    def advises_the_same_without(self, rule: str) -> bool:
        """Would the advice be the same in every case without this rule?"""
        return self.advises_the_same_under(other for other in self.rulebook.rules if other.id != rule)

    def advises_the_same_with(self, rule: Rule) -> bool:
        """Would the advice be the same in every case if this rule replaced the one with its id?"""
        return self.advises_the_same_under(rule if other.id == rule.id else other for other in self.rulebook.rules)

    def advises_the_same_under(self, rules: Iterable[Rule]) -> bool:
        """Would the advice on every decision, with its cautions, be the same in every case under these rules?"""
        return Variant(replace(self.rulebook, rules=tuple(rules)), of=self.diagram).advises_the_same
