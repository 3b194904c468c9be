"""A file that stands beside a rulebook -> its identity, documents and lists, each part with its place."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from .. import source
from ..folders import is_there
from ..problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short
from ..rulebook import SourceDocument, days_to_come
from ..text import Line, Name, Text, Written, still_to_come
from . import DEFAULT, located, shipped
from .draft import Draft, Located, check_sources, report_duplicates, whole
from .shape import check_top_keys, locate, read_items, read_languages


class SheetIdentity(Written):
    """What such a file says about itself; `edition` is the day or year that it describes."""

    name: Name
    edition: Line
    title: Text
    languages: tuple[str, ...]


@dataclass
class Sheet:
    """The parts of one file, unchecked but for their shape, and the problems found so far."""

    draft: Draft
    identity: Located[Any] | None = None
    documents: list[Located[SourceDocument]] = field(default_factory=list)
    lists: dict[str, list[Located[Any]]] = field(default_factory=dict)

    def finished(self) -> tuple[Any, tuple[SourceDocument, ...]]:
        """What the file says about itself, and its documents; raises WhytuneError if there were problems."""
        self.draft.stop_if_wrong()
        assert self.identity
        assert self.identity.part
        return self.identity.part, tuple(whole(self.documents))

    def check_days(self, latest: date | None) -> None:
        """Reports each document dated after the latest day that can be today, if one is given."""
        for one in self.documents:
            for key in days_to_come(one.part, latest) if one.part and latest else ():
                self.draft.add(still_to_come(getattr(one.part, key), one.at(key)))

    def rows(self, name: str) -> Iterator[tuple[Located[Any], Any]]:
        """The items of one list that have the right shape, each with its place."""
        return ((one, one.part) for one in self.lists.get(name, ()) if one.part is not None)

    def parts(self, name: str) -> tuple[Any, ...]:
        return tuple(whole(self.lists.get(name, ())))


def read_sheet(
    node: source.Node, key: str, identity: type[SheetIdentity], lists: Mapping[str, tuple[type[Written], str]]
) -> Sheet:
    """The parts of a file whose identity stands under `key`; problems of shape are in its draft.

    Raises WhytuneError if nothing more can be said: no map, no identity, no languages.
    """
    draft = Draft()
    sheet = Sheet(draft)
    keys = (key, "documents", *lists)
    if not isinstance(node, source.Map):
        hint = Sentence("it holds {keys}", keys=", ".join(keys))
        raise WhytuneError([Problem("wrong-type", Sentence("a map is expected here"), node.span, hint)])
    check_top_keys(node, draft, keys)
    written = node.get(key)
    if written is None:
        hint = Sentence("it says the name, edition, title and languages")
        draft.report("missing-key", Sentence("no `{key}:`", key=key), node.span, hint)
        draft.stop_if_wrong()
    languages = read_languages([node], draft, key)
    if not languages:  # every text would be wrong
        draft.stop_if_wrong()
    context = {"languages": languages}
    if written is not None:
        sheet.identity = locate(identity, "name", written, context, draft)
    every: Mapping[str, tuple[type[Written], str]] = {"documents": (SourceDocument, "document"), **lists}
    for name, (model, item) in every.items():
        if (items := node.get(name)) is not None:
            sheet.lists[name] = read_items(model, item, items, context, draft, {})
    sheet.documents = sheet.lists.pop("documents", [])
    report_duplicates([(one.name, one.at("document")) for one in sheet.documents], draft)
    check_sources(draft, sheet.documents, chain.from_iterable(sheet.lists.values()))
    return sheet


def read_beside(rulebook: str | Path, file: str) -> source.Node:
    """The data of this file in a shipped rulebook (by name) or a folder, or at a path; raises WhytuneError."""
    path, label = located(rulebook)
    return source.read(path / file, f"{label.rstrip('/')}/{file}") if path.is_dir() else source.read(path, label)


def dump(part: Written) -> dict[str, Any]:
    """The part as JSON data; prices are texts in plain digits, because JSON numbers are read as floats."""
    data: dict[str, Any] = _plain(part.model_dump(mode="python", by_alias=True, exclude_defaults=True))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def digest_of(identity: SheetIdentity, lists: Iterable[Iterable[Written]]) -> str:
    """SHA-256 of everything written in these parts except comments, white space and the order of a list."""
    parts: list[Any] = [dump(identity)]
    for rows in lists:
        parts.append(sorted(json.dumps(dump(row), ensure_ascii=False, sort_keys=True) for row in rows))
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def standing_beside(rulebook: str, file: str) -> str:
    """Where to read this file of a rulebook: beside it if it is there, else the default rulebook's."""
    folder = located(rulebook)[0] if rulebook in shipped() else Path(rulebook)
    return rulebook if is_there(folder / file, f"{rulebook}/{file}") else DEFAULT


def check_named(
    citing: Located[Any], path: source.KeyPath, name: str, names: list[str], kind: str, draft: Draft
) -> None:
    """Reports a name not declared in the same file, unless a declared name cannot be read ("") and may be it."""
    if name not in names and "" not in names and not draft.unread:
        message = Sentence("`{name}` is not declared below `{key}`", name=short(name), key=kind)
        others = Sentence("declared: {names}", names=listing(dict.fromkeys(names)))
        hint = did_you_mean(name, names) or (others if names else Sentence("declare it below `{key}:`", key=kind))
        draft.report("unknown-name", message, citing.at(*path), hint)
