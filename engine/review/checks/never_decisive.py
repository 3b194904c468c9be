"""A rule without which the advice would be the same in every case."""

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
    only_cautions = rule.caution and not (rule.conclude or rule.propose or rule.rule_out)  # left to another check
    if rule.keep is None and not only_cautions and in_force and examined.advises_the_same_without(rule.id):
        twin = _twin(examined, rule)
        message = (
            in_both("found_twin", rule=rule.id, twin=twin) if twin else in_both("found_never_decisive", rule=rule.id)
        )
        yield Found(rule.id, examined.place("rule", rule.id), message, in_force)


def _twin(examined: Examination, rule: Rule) -> str | None:
    """The first other rule that does the same wherever this one is in force."""
    in_force, elsewhere = examined.in_force(rule.id), examined.diagram.rules
    return next(
        (
            other.id
            for other in examined.rulebook.rules
            if other.id != rule.id and other.effects == rule.effects and in_force.is_within(elsewhere[other.id])
        ),
        None,
    )
