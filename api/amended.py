"""The text of a case file and an amendment of what it expects -> the text that says so."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine import Span
from whytune.engine.language import source
from whytune.engine.language.folders import has_ending
from whytune.engine.language.loading import ENDINGS
from whytune.engine.language.source import Items, KeyPath, Map, Node, Scalar
from whytune.engine.review.casebook.amendments import Amendment
from whytune.exchange.sheets.yaml_edits import Plain, arranged, edited

EXPECT = "expect"


def amended(text: str, name: str, amendment: Amendment) -> str:
    """The text of the file of this name with what an amendment calls for; all else stays, comments included.

    Raises ValueError where that is left to its author: in a table, or where a case would expect nothing any more.
    """
    if not has_ending(name, (*ENDINGS, ".json")):
        raise ValueError("a table has no place for what one of its cases expects")
    node = source.parse(text, name)
    path = path_to(node, amendment.span)
    if amendment.written is None:
        return _without(text, node, path[:-1] if amendment.expected.kind == "flips" else path)
    return edited(text, {path: _as_written(amendment, name)})


def path_to(node: Node, span: Span) -> KeyPath:
    """The path of the text or list that stands at this place, or is blank after the key there; raises ValueError."""
    for path, there in _below(node, ()):
        if (there.line, there.column) == (span.line, span.column):
            return path
    raise ValueError("nothing stands there")


def _below(node: Node, path: KeyPath) -> Iterator[tuple[KeyPath, Span]]:
    """Every text and list with its path and place; a blank one stands where its key does."""
    if isinstance(node, Scalar | Items):
        yield path, node.span
    if isinstance(node, Items):
        for index, item in enumerate(node.items):
            yield from _below(item, (*path, index))
    if isinstance(node, Map):
        for key, value in node.entries:
            is_blank = isinstance(value, Scalar) and value.blank
            yield from _below(value._replace(span=key.span) if is_blank else value, (*path, key.text))


def _as_written(amendment: Amendment, name: str) -> Plain:
    """What is to stand there: a word, or all that is possible."""
    if amendment.expected.kind != "possible":
        return amendment.written or ""
    if not has_ending(name, ENDINGS):
        raise ValueError("JSON has its lists laid out in another way")
    return list(amendment.failure.got)


def _without(text: str, node: Node, path: KeyPath) -> str:
    """The text without what stands at this path; without the whole key if nothing is left in its list."""
    above = source.below(node, path[:-1])
    if isinstance(path[-1], int) and isinstance(above, Items) and len(above.items) > 1:
        return arranged(text, path[:-1], [index for index in range(len(above.items)) if index != path[-1]])
    key = path[:-1] if isinstance(path[-1], int) else path
    expected = source.below(node, key[:-1])
    if not isinstance(expected, Map) or len(expected.entries) == 1:
        raise ValueError("nothing would be expected any more")
    return edited(text, {key: None})
