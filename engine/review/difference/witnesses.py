"""A case to try, in terms of each rulebook: with the facts that the rulebook has and that apply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...language.brief import brief
from ...language.case import fitting
from ...language.rulebook import Rulebook
from ...language.value import Value
from ...meaning.regions import case_dict


class Witness(NamedTuple):
    """One case in the facts of the old rulebook and in those of the new one."""

    old: Mapping[str, Value]
    new: Mapping[str, Value]

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {"old": case_dict(self.old), "new": case_dict(self.new)}


def witness_of(case: Mapping[str, Value], old: Rulebook, new: Rulebook) -> Witness:
    return Witness(fitting(old.vocabulary, case).given, fitting(new.vocabulary, case).given)
