"""YAML text -> plain data, with the span of every node; nothing is typed here, a scalar is its text."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple, NoReturn

import yaml
from yaml import events

from .brief import brief
from .letters import composed, obeyed, unfit
from .problems import Problem, Sentence, Span, WhytuneError, short

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 50
"""How deep maps and lists may be nested; no rulebook needs ten levels."""

_FORBIDDEN = r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"

_STREAM = "/dev/(stdin|fd/[0-9]+)$"
"""What a shell calls the streams it passes: standard input, and the output of a process substitution."""

_JSON_PAIR = r"(?i)\\(?:u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|.)"

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """One text; `blank` if nothing was written, as after `key:`, or for a null."""

    text: str
    blank: bool
    span: Span

    def __repr__(self) -> str:
        return brief(self)


class Items(NamedTuple):
    items: tuple[Node, ...]
    span: Span

    def __repr__(self) -> str:
        return brief(self)


class CellNames(Items):
    """Names in one cell of a table: all of them where several are taken, one of them where one is."""

    __slots__ = ()


class Map(NamedTuple):
    """Entries in the order written; every key is a scalar and occurs once."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def __repr__(self) -> str:
        return brief(self)

    def get(self, key: str) -> Node | None:
        return next((value for name, value in self.entries if name.text == key), None)


Node = Scalar | Items | Map
KeyPath = tuple[str | int, ...]
"""The keys and indices that lead from a node to one below it."""


def read(path: Path, label: str | None = None) -> Node:
    """The data of one file; problems name the file by `label`, or by its path.

    Raises WhytuneError: missing-file, unreadable-file, too-large, not-utf8, and all that `parse` raises.
    """
    source = label or str(path)
    return decode(read_bytes(path, source), source)


