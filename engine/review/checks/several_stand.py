"""Two options stand, and the preference decides."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        for tie in deciding.ties:
            if not tie.is_referred:
                first, second = tie.options
                message = in_both("found_several_stand", decision=name, first=first, second=second)
                place = examined.place("decision", name, "if_several_stand")
                yield Found(f"{name}.{first}+{second}", place, message, tie.where)
