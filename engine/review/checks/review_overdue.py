"""A rule that nobody has looked at for too long."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.dates import later
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    months = examined.whole.review_every_months
    if months is None:
        return
    for rule in examined.rulebook.rules:
        if rule.reviewed_on is None:
            yield Found(rule.id, examined.place("rule", rule.id), in_both("found_never_reviewed", rule=rule.id))
        elif (due := later(rule.reviewed_on, months)) < examined.day:
            message = in_both("found_review_overdue", rule=rule.id, reviewed=str(rule.reviewed_on), due=str(due))
            yield Found(rule.id, examined.place("rule", rule.id, "reviewed_on"), message)
