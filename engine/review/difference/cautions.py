"""Where a caution is told with the advice that was not, or no longer is."""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.study import Study
from .reach_changes import ReachChange, reach_changes


def caution_changes(old: Study, new: Study) -> Iterator[ReachChange]:
    """Every caution that is told elsewhere, in the order of decisions and rules; both stand on one ground."""
    nowhere = new.ground.nowhere
    for decision, rule in sorted({*old.diagram.cautions, *new.diagram.cautions}):
        before, after = (study.diagram.cautions.get((decision, rule), nowhere) for study in (old, new))
        yield from reach_changes(old, new, decision, rule, after - before, before - after)
