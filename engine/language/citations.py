"""Where something comes from: the document that a part of a rulebook cites, the place in it and its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, SerializerFunctionWrapHandler, WrapSerializer

from .problems import Sentence
from .text import BadValue, Line, Name, Passage, Written

Strength = Literal["measured", "vendor", "practice"]
"""What a source rests on: measurements that anyone can repeat, a vendor's word, or what people have seen work."""


SAY_WHERE = Sentence("say which document it comes from, and where in it")


class Original(Written):
    """The place and the words as they stand in a document that is in another language than its readers'."""

    place: Line | None = None
    quote: Line | None = None


class Source(Written):
    """Where something comes from: a declared document, the place in it, its words, and what these rest on.

    A place and words given in each language are translations of what `original` holds.
    """

    document: Name
    place: Passage
    quote: Passage | None = None
    original: Original | None = None
    strength: Strength | None = None


def _cited(written: Any) -> Any:
    if written == []:
        raise BadValue("missing-source", Sentence("a source is missing here"), SAY_WHERE)
    return written if isinstance(written, list | tuple) else [written]


def as_written(parts: Any, dump: SerializerFunctionWrapHandler) -> Any:
    """A single part as it is, several as a list: the way an author may write them."""
    dumped = dump(parts)
    return dumped[0] if len(dumped) == 1 else dumped


Sources = Annotated[tuple[Source, ...], BeforeValidator(_cited), WrapSerializer(as_written)]
"""One source, or a list of them."""


def sources_in(part: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Source]]:
    """Every source that a part cites, at any depth, with the path to it."""
    if isinstance(part, Source):
        yield path, part
        return
    inner = _fields(part) if isinstance(part, Written) else enumerate(part) if isinstance(part, tuple) else ()
    for key, value in inner:
        if isinstance(value, (Written, tuple)):
            yield from sources_in(value, (*path, key))


def _fields(part: Written) -> Iterator[tuple[str, Any]]:
    """The content of a part by the keys that its author writes."""
    return ((field.alias or name, getattr(part, name)) for name, field in type(part).model_fields.items())
