"""Two options stand, and a person has to decide."""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.deciding import Tie
from ...words.catalogue import in_both, quoted
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        place = examined.place("decision", name, "if_several_stand")
        for tie in (tie for tie in deciding.pairs() if tie.is_referred):
            about = f"{name}.{'+'.join(sorted(tie.options))}"
            yield from examined.looked(about, place, _found(examined, name, tie, about))


def _found(examined: Examination, decision: str, tie: Tie, about: str) -> Iterator[Found]:
    if tie.where:
        prefer = examined.rulebook.decision[decision].if_several_stand.prefer
        first, second = sorted(tie.options)
        missing = quoted(option for option in (first, second) if option not in prefer)
        key = "found_not_preferred" if prefer else "found_referred"
        message = in_both(key, decision=decision, first=first, second=second, missing=missing)
        yield Found(about, examined.place("decision", decision, "if_several_stand"), message, tie.where)
