"""A value with what is told about it: as text, a page, Markdown or data; a notebook displays it by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, TypeVar, get_args

from whytune.engine.language.brief import MOST, brief
from whytune.engine.language.problems import Problem, Sentence, WhytuneError, closest, did_you_mean, listing, short
from whytune.prose import terminal
from whytune.prose.document import Document
from whytune.prose.levels import LEVELS, Level
from whytune.prose.python_calls import in_python

from .keywords import check_methods

Format = Literal["text", "html", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def as_it_is(document: Document) -> Document:
    """The document itself."""
    return document


class AsData(Protocol):
    """A value of the engine that JSON can hold."""

    def to_dict(self) -> dict[str, Any]: ...


Answered = TypeVar("Answered", bound=AsData, covariant=True)


def check_among(names: Collection[str], name: object, code: str, message: Sentence) -> None:
    """Raises WhytuneError of this code and message unless the name is one of these, with the one that may be meant."""
    if name not in names:
        hint = did_you_mean(str(name), names) or Sentence("it may be {names}", names=listing(names))
        raise WhytuneError([Problem(code, message, None, hint)])


class Suggesting:
    """Something whose unknown attributes are an AttributeError that says which one may be meant.

    A keyword that one of its methods does not take is a WhytuneError that does.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        check_methods(cls)

    if not TYPE_CHECKING:  # or a type checker would believe that every name is there

        def __getattr__(self, name: str) -> Any:
            check_own(self, name)
            raise no_attribute(f"{type(self).__name__!r} object", name, dir(self))


def check_own(value: object, name: str) -> None:
    """Raises the AttributeError of a property of this name, which Python takes for one that is not there."""
    if hasattr(type(value), name):
        object.__getattribute__(value, name)


def no_attribute(owner: str, name: str, names: Collection[str]) -> AttributeError:
    """The error that the owner has nothing of this name, with the one that may be meant."""
    public = [other for other in names if not other.startswith("_")]
    meant = closest(name, public) or next((other for other in public if other.startswith(name)), None)
    asked = f": did you mean {meant!r}?" if meant and not name.startswith("_") else ""
    return AttributeError(f"{owner} has no attribute {name!r}{asked}", name=name, obj=None)  # or Python guesses, too


def attribute_of(value: object, name: str, owner: str, names: Collection[str]) -> Any:
    """This attribute of a value, computed once.

    Raises AttributeError: that of a property as it is; for a name that is not there, that the owner, who has these
    names beside those of the value, has no such attribute.
    """
    try:
        return getattr(value, name)
    except AttributeError:
        if name in dir(value):
            raise
    raise no_attribute(owner, name, {*names, *dir(value)})


class Telling(Suggesting):
    """Something that can be told to a reader, in the language of its rulebook."""

    def document(self, level: Level = "short") -> Document:
        """What is told, before it has a format: "short", with the proof ("normal"), or with everything ("full")."""
        raise NotImplementedError

    def to_dict(self) -> Any:
        """The same as data: dicts, lists, strings, numbers, None."""
        raise NotImplementedError

    def write(self, format: Format = "text", *, level: Level = "short", width: int = terminal.WIDTH) -> str:
        """The document as text (`width` columns wide), a self-contained page, Markdown or JSON.

        Raises WhytuneError: unknown-format; unknown-value for a level that there is not.
        """
        return self.written(format, level, width, in_python)

    def written(
        self,
        format: Format,
        level: Level,
        width: int = terminal.WIDTH,
        adapt: Callable[[Document], Document] = as_it_is,
    ) -> str:
        """The same, adapted to a reader who is not in Python.

        Raises WhytuneError: unknown-format, unknown-value.
        """
        check_among(
            FORMATS, format, "unknown-format", Sentence("`{format}` is not a format", format=short(str(format)))
        )
        check_among(LEVELS, level, "unknown-value", Sentence("`{level}` is not a level", level=short(str(level))))
        if format == "json":
            return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
        document = adapt(self.document(level))
        if format == "text":
            return terminal.text(document, width)
        if format == "html":
            from whytune.prose import page  # a template engine is for those who want a page

            return page.text(document)
        from whytune.prose import markdown

        return markdown.text(document)

    def __str__(self) -> str:
        return self.write()

    def _repr_html_(self) -> str:
        from whytune.prose import page

        return page.in_notebook(in_python(self.document()))

    def _repr_markdown_(self) -> str:
        return self.write("markdown")


@dataclass(frozen=True, eq=False, repr=False)
class Shown(Telling, Generic[Answered]):
    """An answer: its `value`, whose attributes can be read here too, and how it is told.

    >>> import whytune
    >>> reason = whytune.load("guide").case(prompt_enough=True).reason()
    >>> reason.outcome
    'prompt'
    >>> print(reason)
    Every task with the following gets this advice, whatever else is true of it: Prompt engineering
      Solvable by a prompt  yes
    """

    value: Answered
    tell: Callable[[Level], Document]
    origin: Mapping[str, Any] = field(default_factory=dict, kw_only=True)
    """What the data begins with: of a record, which one was asked."""

    def __repr__(self) -> str:
        shown = repr(self.value)
        return shown if len(shown) <= MOST else brief(self.value)

    def __eq__(self, other: object) -> bool:
        return self.value == (other.value if isinstance(other, Shown) else other)

    __hash__ = None  # type: ignore[assignment]  # as most values, and equal to one

    def __getattr__(self, name: str) -> Any:
        """A part of the value."""
        if name.startswith("_") or name == "value":  # a copy asks before it has a value
            raise AttributeError(name)
        check_own(self, name)
        return attribute_of(self.value, name, f"{type(self.value).__name__!r} object", dir(self))

    def document(self, level: Level = "short") -> Document:
        """What is told, before it has a format; the level makes a difference to some answers only."""
        return self.tell(level)

    def to_dict(self) -> dict[str, Any]:
        """The value as data: dicts, lists, strings, numbers, None."""
        return {**self.origin, **self.value.to_dict()}


@dataclass(frozen=True, eq=False, repr=False)
class Described(Telling):
    """A description, as data and as a document."""

    data: Callable[[], Any]
    tell: Callable[[Level], Document]

    def __repr__(self) -> str:
        """What it tells first, in one line."""
        lines = (line.strip() for line in self.write(width=MOST).splitlines())
        shown = f"<{type(self).__name__}: {next(filter(None, lines), '')}>"
        return shown if len(shown) <= MOST else f"{shown[: MOST - 4]}...>"

    def document(self, level: Level = "short") -> Document:
        """What is told, before it has a format."""
        return self.tell(level)

    def to_dict(self) -> Any:
        """The same as data."""
        return self.data()
