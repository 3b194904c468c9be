"""The tasks that get other advice: from what to what, which they are, a case to try, and the parts to blame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ..diagram import DecisionDiagram, Node
from ..regions import Atlas, Region, Regions
from ..rulebook import Rulebook
from ..vocabulary import subjects_of
from .parts import PartChange

Part = tuple[str, str]
"""Kind and name of a part of a rulebook."""


class ChangedRegion(NamedTuple):
    """Tasks that go from one advice to another, and the changed parts that made a difference to some of them."""

    region: Region
    blame: tuple[Part, ...]

    def to_dict(self) -> dict[str, Any]:
        return {**self.region.to_dict(), "blame": [{"kind": kind, "name": name} for kind, name in self.blame]}


class AdviceChange(NamedTuple):
    """All tasks of a decision that go from one outcome to another; None where the decision is not in a rulebook."""

    decision: str
    before: str | None
    after: str | None
    where: Regions
    regions: tuple[ChangedRegion, ...]
    root: Node

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
    nothing = store.leaf(None)
    changed = {(part.kind, part.name) for part in parts if not part.is_wording}
    for decision in dict.fromkeys((*old.advice, *new.advice)):
        pairs = store.combine(_pair, old.advice.get(decision, nothing), new.advice.get(decision, nothing), name="pair")
        found = []
        for before, after in _changed_pairs(store.outcomes(pairs)):
            root = store.combine(_is_pair, pairs, store.leaf((before, after)), name="is pair")
            where = atlas.regions(root)
            if where.share.tasks:
                regions = tuple(
                    ChangedRegion(region, tuple(_blame(old, new, region, atlas, changed))) for region in where.found
                )
                found.append(AdviceChange(decision, before, after, where, regions, root))
        yield from sorted(found, key=lambda change: -change.where.share.tasks)


def _pair(before: str | None, after: str | None) -> tuple[str | None, str | None]:
    return before, after


def _changed_pairs(pairs: Iterable[Any]) -> list[tuple[str | None, str | None]]:
    return sorted((pair for pair in pairs if pair[0] != pair[1]), key=str)


def _is_pair(pair: tuple[str | None, str | None], wanted: tuple[str | None, str | None]) -> bool:
    return pair == wanted


def _blame(
    old: DecisionDiagram, new: DecisionDiagram, region: Region, atlas: Atlas, changed: set[Part]
) -> Iterator[Part]:
    """The changed parts that bear on some task of the region: rules in force in one rulebook and not in the other,
    or with another effect; the facts because of which an unchanged rule is; policies and options that changed."""
    store, inside = old.store, atlas.inside(region)
    no = store.leaf(False)
    blamed: dict[Part, None] = {}
    for rule in dict.fromkeys((*old.rules, *new.rules)):
        before, after = old.rules.get(rule, no), new.rules.get(rule, no)
        has_moved = store.all_of((inside, store.combine(_xor, before, after, name="xor"))) != no
        if ("rule", rule) in changed:
            if has_moved or store.all_of((inside, store.any_of((before, after)))) != no:
                blamed["rule", rule] = None
        elif has_moved:
            blamed.update(dict.fromkeys(part for part in _rests_on(new.rulebook, rule) if part in changed))
    blamed.update(dict.fromkeys(part for part in sorted(changed) if part[0] in ("decision", "option")))
    yield from blamed


def _xor(one: bool, other: bool) -> bool:
    return one != other


def _rests_on(rulebook: Rulebook, rule: str) -> Iterator[Part]:
    """The facts that a rule tests, and those on which it depends whether these apply."""
    vocabulary = rulebook.vocabulary
    for condition in rulebook.premises[rule].conditions():
        for fact in vocabulary.declared:
            if condition.subject in {subject.name for subject in subjects_of(fact)}:
                yield ("fact", fact.fact)
