"""The cases of a rulebook before and after an edit -> which are new, gone or renamed, and what the others say now.

A case is known by its file; one of a file of several, whose numbers shift as cases come and go, by its title or by what
it says. Of those left over, the most alike are the same one, if more than half of what they give and expect is equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ...language.brief import brief
from ...language.casefile import NUMBERED, WrittenCase

CaseEditKind = Literal["changed", "renamed", "added", "removed"]
"""What became of a case; the place of a change is that of one entry, all others have an empty one."""

Entries = dict[tuple[str, ...], Any]
"""What a case gives and expects, by place."""

MOST_COMPARED = 200
"""Of how many cases left over on either side the likeness is asked."""


class CaseEdit(NamedTuple):
    """What became of a case, or of one entry of it: what stood there and what stands there now; None is nothing.

    A renamed case has its old and new name there, one that came or went what it expects.
    """

    case: str
    change: CaseEditKind
    place: tuple[str, ...]
    before: Any
    after: Any

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        place = ".".join(self.place)
        return {"case": self.case, "change": self.change, "place": place, "from": self.before, "to": self.after}


def case_edits(old: Iterable[WrittenCase], new: Iterable[WrittenCase], *, is_other: bool = False) -> Iterator[CaseEdit]:
    """What became of each case, those that went last: a test may have been bent to pass.

    Nothing where there were none before. Where the new rulebook `is_other` than the old one by its name, and their
    cases have no name in common, they have nothing to do with each other.
    """
    before, now = list(old), list(new)
    if not before or (is_other and {case.name for case in before}.isdisjoint(case.name for case in now)):
        return
    earlier = _paired(before, now)
    for place, case in enumerate(now):
        if place in earlier:
            yield from _edits(before[earlier[place]], case)
        else:
            yield CaseEdit(case.called, "added", (), None, case.says["expect"])
    kept = set(earlier.values())
    for place, case in enumerate(before):
        if place not in kept:
            yield CaseEdit(case.called, "removed", (), case.says["expect"], None)


def _edits(before: WrittenCase, after: WrittenCase) -> Iterator[CaseEdit]:
    if (_file(before), before.title) != (_file(after), after.title):
        yield CaseEdit(after.called, "renamed", (), before.called, after.called)
    was, now = _entries(before), _entries(after)
    for place in dict.fromkeys((*was, *now)):
        if was.get(place) != now.get(place):
            yield CaseEdit(after.called, "changed", place, was.get(place), now.get(place))


def _paired(before: list[WrittenCase], now: list[WrittenCase]) -> dict[int, int]:
    """Which case each new one was, by their positions."""
    pairs: dict[int, int] = {}
    for known_by in _WAYS:
        waiting: dict[object, list[int]] = {}
        for place in _left(before, pairs.values()):
            waiting.setdefault(known_by(before[place]), []).append(place)
        for place in _left(now, pairs):
            key = known_by(now[place])
            if key is not None and waiting.get(key):
                pairs[place] = waiting[key].pop(0)
    pairs.update(_most_alike(before, now, pairs))
    return pairs


def _left(cases: list[WrittenCase], paired: Iterable[int]) -> list[int]:
    known = set(paired)
    return [place for place in range(len(cases)) if place not in known]


def _most_alike(before: list[WrittenCase], now: list[WrittenCase], pairs: Mapping[int, int]) -> dict[int, int]:
    """The pairs among those left over of which more than half is equal, the most alike first."""
    gone, come = (
        {place: _entries(cases[place]) for place in _left(cases, paired)[:MOST_COMPARED]}
        for cases, paired in ((before, pairs.values()), (now, pairs))
    )
    likeness = ((_likeness(was, is_), place, old) for place, is_ in come.items() for old, was in gone.items())
    alike: dict[int, int] = {}
    for share, place, old in sorted(likeness, key=lambda entry: -entry[0]):
        if share > 0.5 and place not in alike and old not in alike.values():
            alike[place] = old
    return alike


def _likeness(one: Entries, other: Entries) -> float:
    """The share of the entries of both that are equal."""
    equal = [place for place, entry in one.items() if place in other and other[place] == entry]
    return len(equal) / max(len(one.keys() | other.keys()), 1)


def _file(case: WrittenCase) -> str:
    return case.name.partition(NUMBERED)[0]


def _of_its_own_file(case: WrittenCase) -> str | None:
    return None if NUMBERED in case.name else case.name


def _title(case: WrittenCase) -> str | None:
    return case.title


def _untouched(case: WrittenCase) -> object:
    return case.name, case.title, repr(case.says)


def _words(case: WrittenCase) -> object:
    return _file(case), repr(case.says)


def _name(case: WrittenCase) -> str:
    return case.name


_WAYS: tuple[Callable[[WrittenCase], object], ...] = (_untouched, _of_its_own_file, _title, _words, _name)
"""By what a case is known, the surest first; None is nothing."""


def _entries(case: WrittenCase) -> Entries:
    return dict(_flat(case.says))


def _flat(written: Mapping[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in written.items():
        if isinstance(value, Mapping):
            yield from _flat(value, (*place, key))
        elif value is not None or place:
            yield (*place, key), value
