"""What was written differently: every part added, removed or changed, with every value that changed in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from ...language.brief import brief
from ...language.problems import Span
from ...language.rulebook import PART_KINDS, Place, Rulebook, canonical, item_name
from ...language.translations import span_of
from .row_data import RowData
from .row_pairs import row_changes

WORDS = frozenset(
    {"title", "because", "source", "example", "section", "owner", "reviewed_on", "keep"}
    | {"ask", "label", "labels", "help", "evidence", "unit", "opening", "closing", "style"}
    | {"name", "languages", "review_every_months", "documents_last_months", "reordered"}
)
"""Keys that say something about a part and change nothing about its meaning."""

WORDS_ONLY = frozenset(kind.name for kind in PART_KINDS if kind.bears_on == "nothing")
"""The kinds of parts that are only words."""

SAFEGUARDS = frozenset(kind.name for kind in PART_KINDS if kind.bears_on == "checks")
"""The kinds of parts that affect no recommendation, only what `check` promises and accepts."""

MEANING = frozenset({"if", "any_of", "except_if", "yields_to", "conclude", "propose", "rule_out", "caution"})
"""The keys of a rule that its `because` gives the reason for."""

_INNER = {"bands": 2, "groups": 2, "rows": 1, "if_none_stands": 1, "if_several_stand": 1}
"""Keys under which the key that counts is so many steps further down."""


InnerPath = tuple[str, ...]


class ValueChange(NamedTuple):
    """A value at this path that has changed; None if there was, or is, none.

    A text is a map of the languages in which it differs; of the alternatives of `any_of`, only those that the other
    does not have are there. What became of a table's rows is under `rows`, by its kind, each row with its number.
    """

    path: tuple[str, ...]
    before: Any
    after: Any

    def __repr__(self) -> str:
        return brief(self)

    @property
    def is_wording(self) -> bool:
        return self.path[min(_INNER.get(self.path[0], 0), len(self.path) - 1)] in WORDS

    def to_dict(self) -> dict[str, Any]:
        return {"path": ".".join(self.path), "from": self.before, "to": self.after, "wording": self.is_wording}


class PartChange(NamedTuple):
    """A part of the rulebook that was added, removed or changed, by kind and name, with its place (or former place).

    For a part that was added or removed, `values` holds all that it says. `unrevised` has the path of every reason that
    stayed as it was although what it is given for changed its meaning.
    """

    kind: str
    name: str
    change: Literal["added", "removed", "changed"]
    span: Span | None
    values: tuple[ValueChange, ...] = ()
    unrevised: tuple[InnerPath, ...] = ()

    def __repr__(self) -> str:
        return brief(self)

    @property
    def is_wording(self) -> bool:
        """Does it change nothing that a recommendation rests on?"""
        if self.kind in WORDS_ONLY:
            return True
        return self.change == "changed" and all(value.is_wording for value in self.values)

    @property
    def is_safeguard(self) -> bool:
        """Does it change what `check` promises or accepts, and no recommendation?"""
        return self.kind in SAFEGUARDS and not self.is_wording

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
    """Every part that differs between the two: the rulebook as a whole, then parts by kind and name."""
    if values := tuple(_value_changes(_whole(old, new), _whole(new, old), old, new)):
        yield PartChange("rulebook", new.name, "changed", span_of(new, ("rulebook", new.name)), values)
    before, after = dict(_parts(old)), dict(_parts(new))
    for place in dict.fromkeys((*before, *after)):
        kind, name = place
        values = tuple(_value_changes(before.get(place), after.get(place), old, new))
        if place not in after:
            yield PartChange(kind, name, "removed", span_of(old, place), values)
        elif place not in before:
            yield PartChange(kind, name, "added", span_of(new, place), values)
        elif values:
            reasons = tuple(_unrevised(kind, before[place], {value.path for value in values}))
            yield PartChange(kind, name, "changed", span_of(new, place), values, reasons)


def _whole(rulebook: Rulebook, other: Rulebook) -> dict[str, Any]:
    """What is said about the rulebook as a whole; `questions` is the order of those facts that the other also has."""
    shared = {fact.fact for fact in other.vocabulary.declared}
    return {
        "name": rulebook.name,
        "title": dict(rulebook.title),
        "languages": list(rulebook.languages),
        "review_every_months": rulebook.review_every_months,
        "main": rulebook.main,
        "documents_last_months": rulebook.documents_last_months,
        "questions": [fact.fact for fact in rulebook.vocabulary.declared if fact.fact in shared],
    }


def _unrevised(kind: str, part: dict[str, Any], changed: set[InnerPath]) -> Iterator[InnerPath]:
    """The reasons of a part that stayed as they were although what they are given for changed in these places."""
    if kind == "rule" and any(path[0] in MEANING for path in changed) and ("because",) not in changed:
        yield ("because",)
    for policy in ("if_none_stands", "if_several_stand") if kind == "decision" else ():
        decides = {(policy, "advise"), (policy, "prefer")} & changed
        if decides and "because" in part[policy] and (policy, "because") not in changed:
            yield (policy, "because")


def texts(rulebook: Rulebook) -> Iterator[tuple[Place, tuple[str, ...], str]]:
    """Every text of a rulebook: the part that it is in, its path there with its language, and what it says."""
    for place, part in _parts(rulebook):
        for path, value in _values(part, rulebook.languages):
            texts = value.items() if isinstance(value, Mapping) else [("", value)]
            yield from ((place, (*path, *filter(None, [key])), text) for key, text in texts if isinstance(text, str))


def _parts(rulebook: Rulebook) -> Iterator[tuple[Place, dict[str, Any]]]:
    """Every part as data; the options of a decision are parts of their own."""
    rows = RowData(rulebook)
    for place, part in rulebook.parts():
        data = rows.own(place[0], place[1], canonical(part))
        for option in data.pop("options", ()):
            yield ("option", f"{place[1]}.{option['option']}"), option
        yield place, data


def _value_changes(
    before: dict[str, Any] | None, after: dict[str, Any] | None, old: Rulebook, new: Rulebook
) -> Iterator[ValueChange]:
    """The values that differ; None for a part that is not in the rulebook."""
    was = dict(_values(before, old.languages)) if before else {}
    now = dict(_values(after, new.languages)) if after else {}
    if was.pop(("rows",), None) != now.pop(("rows",), None):
        for change in row_changes(before or {}, after or {}):
            rows = ([str(row) for row in rows] or None for rows in (change.before, change.after))
            yield ValueChange(("rows", change.kind), *rows)
    for path in dict.fromkeys((*was, *now)):
        one, other = was.get(path), now.get(path)
        if one == other:
            continue
        if path == ("any_of",):
            one, other = _without(one or [], other or []), _without(other or [], one or [])
        elif isinstance(one, Mapping) or isinstance(other, Mapping):
            one, other = _in_each(one, old.languages), _in_each(other, new.languages)
            same = {language for language, text in one.items() if other.get(language) == text}
            one, other = _only(one, same), _only(other, same)
        yield ValueChange(path, one, other)


def _values(part: Any, languages: tuple[str, ...], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value of a part by its path; a text, a list of plain values, and `any_of` are one value each."""
    if isinstance(part, Mapping) and not _is_text(part, languages):
        for key, inner in part.items():
            yield from _values(inner, languages, (*path, key))
    elif isinstance(part, list) and path != ("any_of",) and any(isinstance(item, Mapping) for item in part):
        for index, item in enumerate(part):
            yield from _values(item, languages, (*path, item_name(item, index)))
    else:
        yield path, part


def _is_text(part: Mapping[str, Any], languages: tuple[str, ...]) -> bool:
    return set(part) <= set(languages) and all(isinstance(inner, str) for inner in part.values())


def _in_each(passage: Any, languages: tuple[str, ...]) -> Mapping[str, str]:
    """A text by language; one that is the same in all, under each of them."""
    return dict.fromkeys(languages, passage) if isinstance(passage, str) else passage or {}


def _only(text: Mapping[str, str], same: set[str]) -> dict[str, str] | None:
    """The text in the languages in which it differs."""
    return {language: wording for language, wording in text.items() if language not in same} or None


def _without(items: list[Any], others: list[Any]) -> list[Any] | None:
    return [item for item in items if item not in others] or None
