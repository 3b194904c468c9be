"""A rule whose last day has passed."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.whole.rules:
        if rule.valid and rule.valid.last and rule.valid.last < examined.day:
            message = in_both("found_expired_rule", rule=rule.id, day=str(rule.valid.last))
            yield Found(rule.id, examined.place("rule", rule.id, "valid"), message)
