"""The tasks that get different advice: from what to what, which they are, a case to try, and the parts to blame."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.rulebook import Condition, Rulebook, StepKey
from ...language.value import Value
from ...language.vocabulary import subjects_of
from ...meaning.diagram import DecisionDiagram, Function, Where
from ...meaning.regions import Cells, Region, Regions, most_each, share_dict
from ...meaning.study import Study
from .part_changes import PartChange, ValueChange
from .turns import Turn
from .witnesses import Witness, witness_of

NO_DECISION = ""
"""Stands for the advice on a decision that a rulebook does not have."""

Way = tuple[str | None, str | None]
"""The advice before and after."""

PartName = tuple[str, str]
"""The kind and name of a part of a rulebook."""


class ChangedRegion(NamedTuple):
    """Tasks whose advice changes in one way, and the changed parts that made a difference to some of them."""

    region: Region
    blame: tuple[PartName, ...]
    witness: Witness

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.region.to_dict(),
            "witness": self.witness.to_dict(),
            "blame": [{"kind": kind, "name": name} for kind, name in self.blame],
        }


class AdviceChange(NamedTuple):
    """All tasks whose outcome of a decision changes in one way; None if the decision is not in a rulebook.

    `decided_before` names the rules and policies that no longer decide some of them, `decided_now` those that do now.
    """

    decision: str
    before: str | None
    after: str | None
    where: Regions
    regions: tuple[ChangedRegion, ...]
    cells: Where
    decided_before: tuple[str, ...]
    decided_now: tuple[str, ...]

    def __repr__(self) -> str:
        return brief(self)

    def task(self, region: Region) -> Mapping[str, Value]:
        """The witness of a region, which may give every fact."""
        return region.witness

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "from": self.before,
            "to": self.after,
            "share": share_dict(self.where.share),
            "regions": [region.to_dict() for region in self.regions],
            "rest": share_dict(self.where.rest),
            "decided_before": list(self.decided_before),
            "decided_now": list(self.decided_now),
        }


def advice_changes(
    old: Study, new: Study, parts: tuple[PartChange, ...], turning: Mapping[str, tuple[Turn, ...]]
) -> Iterator[AdviceChange]:
    """Every change of advice, by decision, the change of the most tasks first.

    `old` and `new` are on one ground. Tasks that only one of the rulebooks can describe, with a value that the other
    does not have, are left out. If the advice changes in many ways, fewer regions of each are told.
    """
    ways_of = {decision: changed_ways(old.diagram, new.diagram, decision) for decision in turning}
    most = most_each(sum(len(in_order(ways)) for ways in ways_of.values()))
    for decision, ways in ways_of.items():
        suspects = _suspects(old.diagram, new.diagram, decision, parts)
        changes = []
        for before, after in in_order(ways):
            cells = ways.being((before, after))
            where = new.atlas.regions(cells, most)
            if where:
                regions = tuple(
                    ChangedRegion(
                        region,
                        _blame(suspects, new.atlas.cells(region)),
                        witness_of(region.witness, old.rulebook, new.rulebook),
                    )
                    for region in where.listed
                )
                deciders = _deciders(new, cells, turning[decision])
                changes.append(AdviceChange(decision, before, after, where, regions, cells, *deciders))
        yield from sorted(changes, key=lambda change: -change.where.share.tasks if change.where.share else 0)


def _deciders(study: Study, cells: Where, turns: Iterable[Turn]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules and policies that no longer decide some task in these cells, and those that now do."""
    turns, among = tuple(turns), study.atlas.among_tasks
    return (
        tuple(turn.name for turn in turns if among(cells & turn.lost)),
        tuple(turn.name for turn in turns if among(cells & turn.gained)),
    )


def changed_ways(old: DecisionDiagram, new: DecisionDiagram, decision: str) -> Function[Way | None]:
    """From what to what the advice changes in each cell, None where it stays; `old` and `new` are on one ground.

    In a pair, None stands for the advice of a rulebook that does not have the decision.
    """
    nothing = old.ground.constant(NO_DECISION)
    return old.advice.get(decision, nothing).combined(_way, new.advice.get(decision, nothing))


def _way(before: str, after: str) -> Way | None:
    return (before or None, after or None) if before != after else None


def in_order(ways: Function[Any]) -> list[Any]:
    """The ways in which the advice changes, in a fixed order."""
    return sorted((way for way in ways.values() if way), key=str)


