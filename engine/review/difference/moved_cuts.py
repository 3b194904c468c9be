"""Changed parts -> the cuts that bands of a fact lost and gained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from .part_changes import PartChange


class MovedCuts(NamedTuple):
    """The cuts of a band that are gone and those that are new, each in order of the numbers."""

    fact: str
    band: str
    gone: tuple[Decimal, ...]
    new: tuple[Decimal, ...]

    @property
    def pairs(self) -> Iterator[tuple[Decimal, tuple[Decimal, ...]]]:
        """Each new cut with those that it may have come from: its own, or all of them if their number changed."""
        for place, cut in enumerate(self.new):
            yield cut, self.gone if len(self.gone) != len(self.new) else (self.gone[place],)


def moved_cuts(parts: Iterable[PartChange]) -> Iterator[MovedCuts]:
    """The cuts that an edit moved, added or removed in bands of facts that both rulebooks have."""
    for part in parts:
        for value in part.values if part.kind == "fact" and part.change == "changed" else ():
            if value.path[0] == "bands" and value.path[-1] == "cut_at":
                before, after = ({Decimal(str(cut)) for cut in side or ()} for side in (value.before, value.after))
                yield MovedCuts(part.name, value.path[1], tuple(sorted(before - after)), tuple(sorted(after - before)))
