"""What speaks in different tasks than before: a rule or policy that decides, or a caution that is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...language.brief import brief
from ...meaning.diagram import Where
from ...meaning.regions import Regions, share_dict
from ...meaning.study import Study
from .witnesses import Witness, witness_of

TOLD = 2
"""How many regions are told of the tasks in which something now speaks, and in which it no longer does."""


class ReachChange(NamedTuple):
    """A rule or policy that speaks in different tasks than before: in which it now does, in which it no longer does, a
    few regions of them, each side with a case to try.
    """

    decision: str
    name: str
    gained: Regions
    lost: Regions
    gains: Witness | None
    loses: Witness | None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "name": self.name,
            "gained": share_dict(self.gained.share),
            "lost": share_dict(self.lost.share),
            "gains": self.gains.to_dict() if self.gains else None,
            "loses": self.loses.to_dict() if self.loses else None,
            "gained_in": [region.to_dict() for region in self.gained.listed],
            "lost_in": [region.to_dict() for region in self.lost.listed],
        }


def reach_changes(
    old: Study, new: Study, decision: str, name: str, gained: Where, lost: Where
) -> Iterator[ReachChange]:
    """The change of what now speaks in the one set of cells and no longer in the other, if any task is in them."""
    atlas = new.atlas
    if atlas.among_tasks(gained | lost):
        cases = (atlas.witness(where) for where in (gained, lost))
        gains, loses = (None if case is None else witness_of(case, old.rulebook, new.rulebook) for case in cases)
        yield ReachChange(decision, name, _told(new, gained), _told(new, lost), gains, loses)


def _told(study: Study, where: Where) -> Regions:
    """A few of the regions; nothing is worked out where there is no cell."""
    return study.atlas.regions(where, TOLD) if where else Regions(study.atlas.share(where), (), None, False)
