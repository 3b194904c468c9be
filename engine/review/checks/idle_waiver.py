"""A waiver that waives nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination, used: Collection[str], checks: Collection[str]) -> Iterator[Found]:
    """The waivers that were not used on the findings of these checks, which are all the others."""
    for waiver in examined.whole.waivers:
        if waiver.waiver not in used:
            parts = {"waiver": waiver.waiver, "finding": waiver.finding, "about": waiver.about}
            key = "found_idle_waiver" if waiver.finding in checks else "found_waiver_of_no_check"
            yield Found(waiver.waiver, examined.place("waiver", waiver.waiver), in_both(key, **parts))
