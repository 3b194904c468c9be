"""Conditions of one rule that can never hold together, the fewest that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .diagram import DecisionDiagram
from .rulebook import Condition


class Conflict(NamedTuple):
    """Conditions of `if` (alternative 0), or of it and an alternative of `any_of`, counted from 1."""

    alternative: int
    conditions: tuple[Condition, ...]


def conflicts(diagram: DecisionDiagram, rule: str) -> Iterator[Conflict]:
    """The contradictions within a rule's conditions: that of `if` alone, or else of each alternative with it."""
    premise = diagram.rulebook.premises[rule]
    if found := _fewest(diagram, premise.all_of):
        yield Conflict(0, found)
        return
    for number, alternative in enumerate(premise.any_of, 1):
        if found := _fewest(diagram, (*premise.all_of, *alternative)):
            yield Conflict(number, found)


def _fewest(diagram: DecisionDiagram, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Conditions among these that contradict each other, none of which can be left out; none if there are none."""
    never = diagram.store.leaf(False)
    if diagram.all_hold(conditions) != never:
        return ()
    left = list(dict.fromkeys(conditions))
    for condition in tuple(left):
        fewer = [each for each in left if each != condition]
        if diagram.all_hold(fewer) == never:
            left = fewer
    return tuple(left)
