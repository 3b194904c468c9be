"""Moved cuts and cases -> the cuts at whose edge no case stands any more, as one did before the edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from ...language.bounds import bound_at
from ...language.problems import Span
from ...language.rulebook import Rulebook
from ...language.translations import span_of
from ...language.vocabulary import Fact
from ..casebook.reading import CheckedCase
from .moved_cuts import MovedCuts


class LostEdge(NamedTuple):
    """A new cut of a band, the numbers next to it at which no case stands, and the cases that stand at the old ones."""

    band: str
    number: Decimal
    missing: tuple[Decimal, ...]
    cases: tuple[CheckedCase, ...]
    span: Span | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "band": self.band,
            "number": f"{self.number:f}",
            "missing": [f"{number:f}" for number in self.missing],
            "cases": [case.title for case in self.cases],
            "place": str(self.span) if self.span else None,
        }


def lost_edges(moved: Iterable[MovedCuts], cases: Sequence[CheckedCase], new: Rulebook) -> Iterator[LostEdge]:
    """Each new cut that cases test less closely than its old one: some stand next to that, and none next to it."""
    for cuts in moved:
        fact = new.vocabulary.by_name[cuts.fact]
        values = [case.facts.states[fact.fact].value for case in cases]
        for cut, olds in cuts.pairs:
            sides = zip(_edges(fact, cut), *(_edges(fact, old) for old in olds), strict=True)
            lost = [side for side in sides if side[0] not in values and any(old in values for old in side[1:])]
            if lost:
                missing, *left = zip(*lost, strict=True)
                before = [number for numbers in left for number in numbers]
                stood = tuple(case for case, value in zip(cases, values, strict=True) if value in before)
                span = span_of(new, ("fact", fact.fact, "bands", cuts.band, "cut_at"))
                yield LostEdge(cuts.band, bound_at(cut).number, missing, stood, span)


def _edges(fact: Fact, cut: Decimal) -> tuple[Decimal, ...]:
    """The last whole number below a cut and the first above it; of other numbers, the one at which it stands."""
    return (cut - 1, cut) if fact.kind == "whole_number" else (bound_at(cut).number,)
