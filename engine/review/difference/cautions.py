"""Where a caution comes with the advice that did not before, or no longer does."""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.study import Study
from .reach_changes import ReachChange, reach_changes


def caution_changes(old: Study, new: Study) -> Iterator[ReachChange]:
    """Every caution that is told in different cases, in the order of decisions and rules; both are on one ground."""
    nowhere = new.ground.nowhere
    for decision, rule in sorted({*old.diagram.cautions, *new.diagram.cautions}):
        before, after = (study.diagram.cautions.get((decision, rule), nowhere) for study in (old, new))
        yield from reach_changes(old, new, decision, rule, after - before, before - after)