def _suspects(
    old: DecisionDiagram, new: DecisionDiagram, decision: str, parts: tuple[PartChange, ...]
) -> list[tuple[Where, tuple[PartName, ...]]]:
    """The changed parts that the decision rests on, each with the condition under which it affects a task.

    A changed rule does where it is in force in one of the rulebooks. Changed facts, and a table whose rows moved, do
    where an unchanged rule that tests them, or is one of its rows, is in force in only one of the rulebooks, or a
    decision whose `only_if` tests them applies in only one. A decision does there too, and where its policies decide,
    or where it is new or gone; an option does where it, or one of its kinds, stands in one of the rulebooks.
    """
    changed = {(part.kind, part.name) for part in parts if not part.is_wording}
    ground, nowhere = old.ground, old.ground.nowhere
    moved = {part.name for part in parts if part.kind == "table" and any(map(_is_order, part.values))}
    in_table = {name: table.table for table in new.rulebook.tables for name in table.rules if table.table in moved}
    steps = {*_rested_on(old.rulebook, decision), *_rested_on(new.rulebook, decision)}
    suspects: list[tuple[Where, tuple[PartName, ...]]] = []
    for rule in sorted(name for kind, name in steps if kind == "rule"):
        before, after = old.rules.get(rule, nowhere), new.rules.get(rule, nowhere)
        if ("rule", rule) in changed:
            suspects.append((before | after, (("rule", rule),)))
        elif before != after:
            premises = (book.premises[rule].conditions() for book in (old.rulebook, new.rulebook))
            suspects.append(
                (before ^ after, (*_facts_tested(old, new, chain(*premises), changed), *_table_of(rule, in_table)))
            )
    for name in sorted(name for kind, name in steps if kind == "decision"):
        is_in_both = name in old.left and name in new.left
        applies_in_one = old.applies[name] ^ new.applies[name] if is_in_both else nowhere
        if ("decision", name) in changed:
            lefts = (diagram.left[name] for diagram in (old, new) if name in diagram.left)
            undecided = ground.any_of(left.where(_needs_a_policy) for left in lefts)
            bears = undecided | applies_in_one if is_in_both else ground.everywhere
            suspects.append((bears, (("decision", name),)))
        if applies_in_one:
            conditions = (book.applies_if[name] for book in (old.rulebook, new.rulebook))
            suspects.append((applies_in_one, _facts_tested(old, new, chain(*conditions), changed)))
        if is_in_both:
            for part in (part for part in sorted(changed) if _is_option_of(part, name)):
                suspects.append((_stands_somehow(old, new, name, part[1].removeprefix(f"{name}.")), (part,)))
    return suspects


def _is_order(value: ValueChange) -> bool:
    """Does it say in which order the rows of a table count, or whether their order counts?"""
    return value.path in (("rows", "moved"), ("rows", "moved_and_changed"), ("hit",))


def _table_of(rule: str, tables: Mapping[str, str]) -> tuple[PartName, ...]:
    return (("table", tables[rule]),) if rule in tables else ()


def _blame(suspects: Iterable[tuple[Where, tuple[PartName, ...]]], cells: Cells) -> tuple[PartName, ...]:
    """The parts that affect some task in these cells."""
    return tuple(dict.fromkeys(part for where, parts in suspects if True in where.values(cells) for part in parts))


def _rested_on(rulebook: Rulebook, decision: str) -> set[StepKey]:
    """The decision and all rules, conclusions and decisions that it rests on."""
    return {("decision", decision), *rulebook.behind[decision]} if decision in rulebook.decision else set()


def _stands_somehow(old: DecisionDiagram, new: DecisionDiagram, decision: str, option: str) -> Where:
    """Where the option, or one of its kinds, stands in one of the rulebooks."""
    stands = []
    for diagram in (old, new):
        kinds = diagram.rulebook.decision[decision].kinds.get(option, ())
        stands += [diagram.stands[key] for kind in (option, *kinds) if (key := (decision, kind)) in diagram.stands]
    return old.ground.any_of(stands)


def _is_option_of(part: PartName, decision: str) -> bool:
    return part[0] == "option" and part[1].startswith(f"{decision}.")


def _needs_a_policy(left: tuple[str, ...]) -> bool:
    return len(left) != 1


def _facts_tested(
    old: DecisionDiagram, new: DecisionDiagram, conditions: Iterable[Condition], changed: Collection[PartName]
) -> tuple[PartName, ...]:
    """The changed facts that these conditions test, or that decide whether the tested ones apply."""
    subjects = {condition.subject for condition in conditions}
    declared = (*old.rulebook.vocabulary.declared, *new.rulebook.vocabulary.declared)
    tested = (fact.fact for fact in declared if subjects & {subject.name for subject in subjects_of(fact)})
    return tuple(dict.fromkeys(("fact", name) for name in tested if ("fact", name) in changed))
