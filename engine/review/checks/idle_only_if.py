"""An `only_if` of a decision that holds in every case, or in none."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.problems import Span
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for decision in (decision for decision in examined.rulebook.decisions if decision.only_if):
        name = decision.decision
        place = examined.place("decision", name, "only_if")
        yield from examined.looked(name, place, _found(examined, name, place))


def _found(examined: Examination, name: str, place: Span | None) -> Iterator[Found]:
    applies, fails = (
        examined.atlas.among_tasks(where) for where in (examined.diagram.applies[name], ~examined.diagram.applies[name])
    )
    if not (applies and fails):
        key = "found_only_if_always" if applies else "found_only_if_never"
        yield Found(name, place, in_both(key, decision=name))
