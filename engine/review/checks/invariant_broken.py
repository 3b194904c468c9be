"""A promise that the rules do not keep."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...language.intervals import Interval
from ...language.problems import Span
from ...language.rulebook import Invariant
from ...language.vocabulary import Fact
from ...meaning.diagram.ground import Cell
from ...meaning.promises import Broken, breaches
from ...words.catalogue import LANGUAGES, in_both
from ...words.values import interval
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for invariant in examined.rulebook.invariants:
        place = examined.place("invariant", invariant.invariant)
        yield from examined.looked(invariant.invariant, place, _found(examined, invariant, place))


def _found(examined: Examination, invariant: Invariant, place: Span | None) -> Iterator[Found]:
    for breach in breaches(examined.diagram, invariant):
        yield Found(invariant.invariant, place, _message(breach, examined), breach.where)


def _message(breach: Broken, examined: Examination) -> Mapping[str, str]:
    invariant, decision = breach.invariant, breach.decision
    if breach.pieces:
        fact = examined.rulebook.vocabulary.by_name[str(invariant.more)]
        low, high = (_said(fact, piece) for piece in breach.pieces)
        return in_both(
            "found_leads_away",
            invariant=invariant.invariant,
            decision=decision,
            fact=str(invariant.more),
            low=low,
            high=high,
            before=" | ".join(invariant.leads_away_from[decision]),
            after=" | ".join(invariant.to[decision]),
        )
    return in_both(
        "found_not_always" if invariant.always else "found_not_never",
        invariant=invariant.invariant,
        decision=decision,
        options=" | ".join((invariant.always or invariant.never)[decision]),
        advice=" | ".join(breach.advice),
    )


def _said(fact: Fact, cell: Cell) -> Mapping[str, str]:
    return {language: interval(fact, cell, language) if isinstance(cell, Interval) else cell for language in LANGUAGES}
