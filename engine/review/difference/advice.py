"""The tasks that get other advice: from what to what, which they are, a case to try, and the parts to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...language.case import Value
from ...language.rulebook import Rulebook, Step
from ...language.vocabulary import subjects_of
from ...meaning.diagram import DecisionDiagram, Diagrams, Node
from ...meaning.regions import Atlas, Region, Regions
from .parts import PartChange
from .witnesses import Witness, witness_of

NO_DECISION = ""
"""The leaf that stands for the advice of a decision that a rulebook does not hold."""

Way = tuple[str | None, str | None]
"""The advice before and after."""

Part = tuple[str, str]
"""Kind and name of a part of a rulebook."""


class ChangedRegion(NamedTuple):
    """Tasks that go from one advice to another, and the changed parts that made a difference to some of them."""

    region: Region
    blame: tuple[Part, ...]
    witness: Witness

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.region.to_dict(),
            "witness": self.witness.to_dict(),
            "blame": [{"kind": kind, "name": name} for kind, name in self.blame],
        }


class AdviceChange(NamedTuple):
    """All tasks of a decision that go from one outcome to another; None where the decision is not in a rulebook."""

    decision: str
    before: str | None
    after: str | None
    where: Regions
    regions: tuple[ChangedRegion, ...]
    root: Node

    def told(self, region: Region) -> Mapping[str, Value]:
        """The witness of a region: of these tasks everything may be told."""
        return region.witness

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "from": self.before,
            "to": self.after,
            "share": self.where.share.to_dict(),
            "regions": [region.to_dict() for region in self.regions],
            "rest": self.where.rest.to_dict(),
        }


def advice_changes(
    old: DecisionDiagram, new: DecisionDiagram, atlas: Atlas, parts: tuple[PartChange, ...]
) -> Iterator[AdviceChange]:
    """Every change of advice, decision by decision, the one that most tasks undergo first.

    `old` and `new` stand on the ground of the atlas. Tasks that only one of the rulebooks can describe, having a
    value that the other does not know, are left out.
    """
    store = old.store
    for decision in dict.fromkeys((*old.advice, *new.advice)):
        ways = changed_ways(old, new, decision)
        suspects = _suspects(old, new, decision, parts)
        found = []
        for before, after in _in_order(store.outcomes(ways)):
            root = store.combine(_is_way, ways, store.leaf((before, after)), name="is way")
            where = atlas.regions(root)
            if where.share.tasks:
                regions = tuple(
                    ChangedRegion(
                        region,
                        _blame(suspects, atlas.inside(region), store),
                        witness_of(region.witness, old.rulebook, new.rulebook),
                    )
                    for region in where.found
                )
                found.append(AdviceChange(decision, before, after, where, regions, root))
        yield from sorted(found, key=lambda change: -change.where.share.tasks)


def changed_ways(old: DecisionDiagram, new: DecisionDiagram, decision: str) -> Node:
    """From what to what the advice goes in each cell, None where it stays; `old` and `new` stand on one ground.

    Of a pair, None stands for the advice of a rulebook that does not hold the decision.
    """
    store, nothing = old.store, old.store.leaf(NO_DECISION)
    return store.combine(_way, old.advice.get(decision, nothing), new.advice.get(decision, nothing), name="way")


def _way(before: str, after: str) -> Way | None:
    return (before or None, after or None) if before != after else None


def _in_order(ways: Iterable[Any]) -> list[Way]:
    return sorted((way for way in ways if way), key=str)


def _is_way(way: Way | None, wanted: Way) -> bool:
    return way == wanted


def _suspects(
    old: DecisionDiagram, new: DecisionDiagram, decision: str, parts: tuple[PartChange, ...]
) -> list[tuple[Node, tuple[Part, ...]]]:
    """The changed parts on which the decision rests, each with the condition under which it bears on a task.

    A changed rule does where it is in force in one of the rulebooks; changed facts do where an unchanged rule that
    tests them is in force in one of the rulebooks and not in the other; a decision does where its policies decide, or
    where it is new or gone; an option does where it, or one of its kinds, stands in one of the rulebooks.
    """
    changed = {(part.kind, part.name) for part in parts if not part.is_wording}
    store, no, yes = old.store, old.store.leaf(False), old.store.leaf(True)
    steps = {*_rested_on(old.rulebook, decision), *_rested_on(new.rulebook, decision)}
    found: list[tuple[Node, tuple[Part, ...]]] = []
    for rule in sorted(name for kind, name in steps if kind == "rule"):
        before, after = old.rules.get(rule, no), new.rules.get(rule, no)
        if ("rule", rule) in changed:
            found.append((store.any_of((before, after)), (("rule", rule),)))
        elif before != after:
            tested = (part for part in _facts_tested(old, new, rule) if part in changed)
            found.append((store.combine(_xor, before, after, name="xor"), tuple(dict.fromkeys(tested))))
    for name in sorted(name for kind, name in steps if kind == "decision"):
        is_in_both = name in old.left and name in new.left
        if ("decision", name) in changed:
            undecided = (store.combine(_needs_a_policy, each.left[name]) for each in (old, new) if name in each.left)
            found.append((store.any_of(undecided) if is_in_both else yes, (("decision", name),)))
        if is_in_both:
            for part in (part for part in sorted(changed) if _is_option_of(part, name)):
                found.append((_stands_somehow(old, new, name, part[1].removeprefix(f"{name}.")), (part,)))
    return found


def _blame(suspects: Iterable[tuple[Node, tuple[Part, ...]]], inside: Node, store: Diagrams) -> tuple[Part, ...]:
    """The parts that bear on some task in here."""
    no = store.leaf(False)
    return tuple(
        dict.fromkeys(part for root, parts in suspects if store.all_of((inside, root)) != no for part in parts)
    )


def _rested_on(rulebook: Rulebook, decision: str) -> set[Step]:
    """The decision and all rules, conclusions and decisions on which it rests."""
    return {("decision", decision), *rulebook.behind[decision]} if decision in rulebook.decision else set()


def _stands_somehow(old: DecisionDiagram, new: DecisionDiagram, decision: str, option: str) -> Node:
    """True where the option, or one of its kinds, stands in one of the rulebooks."""
    stands = []
    for diagram in (old, new):
        kinds = diagram.rulebook.decision[decision].kinds.get(option, ())
        stands += [diagram.stands[decision, each] for each in (option, *kinds) if (decision, each) in diagram.stands]
    return old.store.any_of(stands)


def _is_option_of(part: Part, decision: str) -> bool:
    return part[0] == "option" and part[1].startswith(f"{decision}.")


def _needs_a_policy(left: tuple[str, ...]) -> bool:
    return len(left) != 1


def _xor(one: bool, other: bool) -> bool:
    return one != other


def _facts_tested(old: DecisionDiagram, new: DecisionDiagram, rule: str) -> Iterator[Part]:
    """The facts that a rule tests, and those on which it depends whether these apply."""
    for rulebook in (old.rulebook, new.rulebook):
        subjects = {condition.subject for condition in rulebook.premises[rule].conditions()}
        for fact in rulebook.vocabulary.declared:
            if subjects & {subject.name for subject in subjects_of(fact)}:
                yield ("fact", fact.fact)
