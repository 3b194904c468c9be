"""Where the advice stays and other rules or policies decide it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...meaning.deciding import Deciding
from ...meaning.diagram import DecisionDiagram, Node
from ...meaning.regions import Atlas, Share
from .witnesses import Witness, witness_of


class ReasonChange(NamedTuple):
    """A rule or policy that decides in other tasks than before, of those whose advice stays: how many it has come to
    decide and how many it no longer decides, each with a case to try."""

    decision: str
    name: str
    gained: Share
    lost: Share
    gains: Witness | None
    loses: Witness | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "name": self.name,
            "gained": self.gained.to_dict(),
            "lost": self.lost.to_dict(),
            "gains": self.gains.to_dict() if self.gains else None,
            "loses": self.loses.to_dict() if self.loses else None,
        }


def reason_changes(old: DecisionDiagram, new: DecisionDiagram, atlas: Atlas) -> Iterator[ReasonChange]:
    """Every rule and policy that decides elsewhere, in the order of decisions and names."""
    store = old.store
    no = store.leaf(False)
    for decision in (name for name in old.advice if name in new.advice):
        same = store.combine(_same, old.advice[decision], new.advice[decision], name="same")
        before, after = _reasons(old, decision), _reasons(new, decision)
        for name in sorted({*before, *after}):
            had, has = before.get(name, no), after.get(name, no)
            if had == has:
                continue
            gained = store.all_of((same, has, store.negate(had)))
            lost = store.all_of((same, had, store.negate(has)))
            if atlas.holds_somewhere(store.any_of((gained, lost))):
                cases = (atlas.witness(root) for root in (gained, lost))
                gains, loses = (
                    None if case is None else witness_of(case, old.rulebook, new.rulebook) for case in cases
                )
                yield ReasonChange(decision, name, atlas.share(gained), atlas.share(lost), gains, loses)


def _reasons(diagram: DecisionDiagram, decision: str) -> dict[str, Node]:
    where = Deciding(diagram, decision)
    policies = {f"{decision}.if_none_stands": where.nothing_stands, f"{decision}.if_several_stand": where.several_stand}
    return {**where.speaking, **policies}


def _same(before: str, after: str) -> bool:
    return before == after
