"""A rule that cautions about an option which is never advised where the rule is in force."""

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
    diagram = examined.diagram
    in_force = examined.in_force(rule.id)
    cautions = ((decision, option) for decision, options in sorted(rule.caution.items()) for option in options)
    for decision, option in cautions:
        advised = diagram.test(decision, examined.rulebook.subjects[decision].accepts((option,)))
        if in_force and not in_force & advised:
            message = in_both("found_idle_caution", rule=rule.id, option=option)
            yield Found(rule.id, examined.place("rule", rule.id, "caution"), message, in_force)
