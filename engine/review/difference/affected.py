"""How many tasks an edit concerns: those with other advice on a decision, and those with the same for other reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...meaning.regions import Share
from ...meaning.study import Study
from .reasons import same_advice
from .turns import Turn


class Affected(NamedTuple):
    """A decision, the share of tasks with other advice on it, and of those with the same advice for other reasons."""

    decision: str
    advice: Share
    reasons: Share

    def to_dict(self) -> dict[str, Any]:
        return {"decision": self.decision, "advice": self.advice.to_dict(), "reasons": self.reasons.to_dict()}


def affected(old: Study, new: Study, turning: Mapping[str, tuple[Turn, ...]]) -> Iterator[Affected]:
    """Each decision that any task has otherwise, if it is in both rulebooks; none where tasks cannot be counted."""
    for decision, turns in turning.items():
        if decision in old.diagram.advice and decision in new.diagram.advice:
            same = same_advice(old, new, decision)
            turned = new.ground.any_of(turn.gained | turn.lost for turn in turns)
            advice, reasons = new.atlas.share(~same), new.atlas.share(same & turned)
            if advice and reasons and (advice.tasks or reasons.tasks):
                yield Affected(decision, advice, reasons)
