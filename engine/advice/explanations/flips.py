"""What would flip the advice: all the smallest changes of facts that lead to another outcome."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, Literal, NamedTuple

from ...language.brief import brief
from ...language.case import CaseFacts
from ...language.intervals import Interval, PartlyKnown
from ...language.orders import pieces, related
from ...language.problems import EngineDisagreement, WhytuneError
from ...language.text import EXACT
from ...language.value import Value, assumptions
from ...language.vocabulary import Domain
from ...meaning.search import CellMove, Choice, cheapest
from ..advisor import Advisor
from ..changed_facts import Change, changed, drawn_by, nearest_changes, reaching
from ..recommendation import Recommendation

Ease = Literal["yes", "with_effort", "no"]
EASE: tuple[Ease, ...] = ("yes", "with_effort", "no")
"""How changeable a fact may be, the easiest first."""


class _Untried(NamedTuple):
    """Changes that together lead to another outcome, yet to be tried."""

    changes: tuple[Change, ...]
    outcome: str

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(change.fact for change in self.changes)


Effort = Literal["find_out", "check", "yes", "with_effort", "no"]
EFFORTS: tuple[Effort, ...] = ("find_out", "check", "yes", "with_effort", "no")
"""What a flip takes, in the order in which readers are told."""
TO_FIND_OUT: tuple[Effort, ...] = ("find_out", "check")
"""What takes no change of the task, but knowing it better."""


class Flip(NamedTuple):
    """Changes that together lead to another outcome; `changeable` is that of the fact hardest to change.

    `group` is the `changeable` of the given facts among them; if there are none, `check` (what is assumed), or else
    `find_out` (what is unknown). `leaves_out` holds given facts that then no longer apply. A flip `wastes` effort if a
    given fact takes effort to change, and the change lowers a number, takes a choice back to what is assumed where
    nobody says, such as not measured, or leaves only the fallback, be it of a decision on whose advice this one rests.
    `decided_by` names the rules or policies that would then decide and do not now, what tells most first.
    """

    changes: tuple[Change, ...]
    outcome: str
    changeable: Ease
    group: Effort
    leaves_out: tuple[str, ...] = ()
    wastes: bool = False
    decided_by: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that it changes."""
        return tuple(change.fact for change in self.changes)

    @property
    def distances(self) -> tuple[Decimal, ...]:
        """By how much it changes each number that was known."""
        numbers = ((change.before, change.after) for change in self.changes)
        return tuple(
            EXACT.abs(EXACT.subtract(after, before))
            for before, after in numbers
            if isinstance(before, Decimal) and isinstance(after, Decimal)
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "changes": [change.to_dict() for change in self.changes],
            "outcome": self.outcome,
            "changeable": self.changeable,
            "group": self.group,
            "leaves_out": list(self.leaves_out),
            "wastes": self.wastes,
            "decided_by": list(self.decided_by),
        }


class Flips(NamedTuple):
    """All flips that change the fewest facts; empty if nothing leads there. `advice` is None if the case is open."""

    decision: str
    advice: str | None
    to: str | None
    flips: tuple[Flip, ...]

    def __repr__(self) -> str:
        return brief(self)

    @property
    def worthwhile(self) -> tuple[Flip, ...]:
        """The flips that somebody may want: nobody makes an effort to lose what they have."""
        return tuple(flip for flip in self.flips if not flip.wastes)

    @property
    def nearest(self) -> Flip | None:
        """The worthwhile flip that is easiest to make, with given facts before what is to be found out or checked.

        Where the advice is open, what is to be found out comes first.

        Of two that lead to the same, one that takes no more or less of a number is easier. Among flips that change the
        same numbers, it is the one that changes them least.
        """
        in_hand = ("yes", "with_effort")
        return self._nearest((*in_hand, *TO_FIND_OUT, "no") if self.advice else (*TO_FIND_OUT, *in_hand, "no"))

    @property
    def nearest_open(self) -> Flip | None:
        """The nearest of those by what is to be found out or checked alone."""
        return self._nearest(TO_FIND_OUT)

    def _nearest(self, order: Sequence[str]) -> Flip | None:
        """The easiest of the worthwhile flips of these groups, the first group before the next."""
        flips = [flip for flip in self.worthwhile if flip.group in order]
        first = min(flips, key=lambda flip: order.index(flip.group), default=None)
        if first is None:
            return None
        leading = [flip for flip in flips if (flip.group, flip.outcome) == (first.group, first.outcome)]
        easiest = min((first, *leading), key=lambda flip: len(flip.distances))
        alike = (flip for flip in flips if (flip.group, flip.facts) == (easiest.group, easiest.facts))
        return min(alike, key=lambda flip: flip.distances)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "advice": self.advice,
            "to": self.to,
            "flips": [flip.to_dict() for flip in self.flips],
        }


