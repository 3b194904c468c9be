"""Where the advice stays and other rules or policies decide it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...language.brief import brief
from ...meaning.deciding import Deciding
from ...meaning.diagram import Where
from ...meaning.regions import Share
from ...meaning.study import Study
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

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "name": self.name,
            "gained": self.gained.to_dict(),
            "lost": self.lost.to_dict(),
            "gains": self.gains.to_dict() if self.gains else None,
            "loses": self.loses.to_dict() if self.loses else None,
        }


def reason_changes(old: Study, new: Study) -> Iterator[ReasonChange]:
    """Every rule and policy that decides elsewhere, in the order of decisions and names."""
    nowhere, atlas = new.ground.nowhere, new.atlas
    for decision in (name for name in old.deciding if name in new.deciding):
        same = ~old.diagram.advice[decision].differs(new.diagram.advice[decision])
        before, after = _reasons(old.deciding[decision]), _reasons(new.deciding[decision])
        for name in sorted({*before, *after}):
            had, has = before.get(name, nowhere), after.get(name, nowhere)
            if had == has:
                continue
            gained, lost = same & has - had, same & had - has
            if atlas.among_tasks(gained | lost):
                cases = (atlas.witness(where) for where in (gained, lost))
                gains, loses = (
                    None if case is None else witness_of(case, old.rulebook, new.rulebook) for case in cases
                )
                yield ReasonChange(decision, name, atlas.share(gained), atlas.share(lost), gains, loses)


def _reasons(deciding: Deciding) -> dict[str, Where]:
    return {
        **deciding.speaking,
        f"{deciding.decision}.if_none_stands": deciding.nothing_stands,
        f"{deciding.decision}.if_several_stand": deciding.several_stand,
        f"{deciding.decision}.only_if": ~deciding.diagram.applies[deciding.decision],
    }
