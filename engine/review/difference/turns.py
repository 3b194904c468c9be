"""Where each rule and policy comes to decide that did not, and where it no longer does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...meaning.diagram import Where
from ...meaning.study import Study


class Turn(NamedTuple):
    """A rule or policy that decides in different cells than before: where it now does, and where it no longer does."""

    name: str
    gained: Where
    lost: Where


def turns(old: Study, new: Study, decision: str) -> tuple[Turn, ...]:
    """Every rule and policy that decides in different cells, by name; both rulebooks are on one ground."""
    before, after, nowhere = _deciders(old, decision), _deciders(new, decision), new.ground.nowhere
    pairs = ((name, before.get(name, nowhere), after.get(name, nowhere)) for name in sorted({*before, *after}))
    return tuple(Turn(name, has - had, had - has) for name, had, has in pairs if had != has)


def _deciders(study: Study, decision: str) -> Mapping[str, Where]:
    """Where each rule and policy is a reason; none of a decision that the rulebook does not have."""
    deciding = study.deciding.get(decision)
    if deciding is None:
        return {}
    return {
        **deciding.speaking,
        f"{decision}.if_none_stands": deciding.nothing_stands,
        f"{decision}.if_several_stand": deciding.several_stand,
        f"{decision}.only_if": ~deciding.diagram.applies[decision],
    }
