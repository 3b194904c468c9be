"""The bench for exact questions: a rulebook as of a day, and what it means in every cell.

Rulebooks are compared, and their mutants tried, on one ground, so that equal meanings are equal values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from typing import Self

from ..language.brief import brief
from ..language.problems import WhytuneError
from ..language.rulebook import Rule, Rulebook
from .deciding import Deciding
from .diagram import (
    MAX_NODES_TOGETHER,
    MAX_NODES_WIDE,
    MAX_STEPS_TOGETHER,
    DecisionDiagram,
    Ground,
    Restriction,
    Variant,
    Where,
)
from .diagram.arrangement import close_together, is_chained, is_wide
from .glimpses import atlas_of
from .regions import Atlas

FEW_NODES = 5_000
"""How many nodes diagrams of a chain of decisions may have as declared before the other order is tried."""


def common_ground(*rulebooks: Rulebook, beside: Iterable[Rulebook] = ()) -> Ground:
    """A ground for the diagrams of these rulebooks and of some that resemble them; the last of all sets the order of
    the questions, and that of the diagrams where they fit so.

    Raises WhytuneError: incomparable-fact.
    """
    for ground in _grounds(rulebooks, tuple(beside), MAX_NODES_TOGETHER):
        if _fit(rulebooks, ground):
            break
    return _with_room(ground, MAX_NODES_TOGETHER)


def ground_for(*rulebooks: Rulebook) -> Ground:
    """The same, in clauses if their diagrams are too large. Raises WhytuneError: incomparable-fact, no-solver."""
    room = _room(rulebooks)
    fitting = next((ground for ground in _grounds(rulebooks, (), room) if _fit(rulebooks, ground)), None)
    return _with_room(fitting, room) if fitting else Ground(*rulebooks, in_clauses=True)


def _grounds(rulebooks: tuple[Rulebook, ...], beside: tuple[Rulebook, ...], room: int) -> Iterator[Ground]:
    """One for diagrams that ask as declared, and one for those that ask what is tested together one after the other.

    Each has room for so many nodes. Where many decisions rest on each other, the first has room for few, and is tried
    again at the end.
    """
    grounded = partial(Ground, *rulebooks, *beside, max_nodes=room, max_steps=MAX_STEPS_TOGETHER)
    is_long = is_chained(rulebooks)
    declared = grounded(max_nodes=min(room, FEW_NODES)) if is_long else grounded()
    yield declared
    yield grounded(order=close_together(tuple(declared.cells), rulebooks))
    if is_long:
        yield grounded()


def _with_room(ground: Ground, nodes: int) -> Ground:
    """The ground with room for so many nodes in all."""
    ground.diagrams.max_nodes = nodes
    return ground


def _room(rulebooks: tuple[Rulebook, ...]) -> int:
    """The most nodes worth trying: few, where diagrams in the best order would have to keep many facts in mind."""
    facts = tuple(Ground(*rulebooks).cells)
    return MAX_NODES_WIDE if is_wide(close_together(facts, rulebooks), rulebooks) else MAX_NODES_TOGETHER


def _fit(rulebooks: Iterable[Rulebook], ground: Ground) -> bool:
    """Is there room for the diagrams of these rulebooks on this ground?"""
    try:
        for rulebook in rulebooks:
            DecisionDiagram(rulebook, ground=ground)
    except WhytuneError as error:
        if not error.is_too_large:
            raise
        return False
    return True


@dataclass(frozen=True, eq=False)
class Study:
    """A rulebook, `whole` and with the rules of one day (None: all of them), on a ground of its own or a `shared` one.

    Its own ground is in clauses if its diagram would be too large. Raises WhytuneError as soon as something is asked:
    diagram-too-large, if that takes a larger one than there is room for; no-solver, search-too-large in clauses.
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
        return self.shared or ground_for(self.rulebook)

    @cached_property
    def diagram(self) -> DecisionDiagram:
        return DecisionDiagram(self.rulebook, ground=self.ground)

    @cached_property
    def atlas(self) -> Atlas:
        return atlas_of(self.ground)

    @cached_property
    def deciding(self) -> Mapping[str, Deciding]:
        """Where rules and policies decide, for each decision."""
        return {name: Deciding(self.diagram, name) for name in self.rulebook.decision}

    def in_clauses(self) -> Self:
        """The same on a ground in clauses; raises WhytuneError: no-solver."""
        return replace(self, shared=Ground(*self.ground.rulebooks, in_clauses=True))

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
        """Would the advice on every decision, with its cautions, be the same in every case without this rule?"""
        return Variant(self.diagram, {rule: None}).advises_the_same

    def advises_the_same_with(self, *rules: Rule) -> bool:
        """Would it be the same if these rules, which do what those with their ids do, replaced them?"""
        premises = {rule.id: self.rulebook.premise_of(rule) for rule in rules}
        return Variant(self.diagram, premises).advises_the_same
