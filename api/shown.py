"""A value with what is told about it: as text, a page, Markdown or data; a notebook displays it by itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypeVar, get_args

from whytune.engine.language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short
from whytune.prose import terminal
from whytune.prose.document import Document
from whytune.prose.levels import Level

Format = Literal["text", "html", "markdown", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


class AsData(Protocol):
    """A value of the engine that JSON can hold."""

    def to_dict(self) -> dict[str, Any]: ...


Answered = TypeVar("Answered", bound=AsData, covariant=True)


class Telling:
    """Something that can be told to a reader, in the language of its rulebook."""

    def document(self, level: Level = "short") -> Document:
        """What is told, before it has a format: "short", with the proof ("normal"), or with everything ("full")."""
        raise NotImplementedError

    def to_dict(self) -> Any:
        """The same as data: dicts, lists, strings, numbers, None."""
        raise NotImplementedError

    def write(self, format: Format = "text", *, level: Level = "short", width: int = terminal.WIDTH) -> str:
        """The document as text (`width` columns wide), a self-contained page, Markdown or JSON.

        Raises WhytuneError: unknown-format.
        """
        if format == "json":
            return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
        if format == "text":
            return terminal.text(self.document(level), width)
        if format == "html":
            from whytune.prose import page  # a template engine is for those who want a page

            return page.text(self.document(level))
        if format == "markdown":
            return self._repr_markdown_(level)
        hint = did_you_mean(str(format), FORMATS) or Sentence("it may be {names}", names=listing(FORMATS))
        message = Sentence("`{format}` is not a format", format=short(str(format)))
        raise WhytuneError([Problem("unknown-format", message, None, hint)])

    def __str__(self) -> str:
        return self.write()

    def _repr_html_(self) -> str:
        from whytune.prose import page

        return page.fragment(self.document())

    def _repr_markdown_(self, level: Level = "short") -> str:
        from whytune.prose import markdown

        return markdown.text(self.document(level))


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

    def __repr__(self) -> str:
        return repr(self.value)

    def __getattr__(self, name: str) -> Any:
        """A part of the value."""
        if name.startswith("_") or name == "value":  # a copy asks before it has a value
            raise AttributeError(name)
        return getattr(self.value, name)

    def document(self, level: Level = "short") -> Document:
        """What is told, before it has a format; the level makes a difference to some answers only."""
        return self.tell(level)

    def to_dict(self) -> dict[str, Any]:
        """The value as data: dicts, lists, strings, numbers, None."""
        return self.value.to_dict()


@dataclass(frozen=True, eq=False, repr=False)
class Described(Telling):
    """A description, as data and as a document."""

    data: Callable[[], Any]
    tell: Callable[[Level], Document]

    def document(self, level: Level = "short") -> Document:
        """What is told, before it has a format."""
        return self.tell(level)

    def to_dict(self) -> Any:
        """The same as data."""
        return self.data()
