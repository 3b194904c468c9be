"""A rule that rules out what nothing proposes."""

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
    vetoes = ((decision, option) for decision, options in sorted(rule.rule_out.items()) for option in options)
    for decision, option in vetoes:
        kinds = {option, *examined.rulebook.decision[decision].kinds[option]}
        proposed = examined.ground.any_of(diagram.proposed[decision, kind] for kind in sorted(kinds))
        if in_force and not in_force & proposed:
            message = in_both("found_masked_veto", rule=rule.id, option=option)
            yield Found(rule.id, examined.place("rule", rule.id, "rule_out"), message, in_force)
