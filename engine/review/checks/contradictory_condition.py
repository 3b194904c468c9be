"""Conditions that can never hold together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...language.rulebook import Rule
from ...meaning.conflicts import conflicts
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    return examined.looked_at_rules(partial(_found, examined))


def _found(examined: Examination, rule: Rule) -> Iterator[Found]:
    for conflict in conflicts(examined.diagram, rule):
        if conflict.alternative:
            parts = {"rule": rule.id, "number": str(conflict.alternative), "conditions": str(conflict)}
            message = in_both("found_contradictory_alternative", **parts)
            yield Found(rule.id, examined.place("rule", rule.id, "any_of"), message)
        elif len(conflict.conditions) > 1:  # a single one that never holds is left to never-in-force
            message = in_both("found_contradictory_condition", rule=rule.id, conditions=str(conflict))
            yield Found(rule.id, examined.place("rule", rule.id, "if"), message)
