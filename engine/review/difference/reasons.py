"""Where the advice stays and different rules or policies decide it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...meaning.diagram import Where
from ...meaning.study import Study
from .reach_changes import ReachChange, reach_changes
from .turns import Turn


def same_advice(old: Study, new: Study, decision: str) -> Where:
    """The cells in which both rulebooks advise the same on a decision that both have."""
    return ~old.diagram.advice[decision].differs(new.diagram.advice[decision])


def reason_changes(old: Study, new: Study, decision: str, turns: Iterable[Turn]) -> Iterator[ReachChange]:
    """The rules and policies that decide the same advice in different cases, of a decision that both rulebooks have."""
    same = same_advice(old, new, decision)
    for name, gained, lost in turns:
        yield from reach_changes(old, new, decision, name, same & gained, same & lost)
