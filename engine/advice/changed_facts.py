"""Changes of facts: what is so now -> the nearest value that a choice of cells allows, and the case with it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from ..language.bounds import FINEST
from ..language.brief import brief
from ..language.case import CaseFacts, fitting
from ..language.intervals import ANYTHING, Interval, PartlyKnown, joined_intervals
from ..language.orders import limits, pieces
from ..language.text import EXACT
from ..language.value import Value, json_value
from ..language.vocabulary import Fact, Vocabulary
from ..meaning.search import Choice
from .recommendation import Recommendation


class Change(NamedTuple):
    """One fact with a new value; `before` is None if it was unknown.

    Any number in its `reach` does the same as `after`, which is the nearest. The rules it is `drawn_by` are those on
    which the advice rests just before, because of this fact, and that are in force no more.
    """

    fact: str
    before: Value | None
    after: str | Decimal
    reach: Interval | None = None
    drawn_by: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    @property
    def lowers(self) -> bool:
        """Does it make a number smaller than all that it may have been?"""
        lows = [stretch.low for stretch in _stretches(self.before)]
        return isinstance(self.after, Decimal) and bool(lows) and all(low and self.after < low for low in lows)

    @property
    def raises(self) -> bool:
        """Does it make a number greater than all that it may have been?"""
        highs = [stretch.high for stretch in _stretches(self.before)]
        return isinstance(self.after, Decimal) and bool(highs) and all(high and high <= self.after for high in highs)

    def beside(self, vocabulary: Vocabulary) -> Change | None:
        """The change that falls just short of the reach, if there is one."""
        if self.reach and self.lowers and self.reach.high is not None:
            return self._replace(after=self.reach.high)
        if self.reach and self.raises and self.reach.low is not None:
            return self._replace(after=EXACT.subtract(self.reach.low, vocabulary.by_name[self.fact].step))
        return None

    def to_dict(self) -> dict[str, Any]:
        return {"fact": self.fact, "from": json_value(self.before), "to": json_value(self.after)}


def _stretches(value: Value | None) -> tuple[Interval, ...]:
    """The stretches in which a number is known to be; nothing for what is no number, or not known."""
    if isinstance(value, Decimal):
        return (Interval(value, EXACT.add(value, FINEST)),)
    return value.intervals if isinstance(value, PartlyKnown) else ()


def reaching(facts: CaseFacts, change: Change, alike: Iterable[Change]) -> Change:
    """The change with its reach: the cells of all these changes of the same fact, as far as they join its own.

    A number that bounds others or is bounded reaches as far as what is given for them allows, of its cells those pieces
    that leave the others where they are.
    """
    if not isinstance(change.after, Decimal):
        return change
    vocabulary, after = facts.vocabulary, change.after
    ends = [stretch for _, stretch in pieces(vocabulary, change.fact)] if _is_bounded(change.fact, facts) else None
    cells = ends or [cell for cell in vocabulary.domains[change.fact].cells if isinstance(cell, Interval)]
    numbers = [other.after for other in alike if isinstance(other.after, Decimal)]
    stretches = joined_intervals(cell for cell in cells if any(map(cell.holds, numbers)))
    others = {name: value for name, value in facts.stated.items() if name != change.fact}
    limit = limits(vocabulary, others).get(change.fact, ANYTHING)
    reach = next(stretch for stretch in stretches if stretch.holds(after)).common(limit)
    return change._replace(
        reach=reach._replace(low=None) if reach.low == vocabulary.by_name[change.fact].least else reach
    )


def _is_bounded(fact: str, facts: CaseFacts) -> bool:
    """Is it a number that bounds another, or is bounded?"""
    return any(fact in pair for pair in facts.vocabulary.orders)


def drawn_by(fact: str, decision: str, before: Recommendation, after: Recommendation) -> tuple[str, ...]:
    """The rules on which the advice before rests because of the fact, and that are not in force after."""
    in_force = {firing.name for firing in after.trace if firing.kind == "rule" and firing.state == "in_force"}
    grounds = [firing for firings in before.grounds(decision).values() for firing in firings if firing.kind == "rule"]
    return tuple(
        firing.name for firing in grounds if firing.name not in in_force and fact in before.facts_behind(firing)
    )


def nearest_changes(facts: CaseFacts, choice: Choice) -> list[Change]:
    """The changes that put each fact where the choice says, with the nearest value that the others leave."""
    domains = facts.vocabulary.domains
    moved = {
        fact: move.within or domains[fact].cells[move.cells]
        for fact, move in choice.items()
        if isinstance(move.cells, int)
    }
    stated: dict[str, Value] = dict(facts.stated)
    for fact, target in moved.items():
        if isinstance(target, Interval):
            stated[fact] = PartlyKnown("", intervals=(target,))
    changes = []
    for fact, target in moved.items():
        before, limit = facts.states[fact].value, limits(facts.vocabulary, stated).get(fact)
        changes.append(Change(fact, before, nearest(domains[fact].fact, target, before, limit)))
        stated[fact] = changes[-1].after
    return changes


def changed(facts: CaseFacts, changes: Iterable[Change]) -> CaseFacts:
    """The case with these changes; a given fact that no longer applies is left out.

    Raises WhytuneError: contradiction.
    """
    return fitting(facts.vocabulary, {**facts.stated, **{change.fact: change.after for change in changes}})


def nearest(fact: Fact, target: str | Interval, value: Value | None, limit: Interval | None = None) -> str | Decimal:
    """The value nearest to this one in the target and within the limit; the lower end if there is no such value."""
    if not isinstance(target, Interval):
        return target
    known = value.intervals if isinstance(value, PartlyKnown) else ()
    for narrower in (limit, *(interval for interval in known if interval.meets(target))):
        target = target.common(narrower) if narrower is not None and narrower.meets(target) else target
    last = EXACT.subtract(target.high, fact.step) if target.high is not None else None
    if isinstance(value, Decimal) and last is not None and value > last:
        return last
    if target.low is not None:
        return target.low
    least = fact.least
    return least if least is not None else last if last is not None else Decimal(0)
