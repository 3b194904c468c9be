"""The tasks that leave a fact out and get different advice: the assumption about it changed, or it now matters.

People who leave a fact out may get different advice although no fully known task does, or no advice yet, if the fact
made no difference before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any, NamedTuple

from ...language.rulebook import Rulebook
from ...language.value import Value
from ...language.value import assumed as assumption_of
from ...language.vocabulary import member
from ...meaning.diagram import DecisionDiagram, Function, Where
from ...meaning.regions import Region, Regions, most_each, share_dict
from ...meaning.study import Study
from .advice_changes import changed_ways, in_order
from .witnesses import Witness, witness_of

OPEN = ("open",)
"""What comes out while several outcomes are left; a decided outcome is a name."""

AssumedCells = Mapping[str, frozenset[int] | None]
"""Fact -> the cells that it is assumed to be in, None if nothing is assumed about it."""


class OmissionChange(NamedTuple):
    """Tasks whose outcome changes in one way if they leave this fact out; None is open.

    With it they leave out the facts that apply only if it has some value; `where` is about the others. If the
    assumption about the fact did not change, it was not needed before; for these tasks one region is told.
    """

    fact: str
    decision: str
    before: str | None
    after: str | None
    where: Regions
    witnesses: tuple[Witness, ...]
    cells: Where
    assumed: AssumedCells
    is_assumed_otherwise: bool

    def task(self, region: Region) -> dict[str, Value]:
        """The witness of a region without the facts that are left out."""
        return {name: value for name, value in region.witness.items() if name not in self.assumed}

    def to_dict(self) -> dict[str, Any]:
        return {
            "fact": self.fact,
            "decision": self.decision,
            "from": self.before,
            "to": self.after,
            "assumed_otherwise": self.is_assumed_otherwise,
            "share": share_dict(self.where.share),
            "regions": [
                {**region.to_dict(), "witness": witness.to_dict()}
                for region, witness in zip(self.where.listed, self.witnesses, strict=True)
            ],
            "rest": share_dict(self.where.rest),
        }


def omission_changes(old: Study, new: Study) -> Iterator[OmissionChange]:
    """Every change of advice to tasks that leave one fact out that the advice on fully known tasks does not show.

    Either the assumption about the fact changed; or there is none, and the outcome now depends on the fact.
    """
    decisions = [name for name in new.diagram.advice if name in old.diagram.advice]
    lefts = (_Left(fact.fact, old, new) for fact in new.rulebook.vocabulary.declared)
    changing = [left for left in lefts if left.is_assumed_otherwise or None in left.are.values()]
    going = [(left, decision, left.ways(decision)) for left in changing for decision in decisions]
    most = most_each(sum(len(in_order(ways)) for left, _, ways in going if left.is_assumed_otherwise))
    for left, decision, ways in going:  # for what follows from the advice, one example will do
        yield from left.changes(decision, ways, most if left.is_assumed_otherwise else 1)


class _Left:
    """One fact that is left out: what was and is assumed about it, and about it with all facts that depend on it."""

    def __init__(self, fact: str, old: Study, new: Study) -> None:
        self.fact, self.old, self.new, self.atlas = fact, old.diagram, new.diagram, new.atlas
        members = _members(old.rulebook, new.rulebook, fact)
        self.were, self.are = _assumed(self.old, members), _assumed(self.new, members)
        waiting = [name for name in new.ground.cells if members & new.ground.waits_for(name)]
        self.all_were = {**self.were, **_assumed(self.old, waiting)}
        self.all_are = {**self.are, **_assumed(self.new, waiting)}

    @property
    def is_assumed_otherwise(self) -> bool:
        return self.were != self.are

    def changes(self, decision: str, ways: Function[Any], most: int) -> Iterator[OmissionChange]:
        """How the outcome of a decision changes if the fact, and all facts that depend on it, are left out."""
        for way in in_order(ways):
            cells = ways.being(way)
            where = self.atlas.regions(cells, most)
            if where:
                change = OmissionChange(
                    self.fact, decision, *_named(way), where, (), cells, self.all_are, self.is_assumed_otherwise
                )
                cases = (change.task(region) for region in where.listed)
                witnesses = (witness_of(case, self.old.rulebook, self.new.rulebook) for case in cases)
                yield change._replace(witnesses=tuple(witnesses))

    def ways(self, decision: str) -> Function[Any]:
        """From what to what the outcome changes in each cell; nothing where the omission is not the cause."""
        were, are = self.all_were, self.all_are
        old: Function[Any] = self.old.advice[decision]
        new: Function[Any] = self.new.advice[decision]
        if were == are and self._is_common(were):
            # it can change only where the advice on a whole task does: elsewhere nothing need be built
            near = self._near(changed_ways(self.old, self.new, decision), were)
            if not near:
                return self.atlas.ground.constant(())
            old, new = (near.combined(_within, advice) for advice in (old, new))
        before, after = left_out(self.old, old, were), left_out(self.new, new, are)
        if not self.is_assumed_otherwise:
            return before.combined(_opened, after)
        otherwise = left_out(self.new, new, {**are, **self.were})
        return before.combined(_due, after, otherwise)

    def _is_common(self, names: Iterable[str]) -> bool:
        """Do both rulebooks have the same values of these facts?"""
        ground = self.atlas.ground
        return all(len(ground.common(name)) == len(ground.cells[name]) for name in names)

    def _near(self, ways: Function[Any], names: Iterable[str]) -> Where:
        """Where the advice changes for some value of these facts."""
        ground, near = self.atlas.ground, ways.where(bool)
        for name in names:
            near = ground.any_of(near.at(name, cell) for cell in range(len(ground.cells[name])))
        return near


def left_out(diagram: DecisionDiagram, outcome: Function[Any], assumed: AssumedCells) -> Function[Any]:
    """The outcome if these facts are left out: by what is assumed, or OPEN if their possible values differ in it."""
    for name in (name for name in assumed if name in diagram.domains):
        cells = assumed[name] or diagram.ground.known_to(diagram.rulebook, name)
        at_cells = [outcome.at(name, cell) for cell in cells]
        outcome = reduce(lambda agreed, at_cell: agreed.combined(_agreed, at_cell), at_cells)
    return outcome


def _members(old: Rulebook, new: Rulebook, fact: str) -> set[str]:
    """The fact, or the yes_no facts that represent it, as far as both rulebooks have them."""
    declared = new.vocabulary.by_name[fact]
    names = {member(declared, value) for value in declared.values} if declared.kind == "choices" else {fact}
    return {name for name in names if all(name in book.vocabulary.domains for book in (old, new))}


def _assumed(diagram: DecisionDiagram, names: Iterable[str]) -> dict[str, frozenset[int] | None]:
    domains = ((name, diagram.domains[name]) for name in sorted(names) if name in diagram.domains)
    assumptions = ((name, domain, assumption_of(domain.fact)) for name, domain in domains)
    return {name: domain.cells_of(value) if value is not None else None for name, domain, value in assumptions}


def _agreed(outcome: Any, other: Any) -> Any:
    return outcome if outcome == other else OPEN


def _due(before: Any, after: Any, otherwise: Any) -> Any:
    """From and to where a change is due to the assumption; nothing elsewhere."""
    return (before, after) if before != after != otherwise else ()


def _within(is_near: bool, outcome: Any) -> Any:
    return outcome if is_near else None


def _opened(before: Any, after: Any) -> Any:
    """From and to where what was decided is open now."""
    return (before, after) if before != OPEN == after else ()


def _named(way: Any) -> tuple[str | None, str | None]:
    before, after = (None if outcome == OPEN else outcome for outcome in way)
    return before, after
