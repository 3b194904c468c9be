"""Two options stand, and the preference decides."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.problems import Span
from ...meaning.deciding import Tie
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        place = examined.place("decision", name, "if_several_stand")
        for tie in (tie for tie in deciding.pairs() if not tie.is_referred):
            yield from examined.looked(f"{name}.{'+'.join(tie.options)}", place, _found(name, tie, place))


def _found(decision: str, tie: Tie, place: Span | None) -> Iterator[Found]:
    if tie.where:
        first, second = tie.options
        message = in_both("found_several_stand", decision=decision, first=first, second=second)
        yield Found(f"{decision}.{first}+{second}", place, message, tie.where)
