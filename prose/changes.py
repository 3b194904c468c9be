"""Changes of facts in words: what is so now, and what would be instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from whytune.engine.advice.explanations import Change, Flip
from whytune.engine.language.bounds import FINEST, bound_at, plain_number
from whytune.engine.language.intervals import Interval, joined_cells
from whytune.engine.language.text import EXACT
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import interval, number

from .conditions import deciders, quoted_rules


class Alike(NamedTuple):
    """Flips that differ in at most one number that is still unknown: each of its stretches would do.

    `decided_by` is what would then decide, if it is the same for all of them.
    """

    first: Flip
    fact: str | None
    stretches: tuple[Interval, ...]
    decided_by: tuple[str, ...]

    def sentence(self, speaker: Speaker, *, why: bool = True) -> str:
        """The changes, and which given facts then no longer apply; `why`: which rules draw the bounds of numbers."""
        changes = speaker.say("and").join(self._change(speaker, change, why) for change in self.first.changes)
        if not self.first.leaves_out:
            return changes
        idle = speaker.listed(map(speaker.fact, self.first.leaves_out))
        return speaker.say("within", value=changes, bounds=speaker.say("leaves_out", facts=idle))

    def _change(self, speaker: Speaker, change: Change, why: bool) -> str:
        if change.fact != self.fact:
            return changed(speaker, change, why=why)
        after = cells(speaker, change.fact, self.stretches)
        return speaker.say("change", fact=speaker.fact_of_list(change.fact), before=speaker.say("unknown"), after=after)


def alike(speaker: Speaker, flips: Iterable[Flip]) -> Iterator[Alike]:
    """The flips, with those that differ in one unknown number taken as one, in order of the first of each."""
    together: dict[tuple[object, ...], list[Flip]] = {}
    for flip in flips:
        number = _unknown_number(speaker, flip)
        others = tuple(change for change in flip.changes if change.fact != number)
        together.setdefault((number, others, flip.outcome, flip.group, flip.leaves_out), []).append(flip)
    for same in together.values():
        number = _unknown_number(speaker, same[0])
        stretches = (_stretch(speaker, change) for flip in same for change in flip.changes if change.fact == number)
        decided_by = same[0].decided_by if len({flip.decided_by for flip in same}) == 1 else ()
        yield Alike(same[0], number, tuple(stretches), decided_by)


def leads_to(speaker: Speaker, decision: str, flips: Iterable[Flip], *, why: bool = True) -> Iterator[str]:
    """Each flip with the outcome that it leads to, and `why`: what tells most of the reason."""
    for same in alike(speaker, flips):
        option = speaker.outcome(decision, same.first.outcome)
        by = deciders(same.decided_by[:1] if why else (), speaker)
        changes = same.sentence(speaker, why=why)
        if by:
            yield speaker.say("leads_to_by", changes=changes, option=option, by=by)
        else:
            yield speaker.say("leads_to", changes=changes, option=option)


def _unknown_number(speaker: Speaker, flip: Flip) -> str | None:
    """The first number among the changes that is not known so far."""
    by_name = speaker.rulebook.vocabulary.by_name
    unknown = (change.fact for change in flip.changes if change.before is None and by_name[change.fact].is_number)
    return next(unknown, None)


def _stretch(speaker: Speaker, change: Change) -> Interval:
    domain = speaker.rulebook.vocabulary.domains[change.fact]
    cell = domain.cells[domain.cell_of(change.after)]
    if not isinstance(cell, Interval):
        raise TypeError(cell)
    return cell


def changed(speaker: Speaker, change: Change, *, why: bool = True) -> str:
    """A change in words, of a number as a bound where it would fall just short of it; `why`: which rule draws that."""
    fact = speaker.fact_of_list(change.fact)
    if change.before is None:
        domain = speaker.rulebook.vocabulary.domains[change.fact]
        after = cells(speaker, change.fact, [domain.cells[domain.cell_of(change.after)]])
        return speaker.say("change", fact=fact, before=speaker.say("unknown"), after=after)
    before, after = speaker.value(change.fact, change.before), _after(speaker, change)
    sentence = speaker.say("change", fact=fact, before=before, after=after)
    bounds = [*_more(speaker, change), *(_drawn_by(speaker, change) if why else ())]
    return speaker.say("within", value=sentence, bounds=speaker.say("comma").join(bounds)) if bounds else sentence


def _after(speaker: Speaker, change: Change) -> str:
    """The new value; of a number the bound instead that nobody would hit, such as 199,999 or 130.000001."""
    if not isinstance(change.after, Decimal):
        return speaker.value(change.fact, change.after)
    stretch = (change.lowers and change.reach) or _beside(change.after)
    return cells(speaker, change.fact, [stretch]) if stretch else speaker.value(change.fact, change.after)


def _more(speaker: Speaker, change: Change) -> Iterator[str]:
    """By how much a number must be greater, where that is told exactly."""
    before, after = change.before, change.after
    if isinstance(before, Decimal) and isinstance(after, Decimal) and change.raises and _beside(after) is None:
        yield speaker.say("more", number=number(plain_number(after - before)))


def _drawn_by(speaker: Speaker, change: Change) -> Iterator[str]:
    """The first rule by which a smaller number is not small enough."""
    if change.lowers:
        yield from (speaker.say("drawn_by", rule=quoted_rules(speaker, [rule])) for rule in change.drawn_by[:1])


def _beside(number: Decimal) -> Interval | None:
    """What is said instead of a number beside one of fewer decimals: above 130 is 130.000001, below it 129.999999."""
    end = plain_number(EXACT.add(number, FINEST))
    if bound_at(number).above:
        return Interval(number, None)
    return Interval(None, end) if bound_at(EXACT.add(end, FINEST)).above else None


def cells(speaker: Speaker, fact: str, cells: Iterable[str | Interval]) -> str:
    """Values or stretches of numbers of one fact, with neighbouring stretches joined."""
    declared = speaker.rulebook.vocabulary.by_name[fact]
    return speaker.one_of(
        interval(declared, cell, speaker.language) if isinstance(cell, Interval) else speaker.value(fact, cell)
        for cell in joined_cells(cells)
    )
