"""A rule or a waiver that ends within 30 days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "note"
DAYS = 30


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.whole.rules:
        last = rule.valid.last if rule.valid else None
        if _is_soon(last, examined.day):
            message = in_both("found_rule_ends_soon", rule=rule.id, day=str(last))
            yield Found(rule.id, examined.place("rule", rule.id, "valid"), message)
    for waiver in examined.whole.waivers:
        if _is_soon(waiver.until, examined.day):
            message = in_both("found_waiver_ends_soon", waiver=waiver.waiver, day=str(waiver.until))
            yield Found(waiver.waiver, examined.place("waiver", waiver.waiver, "until"), message)


def _is_soon(last: date | None, day: date) -> bool:
    return last is not None and 0 <= (last - day).days <= DAYS
