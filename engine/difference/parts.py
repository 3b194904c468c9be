"""What was written otherwise: each part added, removed or changed, with every value that changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ..problems import Span
from ..rulebook import ITEM_NAMES, Place, Rulebook
from ..text import Written
from ..translations import parts_of, span_of

WORDS = ("owner", "reviewed_on", "quote", "place", "link", "edition", "keep", "style")
"""Keys that say something about a part and change nothing of what it means."""

WORDS_ONLY = ("note", "document", "waiver", "invariant", "rulebook")
"""Kinds of parts that bear on no recommendation."""


class ValueChange(NamedTuple):
    """A value below this path that is another now; None where there was, or is, none."""

    path: tuple[str, ...]
    before: Any
    after: Any
    is_wording: bool

    def to_dict(self) -> dict[str, Any]:
        return {"path": ".".join(self.path), "from": self.before, "to": self.after, "wording": self.is_wording}


class PartChange(NamedTuple):
    """A part of the rulebook that was added, removed or changed, by kind and name, where it stands (or stood)."""

    kind: str
    name: str
    change: Literal["added", "removed", "changed"]
    span: Span | None
    values: tuple[ValueChange, ...] = ()

    @property
    def is_wording(self) -> bool:
        """Does it change words only?"""
        if self.kind in WORDS_ONLY:
            return True
        return self.change == "changed" and all(value.is_wording for value in self.values)

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "name": self.name,
            "change": self.change,
            "place": str(self.span) if self.span else None,
            "wording": self.is_wording,
            "values": [value.to_dict() for value in self.values],
        }


def part_changes(old: Rulebook, new: Rulebook) -> Iterator[PartChange]:
    """Every part that is not the same in both, in the order of kinds and names."""
    before, after = dict(_parts(old)), dict(_parts(new))
    for place in dict.fromkeys((*before, *after)):
        kind, name = place
        if place not in after:
            yield PartChange(kind, name, "removed", span_of(old, place))
        elif place not in before:
            yield PartChange(kind, name, "added", span_of(new, place))
        elif values := tuple(_value_changes(before[place], after[place])):
            yield PartChange(kind, name, "changed", span_of(new, place), values)


def _parts(rulebook: Rulebook) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every part as data; the options of a decision stand as parts of their own, and so does the rulebook's title."""
    yield ("rulebook", rulebook.name), {"title": dict(rulebook.title), "languages": list(rulebook.languages)}
    for place, part in parts_of(rulebook):
        data = _data(part)
        for option in data.pop("options", ()):
            yield ("option", f"{place[1]}.{option['option']}"), option
        yield place, data


def _data(part: Written) -> dict[str, Any]:
    data: dict[str, Any] = part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return data


def _value_changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[ValueChange]:
    old, new = dict(_values(before)), dict(_values(after))
    for path in dict.fromkeys((*old, *new)):
        was, now = old.get(path, _NOTHING), new.get(path, _NOTHING)
        if was != now:
            wording = was.is_text or now.is_text or any(step in WORDS for step in path)
            yield ValueChange(path, was.value, now.value, wording)


class _Value(NamedTuple):
    value: Any
    is_text: bool = False


_NOTHING = _Value(None)


def _values(part: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], _Value]]:
    """Every value of a part by its path; a list of plain values is one."""
    if isinstance(part, Mapping):
        is_text = bool(part) and all(isinstance(inner, str) for inner in part.values())
        for key, inner in part.items():
            yield from [((*path, key), _Value(inner, True))] if is_text else _values(inner, (*path, key))
    elif isinstance(part, list) and any(isinstance(item, Mapping) for item in part):
        for index, item in enumerate(part):
            name = next((str(item[key]) for key in ITEM_NAMES if key in item), str(index))
            yield from _values(item, (*path, name))
    else:
        yield path, _Value(part)
