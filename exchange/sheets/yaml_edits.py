"""A YAML text and edits to it -> the text with these edits, every other byte as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

import yaml

from whytune.engine.language.source import KeyPath, Loader

Plain = str | list[Any] | dict[str, Any]
"""What can be written at a place: a text, a list or a map."""

Edits = Mapping[KeyPath, Plain | None]
"""What is to be at each place; None for nothing."""

Order = Sequence[int | Plain]
"""The items of a list as they are to be: items that it has, by position, and new ones."""


_BEGINS_PLAIN = re.compile(r"""-?[^\s\-?:,\[\]{}#&*!|<>='"%@`]""")
"""How a text begins that every reader of YAML takes literally."""


class Splice(NamedTuple):
    """The text that replaces the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Edits) -> str:
    """The text with what is at these paths replaced, added or removed; raises ValueError if that is impossible.

    The order and layout of everything else stays, comments included.
    """
    if not edits:
        return text
    writer = _Layout(text)
    there = dict(writer.at_what_is_there(edits))
    new = spliced(text, [writer.splice(path, value) for path, value in there.items() if value is not None])
    for path in (path for path, value in there.items() if value is None):
        new = spliced(new, [_Layout(new).splice(path, None)])
    if plain_data(new) != _with_edits(plain_data(text), edits):
        raise ValueError("the text is not laid out so that this can be edited in it")
    return new


def arranged(text: str, path: KeyPath, order: Order) -> str:
    """The text with the items of the list at this path in this order; raises ValueError if that is impossible."""
    writer = _Layout(text)
    items = writer.at(path)
    if not isinstance(items, yaml.SequenceNode) or not items.value:
        raise ValueError("no list with items")
    new = spliced(text, [(writer.in_line if items.flow_style else writer.in_lines)(items, order)])
    before = _below(plain_data(text), path)
    wanted = _with_edits(plain_data(text), {path: [before[item] if isinstance(item, int) else item for item in order]})
    if plain_data(new) != wanted:
        raise ValueError("the list is not laid out so that its items can be arranged")
    return new


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """The text with these splices, which do not overlap; raises ValueError if they do."""
    parts, end = [], 0
    for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
        if splice.start < end:
            raise ValueError("two edits of one place")
        parts += [text[end : splice.start], splice.text]
        end = splice.end
    return "".join([*parts, text[end:]])


def plain_data(text: str) -> Any:
    """What the text says, as dicts, lists and strings; None for a blank. Raises ValueError for what is not YAML."""
    return _plain(_composed(text))


def one_line(value: Plain | None, in_flow: bool = True) -> str:
    """The value as YAML on one line, with texts unquoted if they need no quotes; `in_flow` within brackets."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{one_line(key)}: {one_line(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(one_line(item) for item in value) + "]"
    return value if _needs_no_quotes(value, in_flow) else json.dumps(value, ensure_ascii=False)


def in_block(value: Plain, indent: str) -> str:
    """The value as YAML in lines: a map has a line per key, deeper ones one line; the first line is not indented."""
    if not isinstance(value, dict):
        return one_line(value, in_flow=False) + "\n"
    lines = (f"{one_line(key)}: {one_line(below, not isinstance(below, str))}\n" for key, below in value.items())
    return indent.join(lines)


