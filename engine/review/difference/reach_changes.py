"""What speaks in different tasks than before: a rule or policy that decides, or a caution that is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...language.brief import brief
from ...meaning.diagram import Where
from ...meaning.regions import Share, share_dict
from ...meaning.study import Study
from .witnesses import Witness, witness_of


class ReachChange(NamedTuple):
    """A rule or policy that speaks in different tasks than before: in how many it now does, in how many it no longer
    does, each with a case to try."""

    decision: str
    name: str
    gained: Share | None
    lost: Share | None
    gains: Witness | None
    loses: Witness | None

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "name": self.name,
            "gained": share_dict(self.gained),
            "lost": share_dict(self.lost),
            "gains": self.gains.to_dict() if self.gains else None,
            "loses": self.loses.to_dict() if self.loses else None,
        }


def reach_changes(
    old: Study, new: Study, decision: str, name: str, gained: Where, lost: Where
) -> Iterator[ReachChange]:
    """The change of what now speaks in the one set of cells and no longer in the other, if any task is in them."""
    atlas = new.atlas
    if atlas.among_tasks(gained | lost):
        cases = (atlas.witness(where) for where in (gained, lost))
        gains, loses = (None if case is None else witness_of(case, old.rulebook, new.rulebook) for case in cases)
        yield ReachChange(decision, name, atlas.share(gained), atlas.share(lost), gains, loses)
