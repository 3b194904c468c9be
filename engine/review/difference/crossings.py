"""The assumptions that an edit left as they were and that count otherwise now, since a cut moved across them.

Where such a fact is left out, advice changes, too, though nobody gave the value that the edit is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ...language.value import Value, assumed, json_value
from ...language.vocabulary import Domain
from ...meaning.study import Study
from .advice_changes import AdviceChange


class Crossing(NamedTuple):
    """A fact, and the value that is assumed of it as before, at which the advice changes now."""

    fact: str
    assumed: Value

    def to_dict(self) -> dict[str, Any]:
        return {"fact": self.fact, "assumed": json_value(self.assumed)}


def crossings(old: Study, new: Study, advice: Iterable[AdviceChange]) -> Iterator[Crossing]:
    """The facts of which both assume one value, which rules see in another piece or group, with another advice."""
    changes = tuple(advice)
    for name, domain in new.diagram.domains.items():
        before, value = old.diagram.domains.get(name), assumed(domain.fact)
        if (
            before is None
            or value is None
            or value != assumed(before.fact)
            or _seen(before, value) == _seen(domain, value)
        ):
            continue
        if any(change.cells.at(name, cell) for change in changes for cell in domain.cells_of(value)):
            yield Crossing(name, value)


def _seen(domain: Domain, value: Value) -> Mapping[str, frozenset[str]]:
    """What rules see of a fact with this value: the pieces of its bands, and its groups."""
    cells = domain.cells_of(value)
    values = {name: frozenset(of_cell[cell] for cell in cells) for name, of_cell in domain.subjects.items()}
    groups = (group for group in domain.fact.groups if values[domain.fact.fact] <= frozenset(group.values))
    return {**values, "": frozenset(group.group for group in groups)}
