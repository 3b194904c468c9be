"""An exception that changes no advice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...language.rulebook import Rule
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    return examined.looked_at_rules(partial(_found, examined))


def _found(examined: Examination, rule: Rule) -> Iterator[Found]:
    in_force = examined.in_force(rule.id)
    if not rule.except_if or not in_force:
        return
    bare = examined.diagram.premise(examined.rulebook.premises[rule.id]._replace(except_if=()))
    switched_off = examined.atlas.among_tasks(bare) - in_force
    span = examined.place("rule", rule.id, "except_if")
    if not switched_off:
        yield Found(rule.id, span, in_both("found_idle_exception", rule=rule.id))
    elif rule.keep is None and examined.advises_the_same_with(rule.model_copy(update={"except_if": ()})):
        others = ", ".join(f"`{name}`" for name in examined.others_with_its_effect(rule, switched_off))
        key = "found_overlapping_exception" if others else "found_exception_without_effect"
        yield Found(rule.id, span, in_both(key, rule=rule.id, others=others), switched_off)