def flips(advisor: Advisor, facts: CaseFacts, decision: str, to: str | None = None) -> Flips:
    """All the smallest flips away from the present outcome, or to the outcome `to`; each has been tried.

    If several change one number in the same direction to the same outcome, only the nearest is told. Unknown facts may
    be given, too; assumed facts count as facts. Raises WhytuneError: unknown-decision, unknown-option,
    search-too-large.
    """
    advisor.begin()
    now = advisor.exact.outlook(decision, facts.given_places, facts.places).as_assumed
    present, decided = now[0] if len(now) == 1 else None, advisor.rulebook.decision[decision]
    if to == present and to is not None:
        return Flips(decision, present, to, ())
    others = [outcome for outcome in decided.outcomes if outcome != present]
    targets = others if to is None else [decided.outcome(to)]
    choices_to = {target: _choices(advisor, facts, decision, target) for target in targets}
    least = min((len(choice) for choices in choices_to.values() for choice in choices), default=0)
    ways = [
        _Untried(tuple(nearest_changes(facts, choice)), target)
        for target, choices in choices_to.items()
        for choice in choices
        if len(choice) == least
    ]
    nearest_only = [way for way in ways if not any(_is_nearer(other, way) for other in ways)]
    once = [
        way
        for index, way in enumerate(nearest_only)
        if not any(_finds_the_same(other, way, advisor.exact.domains) for other in nearest_only[:index])
    ]
    answer = advisor.recommend(facts) if once else None
    tried = (_flip(advisor, facts, decision, _reaching(facts, way, ways), answer) for way in once if answer)
    return Flips(decision, present, to, tuple(sorted(tried, key=_order)))


def flips_or_none(advisor: Advisor, facts: CaseFacts, decision: str) -> Flips | None:
    """All the smallest flips, or None if the search would take too long, for a caller that can do without them."""
    try:
        return flips(advisor, facts, decision)
    except WhytuneError as error:
        if not error.is_too_large:
            raise
        return None


def _choices(advisor: Advisor, facts: CaseFacts, decision: str, target: str, most: int | None = None) -> list[Choice]:
    """The smallest changes that lead to the target, if they are no more than `most`."""
    held = _held(advisor, facts)
    vocabulary = facts.vocabulary
    finer = {name: pieces(vocabulary, name) for pair in vocabulary.orders for name in pair}

    def moves(fact: str, chosen: Choice) -> Sequence[CellMove]:
        """The moves of a fact: keep it or change it.

        A number that changes of others may move, too, may be in any cell unchanged. A number that bounds others may
        change within its cell, which may put these into other cells.
        """
        cells = range(len(advisor.exact.domains[fact].cells))
        place = held.get(fact)
        if fact not in finer:
            return [CellMove(place, 0), *(CellMove(cell, 1) for cell in cells if cell != place)]
        free = [place] if isinstance(facts.stated.get(fact), Decimal) else cells
        before = facts.states[fact].value
        elsewhere = [at for at in finer[fact] if not (isinstance(before, Decimal) and at[1].holds(before))]
        return [*(CellMove(cell, 0) for cell in free), *(CellMove(cell, 1, piece) for cell, piece in elsewhere)]

    def leads_there(choice: Choice) -> bool:
        """Does the choice lead there once numbers that bound each other take the places it leaves them?"""
        if not finer:
            return True
        try:
            after = changed(facts, nearest_changes(facts, choice))
        except WhytuneError:  # a number beyond one that bounds it
            return False
        return advisor.exact.outlook(decision, after.given_places, after.places).as_assumed == (target,)

    goal, advice = partial(operator.contains, (target, None)), advisor.searched(decision)
    besides = [name for name in finer if related(vocabulary, name) & advice.facts]
    return cheapest(advice, moves, goal, accepts=leads_there, besides=besides)


def _held(advisor: Advisor, facts: CaseFacts) -> dict[str, int | frozenset[int]]:
    """Where each fact that is left alone is: its present cell, or the assumed one should it come to apply.

    Nothing is assumed about a fact that is said to be unknown.
    """
    places = dict(facts.places)
    for name, domain in advisor.exact.domains.items():
        assumption = None if name in facts.stated else assumptions(facts.vocabulary)[name]
        if facts.states[name].state == "not_applicable" and assumption is not None:
            cells = domain.cells_of(assumption)
            places[name] = min(cells) if len(cells) == 1 else cells
    return places


def _reaching(facts: CaseFacts, way: _Untried, ways: Iterable[_Untried]) -> _Untried:
    """The way with the reach of each of its numbers: of one that changes alone, all that leads to the same.

    If it does not, a number that bounds others or is bounded has none.
    """
    if len(way.changes) == 1:
        alike = [other.changes[0] for other in ways if (other.outcome, other.facts) == (way.outcome, way.facts)]
        return way._replace(changes=(reaching(facts, way.changes[0], alike),))
    bounded = {name for pair in facts.vocabulary.orders for name in pair}
    changes = (change if change.fact in bounded else reaching(facts, change, [change]) for change in way.changes)
    return way._replace(changes=tuple(changes))


