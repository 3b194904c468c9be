"""Conditions of one rule that can never hold together: exactly those that contradict each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from ..language.rulebook import Rule
from .diagram import DecisionDiagram, Where

WrittenCondition = tuple[str, tuple[str, ...]]
"""A subject and the values that a rule names for it."""


class Conflict(NamedTuple):
    """Conditions of `if` (alternative 0), or of it and an alternative of `any_of`, counted from 1."""

    alternative: int
    conditions: tuple[WrittenCondition, ...]

    def __str__(self) -> str:
        return ", ".join(f"`{subject}: {' | '.join(named)}`" for subject, named in self.conditions)


def conflicts(diagram: DecisionDiagram, rule: Rule) -> Iterator[Conflict]:
    """The contradictions within a rule's conditions: in `if` alone or, if none, between it and each alternative."""
    shared = sorted(rule.all_of.items())
    if conditions := _contradicting(diagram, shared):
        yield Conflict(0, conditions)
        return
    for number, alternative in enumerate(rule.alternatives, 1):
        if conditions := _contradicting(diagram, [*shared, *sorted(alternative.items())]):
            yield Conflict(number, conditions)


def _contradicting(diagram: DecisionDiagram, written: Iterable[WrittenCondition]) -> tuple[WrittenCondition, ...]:
    """A minimal set of these conditions that can never hold together; empty if all can."""
    left = list(dict.fromkeys(written))
    if _where_all_hold(diagram, left):
        return ()
    for condition in tuple(left):
        fewer = [other for other in left if other != condition]
        if not _where_all_hold(diagram, fewer):
            left = fewer
    return tuple(left)


def _where_all_hold(diagram: DecisionDiagram, written: Iterable[WrittenCondition]) -> Where:
    """Where all of these hold and no number exceeds one that bounds it."""
    conditions = (diagram.rulebook.conditions({subject: named}) for subject, named in written)
    return diagram.all_hold(chain.from_iterable(conditions)) & diagram.ground.possible
