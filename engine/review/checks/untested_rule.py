"""A rule that no case of the rulebook brings into force."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    if (covered := examined.covered) is None:
        return
    for rule in examined.rulebook.rules:
        in_force = examined.in_force(rule.id)
        if in_force and rule.id not in covered.rules:
            message = in_both("found_untested_rule", rule=rule.id)
            yield Found(rule.id, examined.place("rule", rule.id), message, in_force)