def read_bytes(path: Path, label: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file, or the beginning of one with more than `most`; raises WhytuneError as `read` does."""
    span = Span(label)
    with opened(path, span) as file:
        try:
            return file.read(most + 1)
        except OSError as error:
            raise unreadable(span, error) from None


def opened(path: Path, span: Span, given: bool = True) -> IO[bytes]:
    """The file, open for reading.

    A pipe or device, on which one might wait for ever, is refused unless the caller has `given` it as a stream.

    Raises WhytuneError: missing-file, unreadable-file.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir() and not (given and re.match(_STREAM, str(path))):
            raise OSError(0, Sentence("not a regular file"))
        return path.open("rb")
    except FileNotFoundError:
        raise WhytuneError([Problem("missing-file", Sentence("no such file"), span)]) from None
    except (OSError, ValueError) as error:
        raise unreadable(span, error) from None


def unreadable(span: Span, error: OSError | ValueError) -> WhytuneError:
    """The error for a file or folder that the system would not read; a ValueError means that it is not a path."""
    reason = (isinstance(error, OSError) and error.strerror) or Sentence("not a path")
    why = reason if isinstance(reason, Sentence) else reason.lower()
    return WhytuneError([Problem("unreadable-file", Sentence("cannot be read: {why}", why=why), span)])


def decode(data: bytes, source: str, as_kept: bool = False) -> Node:
    """The data of these bytes; raises WhytuneError as `read` does.

    A text is composed and holds only characters that readers see; `as_kept` admits what older records hold.
    """
    return parse(decoded_text(data, source), source, as_kept)


def decoded_text(data: bytes, source: str) -> str:
    """The text of these bytes; raises WhytuneError: too-large, not-utf8."""
    if len(data) > MAX_BYTES:
        hint = Sentence("split it into several files")
        raise WhytuneError([Problem("too-large", Sentence("larger than 1 MiB"), Span(source), hint)])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        hint = Sentence("save the file as UTF-8")
        raise WhytuneError([Problem("not-utf8", Sentence("not UTF-8 text"), Span(source, line), hint)]) from None


def parse(text: str, source: str, as_kept: bool = False) -> Node:
    """The data of one YAML (or JSON) document.

    Raises WhytuneError: yaml-syntax, empty-file, several-documents, alias, tag, too-deep, duplicate-key, bad-text.
    """
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        text = _json_as_yaml(text)
    if not all(line.isprintable() for line in text.split("\n")) and (match := re.search(_FORBIDDEN, text)):
        message, hint = Sentence("a character that YAML does not allow"), Sentence("delete it; it cannot be seen")
        raise WhytuneError([Problem("yaml-syntax", message, _span_at(text, match.start(), source), hint)])
    try:
        return _Builder(source, as_kept).build(yaml.parse(text, Loader=Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(source, mark.line + 1, mark.column + 1) if mark else Span(source)
        message = Sentence("{problem}", problem=error.problem) if error.problem else Sentence("not YAML")
        raise WhytuneError([Problem("yaml-syntax", message, span, _syntax_hint(error, text))]) from None


def plain(node: Node) -> Any:
    """The node as dicts, lists and strings; None for a blank."""
    match node:
        case Scalar(text, blank):
            return None if blank else text
        case Items(items):
            return [plain(item) for item in items]
        case Map(entries):
            return {key.text: plain(value) for key, value in entries}


def place(node: Node, path: KeyPath, *, key: bool = False) -> Span:
    """The span of what stands at this path, or of its key; if nothing does, of the nearest thing above."""
    span = node.span
    for index, step in enumerate(path):
        if _stands_alone(node, path[index:]):
            continue
        match node:
            case Map(entries):
                entry = next(((name, value) for name, value in entries if name.text == step), None)
                if entry is None:
                    return span
                node = entry[1]
                span = entry[0].span if key else node.span
            case Items(items) if isinstance(step, int) and step < len(items):
                node = items[step]
                span = node.span
            case _:
                return span
    return span


def below(node: Node | None, path: KeyPath) -> Node | None:
    """What stands at this path below the node; None if nothing does."""
    for index, step in enumerate(path):
        if _stands_alone(node, path[index:]):
            continue
        match node:
            case Map():
                node = node.get(str(step))
            case Items(items) if isinstance(step, int) and step < len(items):
                node = items[step]
            case _:
                return None
    return node


def _stands_alone(node: Node | None, path: KeyPath) -> bool:
    """Is it a single part, or a single list of parts, although the path leads into a list?"""
    if isinstance(node, Items):
        return all(isinstance(step, int) for step in path[:2]) and len(path) > 1 and not _has_lists(node)
    return isinstance(node, Map) and isinstance(path[0], int)


def _has_lists(node: Items) -> bool:
    return any(isinstance(item, Items) for item in node.items)


def _json_as_yaml(text: str) -> str:
    """JSON text as YAML that reads the same: JSON may indent with tabs, and writes long characters as two escapes."""

    def joined(pair: re.Match[str]) -> str:
        high, low = pair.groups()
        return f"\\U{0x10000 + (int(high, 16) - 0xD800 << 10) + int(low, 16) - 0xDC00:08x}" if high else pair[0]

    return re.sub(_JSON_PAIR, joined, text.replace("\t", " "))


def _span_at(text: str, position: int, source: str) -> Span:
    return Span(source, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


_SYNTAX_HINTS = {
    "mapping values are not allowed": Sentence(
        "put quotes around a text that holds `: `, and indent the keys of a map alike"
    ),
    "cannot start any token": Sentence(
        "indent with spaces, not tabs; quote a text that begins with a special character"
    ),
    "expected key": Sentence("is it indented like the lines around it? does something follow a closing quote?"),
    "expected '-' indicator": Sentence("is it indented like the items of the list before it?"),
    "could not find expected ':'": Sentence("write `key: value`"),
    "unknown escape": Sentence("in double quotes a `\\` begins an escape; use single quotes"),
    "unexpected end of stream": Sentence("a quote is not closed"),
    "flow mapping": Sentence("a comma is missing, or a `{{` is not closed"),
    "flow sequence": Sentence("a comma is missing, or a `[` is not closed"),
}


def _syntax_hint(error: yaml.MarkedYAMLError, text: str) -> Sentence | None:
    complaint = f"{error.problem} {error.context}"
    first, last = (mark.line if mark else 0 for mark in (error.context_mark, error.problem_mark))
    if "could not find expected ':'" in complaint and any("：" in line for line in text.split("\n")[first : last + 1]):
        return Sentence("the colon `：` is a full-width one: write it as `:` with a space after it")
    hint = next((hint for part, hint in _SYNTAX_HINTS.items() if part in complaint), None)
    start = error.context_mark
    if hint and hint.endswith("closed") and start:
        return Sentence("{hint}; it opens in line {line}", hint=hint, line=start.line + 1)
    return hint


class _Builder:
    """Builds the tree from parser events with its own stack, so that depth is bounded by us, not by Python."""

    def __init__(self, source: str, as_kept: bool) -> None:
        self.source = source
        self.as_kept = as_kept
        self.problems: list[Problem] = []
        self.open: list[tuple[Span, list[Node], bool]] = []  # span, children so far, is it a map
        self.root: Node | None = None

    def build(self, stream: Iterator[events.Event]) -> Node:
        documents = 0
        for event in stream:
            if isinstance(event, events.NodeEvent):
                self._node(event, self._span(event))
            elif isinstance(event, events.CollectionEndEvent):
                self._close()
            elif isinstance(event, events.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = Sentence("one file holds one document; drop the `---`")
                    self._refuse("several-documents", Sentence("a second document"), self._span(event), hint)
        if self.root is None or (isinstance(self.root, Scalar) and self.root.blank):
            self._refuse("empty-file", Sentence("the file says nothing"), Span(self.source))
        if self.problems or self.root is None:
            raise WhytuneError(self.problems)
        return self.root

    def _span(self, event: events.Event) -> Span:
        mark: Any = event.start_mark
        return Span(self.source, mark.line + 1, mark.column + 1)

    def _node(self, event: events.NodeEvent, span: Span) -> None:
        if isinstance(event, events.AliasEvent) or event.anchor:
            hint = Sentence("write the text out where it is needed")
            self._refuse("alias", Sentence("anchors and aliases are not allowed"), span, hint)
        if (tag := getattr(event, "tag", None)) not in (None, "!"):
            written = str(tag).replace("tag:yaml.org,2002:", "!!")
            message = Sentence("the tag `{tag}` is not allowed", tag=short(written))
            self._refuse("tag", message, span, Sentence("leave it out; the vocabulary gives the type"))
        if isinstance(event, events.ScalarEvent):
            blank = not event.style and event.value in ("", "~", "null", "Null", "NULL")
            self._add(Scalar(self._text(event.value, span), blank, span))
        elif isinstance(event, events.CollectionStartEvent):
            if len(self.open) >= MAX_DEPTH:
                self._refuse("too-deep", Sentence("nested more than {most} deep", most=MAX_DEPTH), span)
            self.open.append((span, [], isinstance(event, events.MappingStartEvent)))

    def _text(self, written: str, span: Span) -> str:
        """The text, composed; notes what is wrong with its characters."""
        text = written if self.as_kept else composed(written)
        if wrong := obeyed(text) if self.as_kept else unfit(text):
            self.problems.append(Problem("bad-text", wrong.message, span, wrong.hint))
        return text

    def _close(self) -> None:
        span, children, is_map = self.open.pop()
        self._add(self._mapping(children, span) if is_map else Items(tuple(children), span))

    def _mapping(self, children: list[Node], span: Span) -> Map:
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._refuse("yaml-syntax", Sentence("a key must be one word"), key.span)
            if key.text == "<<":
                hint = Sentence("write the keys out where they are needed")
                self._refuse("alias", Sentence("merging maps is not allowed"), key.span, hint)
            if key.text in entries:
                message = Sentence("the key `{key}` appears twice", key=short(key.text))
                hint = Sentence("it stands first in line {line}", line=entries[key.text][0].span.line)
                self.problems.append(Problem("duplicate-key", message, key.span, hint))
            entries.setdefault(key.text, (key, value))
        return Map(tuple(entries.values()), span)

    def _add(self, node: Node) -> None:
        if self.open:
            self.open[-1][1].append(node)
        elif self.root is None:
            self.root = node

    def _refuse(self, code: str, message: Sentence, span: Span, hint: Sentence | None = None) -> NoReturn:
        raise WhytuneError([*self.problems, Problem(code, message, span, hint)])
