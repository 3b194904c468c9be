"""Where a caution is told with the advice that was not, or no longer is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...meaning.regions import Share
from ...meaning.study import Study
from .witnesses import Witness, witness_of


class CautionChange(NamedTuple):
    """A rule that cautions in other tasks than before: in how many more and how many fewer, each with a case to try."""

    decision: str
    rule: str
    gained: Share
    lost: Share
    gains: Witness | None
    loses: Witness | None

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "rule": self.rule,
            "gained": self.gained.to_dict(),
            "lost": self.lost.to_dict(),
            "gains": self.gains.to_dict() if self.gains else None,
            "loses": self.loses.to_dict() if self.loses else None,
        }


def caution_changes(old: Study, new: Study) -> Iterator[CautionChange]:
    """Every caution that is told elsewhere, in the order of decisions and rules; both stand on one ground."""
    nowhere, atlas = new.ground.nowhere, new.atlas
    for decision, rule in sorted({*old.diagram.cautions, *new.diagram.cautions}):
        before, after = (study.diagram.cautions.get((decision, rule), nowhere) for study in (old, new))
        gained, lost = after - before, before - after
        if atlas.among_tasks(gained | lost):
            cases = (atlas.witness(where) for where in (gained, lost))
            gains, loses = (case and witness_of(case, old.rulebook, new.rulebook) for case in cases)
            yield CautionChange(decision, rule, atlas.share(gained), atlas.share(lost), gains or None, loses or None)
