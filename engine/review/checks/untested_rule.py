"""A rule that no case of the rulebook brings into force."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from ...language.rulebook import Rule
from ...words.catalogue import in_both
from ..casebook import Covered
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    if (covered := examined.covered) is None:
        return
    yield from examined.looked_at_rules(partial(_found, examined, covered))


def _found(examined: Examination, covered: Covered, rule: Rule) -> Iterator[Found]:
    in_force = examined.in_force(rule.id)
    if in_force and rule.id not in covered.rules:
        message = in_both("found_untested_rule", rule=rule.id)
        yield Found(rule.id, examined.place("rule", rule.id), message, in_force)
