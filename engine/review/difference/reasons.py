"""Where the advice stays and different rules or policies decide it."""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.deciding import Deciding
from ...meaning.diagram import Where
from ...meaning.study import Study
from .reach_changes import ReachChange, reach_changes


def reason_changes(old: Study, new: Study) -> Iterator[ReachChange]:
    """Every rule and policy that decides in different cases, in the order of decisions and names."""
    nowhere = new.ground.nowhere
    for decision in (name for name in old.deciding if name in new.deciding):
        same = ~old.diagram.advice[decision].differs(new.diagram.advice[decision])
        before, after = _reasons(old.deciding[decision]), _reasons(new.deciding[decision])
        for name in sorted({*before, *after}):
            had, has = before.get(name, nowhere), after.get(name, nowhere)
            if had != has:
                yield from reach_changes(old, new, decision, name, same & has - had, same & had - has)


def _reasons(deciding: Deciding) -> dict[str, Where]:
    return {
        **deciding.speaking,
        f"{deciding.decision}.if_none_stands": deciding.nothing_stands,
        f"{deciding.decision}.if_several_stand": deciding.several_stand,
        f"{deciding.decision}.only_if": ~deciding.diagram.applies[deciding.decision],
    }
