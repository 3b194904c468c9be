"""Rows as they were and as they came back -> which came from which: by key, or else by what they say."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

RowTexts = tuple[str, ...]
Matched = TypeVar("Matched", bound=Hashable)


def matched(
    before: Sequence[RowTexts], after: Sequence[RowTexts], key: int | None, come_and_go: bool
) -> list[int | None]:
    """For each row that came back, the position of the row that it was; None for a new one.

    Rows are matched by the cell that is their `key`, if they have one, then by all they say. What is left is matched by
    likeness, or in order if rows may not come and go, or have no key and are as many as they were.
    """
    origin: list[int | None] = [None] * len(after)
    if key is not None:
        _pair(origin, [row[key] for row in before], [row[key] for row in after])
    _pair(origin, before, after)
    left = [index for index in range(len(before)) if index not in origin]
    new = [index for index, row in enumerate(origin) if row is None]
    if not come_and_go or (key is None and len(left) == len(new)):
        for index, row in zip(new, left, strict=False):
            origin[index] = row
        return origin
    for index in new:
        likest = max(left, key=lambda row: _likeness(before[row], after[index]), default=None)
        if likest is not None and 2 * _likeness(before[likest], after[index]) > len(after[index]):
            origin[index] = likest
            left.remove(likest)
    return origin


def _pair(origin: list[int | None], before: Iterable[Matched], after: Sequence[Matched]) -> None:
    """Gives each row without an origin the first one like it that is still free."""
    waiting: dict[Matched, list[int]] = {}
    for index, row in enumerate(before):
        if index not in origin:
            waiting.setdefault(row, []).append(index)
    for index, row in enumerate(after):
        if origin[index] is None and waiting.get(row):
            origin[index] = waiting[row].pop(0)


def _likeness(one: RowTexts, other: RowTexts) -> int:
    return sum(left == right for left, right in zip(one, other, strict=True))
