"""The record of one name in a ledger that somebody handed over and in one's own -> what differs between the two."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .record import Record


class DifferingMember(NamedTuple):
    """A member of a record, by the names that lead to it, and its text in each of the two; None where it has none."""

    member: str
    given: str | None
    own: str | None


class Twins(NamedTuple):
    """A record as it was handed over, and as one's own ledger has it."""

    given: Record
    own: Record

    @property
    def differing(self) -> tuple[DifferingMember, ...]:
        """What the two do not say alike."""
        given, own = dict(_members(self.given.data)), dict(_members(self.own.data))
        return tuple(
            DifferingMember(name, given.get(name), own.get(name))
            for name in dict.fromkeys((*given, *own))
            if given.get(name) != own.get(name)
        )

    def to_dict(self) -> dict[str, Any]:
        return {"record": self.own.id, "differing": [one._asdict() for one in self.differing]}


def _members(data: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value in a record, as text, by the names that lead to it."""
    if isinstance(data, Mapping) and data:
        for key, inner in data.items():
            yield from _members(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(data, list) and data:
        for index, inner in enumerate(data, 1):
            yield from _members(inner, f"{path}.{index}")
    else:
        yield path, data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