class _Layout:
    """Finds where things are in one text, and how to write others in their place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = _composed(text)
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def at(self, path: KeyPath) -> yaml.Node | None:
        node: yaml.Node | None = self.root
        for step in path:
            node = _child(node, step)
        return node

    def at_what_is_there(self, edits: Edits) -> Iterator[tuple[KeyPath, Plain | None]]:
        """The edits, with those below a map that does not exist yet gathered into it.

        A map that loses all its keys is removed whole.
        """
        new: dict[KeyPath, dict[str, Any]] = {}
        gone: dict[KeyPath, int] = {}
        for path, value in edits.items():
            there = next(length for length in range(len(path), -1, -1) if self.at(path[:length]) is not None)
            if value is not None and there < len(path) - 1:
                put(new.setdefault(path[: there + 1], {}), path[there + 1 :], value)
            elif value is None and there == len(path):
                gone[path[:-1]] = gone.get(path[:-1], 0) + 1
        emptied = {path for path, count in gone.items() if self._has(path, count) and not self._gains(path, edits)}
        yield from ((path, None) for path in emptied)
        yield from new.items()
        for path, value in edits.items():
            is_gathered = any(path[: len(above)] == above for above in (*new, *emptied))
            if not is_gathered and (value is not None or self.at(path) is not None):
                yield path, value

    def splice(self, path: KeyPath, value: Plain | None) -> Splice:
        """How the content of this path becomes this value."""
        parent, node = self.at(path[:-1]), self.at(path)
        if node is None and isinstance(parent, yaml.MappingNode) and value is not None:
            return self._added(parent, str(path[-1]), value)
        if node is not None and value is not None:
            return self._replaced(path, node, value)
        if isinstance(parent, yaml.MappingNode) and node is not None:
            return self._removed(parent, node)
        raise ValueError("nothing stands there")

    def in_line(self, items: yaml.SequenceNode, order: Order) -> Splice:
        """A list in brackets with its items in this order."""
        nodes = items.value
        between = self.text[self.end(nodes[0]) : nodes[1].start_mark.index] if len(nodes) > 1 else ", "
        texts = [
            self.text[nodes[item].start_mark.index : self.end(nodes[item])] if isinstance(item, int) else one_line(item)
            for item in order
        ]
        return Splice(nodes[0].start_mark.index, self.end(nodes[-1]), between.join(texts))

    def in_lines(self, items: yaml.SequenceNode, order: Order) -> Splice:
        """A list with its items in lines in this order, each with the comment above it."""
        start = self.text.rfind("\n", 0, items.start_mark.index) + 1
        indent = self.text[start : items.start_mark.index]
        if indent.strip() or not order:
            raise ValueError("the list shares a line with what stands before it")
        ends = [self._line_end(self.end(item)) for item in items.value]
        segments = [self.text[first:last] for first, last in zip([start, *ends], ends, strict=False)]
        texts = [
            self._closed(segments[item]) if isinstance(item, int) else self._item(item, indent, segments[-1])
            for item in order
        ]
        return Splice(start, ends[-1], "".join(texts))

    def _item(self, value: Plain, indent: str, like: str) -> str:
        """A new item, spaced from the one before it as the last existing one is."""
        apart = self.newline if like.startswith(("\n", "\r\n")) else ""
        return apart + f"{indent}- {in_block(value, indent + '  ')}".replace("\n", self.newline)

    def _has(self, path: KeyPath, count: int) -> bool:
        node = self.at(path)
        return len(path) > 0 and isinstance(node, yaml.MappingNode) and len(node.value) == count

    @staticmethod
    def _gains(path: KeyPath, edits: Edits) -> bool:
        return any(value is not None and other[: len(path)] == path for other, value in edits.items())

    def end(self, node: yaml.Node) -> int:
        """Where the text of a node ends: a list in lines ends with its last item, not before the next token."""
        if not isinstance(node, yaml.CollectionNode) or node.flow_style:
            written = self.text[node.start_mark.index : node.end_mark.index]
            return int(node.start_mark.index + len(written.rstrip() if _is_block(node) else written))
        if not node.value:
            return int(node.start_mark.index)
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def _line_end(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1

    def _closed(self, segment: str) -> str:
        return segment if segment.endswith("\n") else segment + self.newline

    def _replaced(self, path: KeyPath, node: yaml.Node, value: Plain) -> Splice:
        parent = self.at(path[:-1])
        in_flow = isinstance(parent, yaml.CollectionNode) and bool(parent.flow_style)
        start, end = node.start_mark.index, self.end(node)
        if _is_block(node) and isinstance(value, str) and isinstance(parent, yaml.MappingNode):
            return Splice(start, end, self._folded(value, path))
        if isinstance(parent, yaml.MappingNode) and (start == end or self._is_in_lines(node)):
            key = next(key for key, below in parent.value if below is node)
            start = self.text.index(":", self.end(key)) + 1
            return Splice(start, max(start, end), " " + one_line(value, in_flow))
        style = getattr(node, "style", None)
        written = one_line(value, in_flow)
        if isinstance(value, str) and style == "'" and value.isprintable():
            written = "'" + value.replace("'", "''") + "'"
        elif isinstance(value, str) and style == '"':
            written = json.dumps(value, ensure_ascii=False)
        return Splice(start, end, written)

    def _is_in_lines(self, node: yaml.Node) -> bool:
        return isinstance(node, yaml.CollectionNode) and not node.flow_style

    def _folded(self, value: str, path: KeyPath) -> str:
        """The text in lines below its key, as it was; on one line if folding would change it."""
        parent = self.at(path[:-1])
        key = next(key for key, _ in parent.value if key.value == str(path[-1]))  # type: ignore[union-attr]
        indent = " " * (key.start_mark.column + 2)
        lines = _wrapped(value, 110 - len(indent))
        if " ".join(lines) != value or not value.isprintable():
            return one_line(value, in_flow=False)
        return ">-" + "".join(f"{self.newline}{indent}{line}" for line in lines)

    def _added(self, parent: yaml.MappingNode, key: str, value: Plain) -> Splice:
        """A key at the end of a map, written as the map is: in a line of its own, or in braces."""
        if parent.flow_style:
            at = self.end(parent.value[-1][1]) if parent.value else parent.start_mark.index + 1
            return Splice(at, at, f"{', ' if parent.value else ''}{one_line(key)}: {one_line(value)}")
        at = self._line_end(self.end(parent.value[-1][1]))
        before = "" if self.text[:at].endswith("\n") else self.newline
        indent = " " * parent.value[0][0].start_mark.column
        return Splice(at, at, f"{before}{indent}{one_line(key)}: {one_line(value, in_flow=False)}{self.newline}")

    def _removed(self, parent: yaml.MappingNode, node: yaml.Node) -> Splice:
        index = next(index for index, (_, below) in enumerate(parent.value) if below is node)
        key = parent.value[index][0]
        if parent.flow_style:
            if index:
                return Splice(self.end(parent.value[index - 1][1]), self.end(node), "")
            after = parent.value[1][0].start_mark.index if len(parent.value) > 1 else self.end(node)
            return Splice(key.start_mark.index, after, "")
        start = self.text.rfind("\n", 0, key.start_mark.index) + 1
        if self.text[start : key.start_mark.index].strip():  # `- ` stands before it
            if index + 1 == len(parent.value):
                raise ValueError("the only key of an item")
            return Splice(key.start_mark.index, parent.value[index + 1][0].start_mark.index, "")
        return Splice(start, self._line_end(self.end(node)), "")


def _composed(text: str) -> yaml.Node | None:
    """The node of a whole text; raises ValueError for what is not YAML."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=Loader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from None
    return node


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        below: yaml.Node = node.value[step]
        return below
    return None


