"""What an edit of a rulebook changes, exactly, in three layers: wording, reasons, advice.

parts      what was written otherwise: parts added, removed, changed, and whether only in wording
witnesses  a case to try, as either rulebook can be told it
advice     the tasks that get other advice, as regions with shares, witnesses and the parts to blame
assumptions
           the tasks that leave a fact out and get other advice because something else is assumed of it
reasons    where advice stays and other rules decide it
versions   does the new version follow from what changed?
intent     what an edit was declared to do, and what it does beyond
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..diagram import DecisionDiagram, Ground
from ..regions import Atlas
from ..rulebook import Rulebook
from .advice import AdviceChange, advice_changes
from .assumptions import AssumptionChange, assumption_changes
from .parts import PartChange, part_changes
from .reasons import ReasonChange, reason_changes
from .versions import Version, follow

__all__ = [
    "AdviceChange",
    "AssumptionChange",
    "Compared",
    "Difference",
    "PartChange",
    "ReasonChange",
    "Version",
    "compare",
    "difference",
]

MAX_NODES = 400_000
MAX_STEPS = 4_000_000
"""What the diagrams of both rulebooks may hold together, and how much work building them may take: about 20 s."""

Level = Literal["nothing", "wording", "reasons", "advice"]


@dataclass(frozen=True, eq=False)
class Compared:
    """Two rulebooks on common ground."""

    old: DecisionDiagram
    new: DecisionDiagram
    ground: Ground
    atlas: Atlas


@dataclass(frozen=True)
class Difference:
    """All that an edit changes; `level` is the deepest layer that it reaches."""

    parts: tuple[PartChange, ...]
    reasons: tuple[ReasonChange, ...]
    advice: tuple[AdviceChange, ...]
    assumptions: tuple[AssumptionChange, ...]
    level: Level
    version: Version

    def to_dict(self) -> dict[str, Any]:
        return {
            "level": self.level,
            "version": self.version.to_dict(),
            "advice": [change.to_dict() for change in self.advice],
            "assumptions": [change.to_dict() for change in self.assumptions],
            "reasons": [change.to_dict() for change in self.reasons],
            "parts": [change.to_dict() for change in self.parts],
        }


def compare(old: Rulebook, new: Rulebook) -> Compared:
    """Both rulebooks, ready to be compared; raises WhytuneError: incomparable-fact, diagram-too-large."""
    ground = Ground(old, new, max_nodes=MAX_NODES, max_steps=MAX_STEPS)
    return Compared(DecisionDiagram(old, ground=ground), DecisionDiagram(new, ground=ground), ground, Atlas(ground))


def difference(compared: Compared) -> Difference:
    """What becomes of the old rulebook's advice, reasons and words under the new one."""
    old, new = compared.old.rulebook, compared.new.rulebook
    parts = tuple(part_changes(old, new))
    advice = tuple(advice_changes(compared.old, compared.new, compared.atlas, parts))
    assumptions = tuple(assumption_changes(compared.old, compared.new, compared.atlas))
    reasons = tuple(reason_changes(compared.old, compared.new, compared.atlas))
    level = _level(bool(advice or assumptions), bool(reasons), parts)
    return Difference(parts, reasons, advice, assumptions, level, follow(old.version, new.version, level))


def _level(has_other_advice: bool, has_other_reasons: bool, parts: tuple[PartChange, ...]) -> Level:
    """The deepest layer that is reached; a changed part counts as a reason, unless only its words changed."""
    if has_other_advice:
        return "advice"
    if has_other_reasons or not all(change.is_wording for change in parts):
        return "reasons"
    return "wording" if parts else "nothing"