def _flip(advisor: Advisor, facts: CaseFacts, decision: str, way: _Untried, now: Recommendation) -> Flip:
    changes, after = way.changes, changed(facts, way.changes)
    answer = verify(advisor, after, decision, way.outcome)
    fell_back = not _fallbacks(answer, decision) <= _fallbacks(now, decision)
    leaves_out = tuple(name for name in facts.given if name not in after.given)
    hardest, group = _hardest(facts, changes), _group(facts, changes)
    wastes = _wastes(facts, changes, fell_back)
    decided_by = tuple(name for name in answer.tell_most(decision) if name not in now.deciders(decision))
    drawn = tuple(_drawn(advisor, facts, decision, changes, now, answer))
    return Flip(drawn, way.outcome, hardest, group, leaves_out, wastes, decided_by)


def _drawn(
    advisor: Advisor,
    facts: CaseFacts,
    decision: str,
    changes: tuple[Change, ...],
    now: Recommendation,
    after: Recommendation,
) -> Iterator[Change]:
    """The changes with the rules that draw the bounds of numbers; answered as `now` where that is so beside a bound."""
    for change in changes:
        beside = change.beside(facts.vocabulary)
        if beside is None:
            yield change
            continue
        almost = changed(facts, [beside if other is change else other for other in changes])
        answer = now if almost.places == facts.places else advisor.recommend(almost)
        yield change._replace(drawn_by=drawn_by(change.fact, decision, answer, after))


def _fallbacks(answer: Recommendation, decision: str) -> set[str]:
    """The decisions that only the fallback decided: this one, and those on whose advice it rests."""
    return {name for name in (decision, *answer.grounds(decision)) if answer.fell_back(name)}


def _wastes(facts: CaseFacts, changes: Iterable[Change], fell_back: bool) -> bool:
    return any(
        (change.lowers or fell_back or _undoes(facts, change))
        and facts.states[change.fact].state == "given"
        and facts.vocabulary.by_name[change.fact].changeable == "with_effort"
        for change in changes
    )


def _undoes(facts: CaseFacts, change: Change) -> bool:
    """Does it take a choice back to what is assumed where nobody says?"""
    is_choice = facts.vocabulary.by_name[change.fact].kind == "choice"
    return is_choice and change.after == assumptions(facts.vocabulary)[change.fact]


def _hardest(facts: CaseFacts, changes: Iterable[Change]) -> Ease:
    return max((facts.vocabulary.by_name[change.fact].changeable for change in changes), key=EASE.index)


def _group(facts: CaseFacts, changes: Iterable[Change]) -> Effort:
    given = [
        change
        for change in changes
        if facts.states[change.fact].state == "given"
        if not (isinstance(change.before, PartlyKnown) and change.before.holds(change.after))
    ]
    if given:
        return _hardest(facts, given)
    return "check" if any(facts.states[change.fact].state == "assumed" for change in changes) else "find_out"


def verify(advisor: Advisor, after: CaseFacts, decision: str, outcome: str) -> Recommendation:
    """Runs the changed case and returns the answer; raises EngineDisagreement if its outcome differs."""
    answer = advisor.recommend(after)
    possible = answer.decisions[decision].possible_as_assumed
    if possible != (outcome,):
        raise EngineDisagreement(f"a flip to {outcome} came out as {possible}")
    return answer


def _order(flip: Flip) -> tuple[object, ...]:
    return (
        EASE.index(flip.changeable),
        flip.outcome,
        tuple((change.fact, str(change.after)) for change in flip.changes),
    )


def _is_nearer(one: _Untried, other: _Untried) -> bool:
    """Is one way the same as the other except for one number, which it changes less in the same direction?"""
    if one.outcome != other.outcome or len(one.changes) != len(other.changes):
        return False
    differing = [(a, b) for a, b in zip(one.changes, other.changes, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    return a.fact == b.fact and _is_between(a.before, a.after, b.after)


def _finds_the_same(one: _Untried, other: _Untried, domains: Mapping[str, Domain]) -> bool:
    """Do both make the same changes, except for a formerly unknown number that they find in the same cell?"""
    if one.outcome != other.outcome or len(one.changes) != len(other.changes):
        return False
    return all(
        a == b or (a.fact == b.fact and not isinstance(a.before, Decimal) and _cell(domains, a) == _cell(domains, b))
        for a, b in zip(one.changes, other.changes, strict=True)
    )


def _cell(domains: Mapping[str, Domain], change: Change) -> int:
    return domains[change.fact].cell_of(change.after)


def _is_between(before: Value | None, nearer: Value, farther: Value) -> bool:
    """Does one number lie between everything that was known about the number before and another?"""
    intervals = before.intervals if isinstance(before, PartlyKnown) else ()
    if isinstance(before, Decimal):
        intervals = (Interval(before, before),)
    if not intervals or not isinstance(nearer, Decimal) or not isinstance(farther, Decimal):
        return False
    lows, highs = [interval.low for interval in intervals], [interval.high for interval in intervals]
    if all(high is not None and high <= nearer for high in highs):
        return nearer < farther
    return all(low is not None and nearer < low for low in lows) and farther < nearer