def _is_block(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _plain(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if not isinstance(node, yaml.ScalarNode) or (not node.style and node.value in ("", "~", "null", "Null", "NULL")):
        return None
    return node.value


def _needs_no_quotes(text: str, in_flow: bool) -> bool:
    """Does YAML read the text as it is, within brackets or not?"""
    if not text.isprintable() or not _BEGINS_PLAIN.match(text):
        return False
    around: Callable[[str], str] = (lambda inner: f"[{inner}]") if in_flow else (lambda inner: f"k: {inner}")
    with suppress(yaml.YAMLError):
        return _plain(yaml.compose(around(text), Loader=Loader)) in ([text], {"k": text})
    return False


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines


def put(data: dict[str, Any], path: KeyPath, value: Plain) -> None:
    """Puts a value at a path into nested maps, adding those that are missing."""
    for step in path[:-1]:
        data = data.setdefault(str(step), {})
    data[str(path[-1])] = value


def _below(data: Any, path: KeyPath) -> Any:
    for step in path:
        data = data[step]
    return data


def _with_edits(data: Any, edits: Edits) -> Any:
    """Plain data with these edits; a map that they empty is removed."""
    for path, value in edits.items():
        above: list[tuple[Any, str | int]] = []
        here = data
        for step in path[:-1]:
            above.append((here, step))
            if isinstance(here, dict) and here.get(str(step)) is None:
                here[step] = {}
            here = here[step]
        if value is not None:
            here[path[-1]] = value
        elif isinstance(here, dict):
            here.pop(path[-1], None)
    _drop_empty(data, {path[:-1] for path, value in edits.items() if value is None})
    return data


def _drop_empty(data: Any, paths: set[KeyPath]) -> None:
    for path in sorted(paths, key=len, reverse=True):
        with suppress(KeyError, IndexError, TypeError):
            parent = _below(data, path[:-1])
            if path and parent[path[-1]] == {} and isinstance(parent, dict):
                del parent[path[-1]]
