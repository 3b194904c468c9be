"""Two options stand, and a person has to decide."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both, quoted
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        prefer = examined.rulebook.decision[name].if_several_stand.prefer
        for tie in deciding.ties:
            if tie.is_referred:
                first, second = sorted(tie.options)
                missing = quoted(option for option in (first, second) if option not in prefer)
                key = "found_not_preferred" if prefer else "found_referred"
                message = in_both(key, decision=name, first=first, second=second, missing=missing)
                place = examined.place("decision", name, "if_several_stand")
                yield Found(f"{name}.{first}+{second}", place, message, tie.where)
