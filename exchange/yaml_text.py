"""Data -> YAML as a person would write it: short things on one line, no needless quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

WIDTH = 120
"""The most characters of a line."""


class Inline(list[Any]):
    """A list that is written on one line."""


class InlineMap(dict[str, Any]):
    """A map that is written on one line."""


class _Writer(yaml.SafeDumper):
    """Texts are plain: in a rulebook only a blank is not a text."""

    yaml_implicit_resolvers = {
        letter: [("tag:yaml.org,2002:null", pattern) for tag, pattern in resolvers if tag.endswith(":null")]
        for letter, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Writer.add_representer(Inline, lambda writer, items: writer.represent_sequence("tag:yaml.org,2002:seq", items, True))
_Writer.add_representer(InlineMap, lambda writer, map_: writer.represent_mapping("tag:yaml.org,2002:map", map_, True))


def yaml_text(comment: str, parts: Mapping[str, Any | Sequence[Any]]) -> str:
    """A file: a comment that says what it is, then its parts with a blank line between them."""
    blocks = [f"# {comment}\n"]
    for key, part in parts.items():
        items = [[item] for item in part] if isinstance(part, list) and part else [part]
        blocks += [_dump({key: items[0]}), *(_below(item) for item in items[1:])]
    return "\n".join(blocks)


def _below(item: Any) -> str:
    """Another item of a list, indented below its key."""
    return "".join(f"  {line}" if line.strip() else line for line in _dump(item).splitlines(keepends=True))


def _dump(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text
