"""A rulebook while it is being checked: its parts, each with its place, and the problems found so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import CycleError, TopologicalSorter
from typing import Any, Generic, TypeVar

from pydantic import Field

from .. import source
from ..citations import sources_in
from ..problems import MAX_PROBLEMS, Problem, Sentence, Span, WhytuneError, did_you_mean, short
from ..rulebook import ITEM_NAMES, PART_KINDS, Place, Rulebook, SourceDocument
from ..text import Count, Line, Name, Text, Written
from ..vocabulary import Fact, Vocabulary

WrittenPart = TypeVar("WrittenPart", bound=Written)
Vertex = TypeVar("Vertex", bound=Hashable)


class Identity(Written):
    """What a rulebook says about itself."""

    name: Name
    version: Line
    title: Text
    languages: tuple[str, ...]
    main: Name | None = None
    documents_last_months: Count | None = Field(None, ge=1, le=1_200)
    review_every_months: Count | None = Field(None, ge=1, le=1_200)


class Section(Written):
    """What a file says about the rules in it."""

    section: Name | None = None


@dataclass(frozen=True)
class Located(Generic[WrittenPart]):
    """A part of the draft with its place; `part` is None if its shape is wrong, but its name is known."""

    name: str
    part: WrittenPart | None
    node: source.Node

    def at(self, *path: str | int) -> Span:
        """Where the value at this path stands."""
        return source.place(self.node, path)

    def text(self, *path: str | int) -> str | None:
        """The text at this path as its author wrote it; None if there is none."""
        node = source.below(self.node, path)
        return node.text if isinstance(node, source.Scalar) else None

    def with_part(self, update: Mapping[str, Any]) -> Located[WrittenPart]:
        """The same with these fields of its part changed; the part must be there."""
        assert self.part is not None
        return replace(self, part=self.part.model_copy(update=update))

    def names_its_bands(self) -> bool:
        """Has each of the bands written in this part a name?"""
        bands = self.node.get("bands") if isinstance(self.node, source.Map) else None
        items = bands.items if isinstance(bands, source.Items) else ()
        names = (item.get("band") if isinstance(item, source.Map) else None for item in items)
        return all(isinstance(name, source.Scalar) for name in names)

    def key(self, *path: str | int) -> Span:
        """Where the key at the end of this path stands."""
        return source.place(self.node, path, key=True)


@dataclass
class Draft:
    """All parts of one rulebook, unchecked."""

    identity: list[Located[Identity]] = field(default_factory=list)
    parts: dict[type[Written], list[Located[Any]]] = field(default_factory=lambda: defaultdict(list))
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    unread: bool = False  # a whole list is missing or of the wrong shape
    as_kept: bool = False  # it was accepted once, and what was refused only later is no mistake

    def of(self, model: type[WrittenPart]) -> list[Located[WrittenPart]]:
        """All parts of one kind, by its model, as they were written."""
        return self.parts[model]

    def report(self, code: str, message: Sentence, span: Span | None, hint: Sentence | None = None) -> None:
        self.add(Problem(code, message, span, hint))

    def add(self, problem: Problem) -> None:
        """Adds a problem; raises WhytuneError with all so far once there are more than anyone would read."""
        if problem in self.problems:  # each row of a table says the same of what stands above them all
            return
        self.problems.append(problem)
        if len(self.problems) > MAX_PROBLEMS:
            self.stop_if_wrong()

    def names_are_known(self) -> bool:
        """Is every declared name known, even if the rest of its part is wrong? If not, an unknown name may be right."""
        named = (part for kind in PART_KINDS if kind.named_in for part in self.of(kind.model))
        return (
            not self.unread
            and all(part.name for part in named)
            and all(fact.names_its_bands() for fact in self.of(Fact))
        )

    def stop_if_wrong(self) -> None:
        """Raises WhytuneError with all problems found so far, if there are any."""
        if self.problems:
            raise WhytuneError(self.problems)

    def rulebook(self) -> Rulebook:
        """The finished rulebook; raises WhytuneError if there were problems."""
        self.stop_if_wrong()
        identity = next(whole(self.identity))
        parts: dict[str, Any] = {kind.plural: tuple(whole(self.of(kind.model))) for kind in PART_KINDS}
        return Rulebook(
            identity.name,
            identity.version,
            identity.title,
            identity.languages,
            vocabulary=Vocabulary(parts.pop("facts")),
            review_every_months=identity.review_every_months,
            written=lambda: dict(self._places()),
            main=identity.main,
            documents_last_months=identity.documents_last_months,
            **parts,
        )

    def _places(self) -> Iterator[tuple[Place, Span]]:
        parts = [("rulebook", identity.name, identity.node) for identity in self.identity]
        parts += [(kind.name, part.name, part.node) for kind in PART_KINDS for part in self.of(kind.model)]
        for kind, name, node in parts:
            yield (kind, name), node.span
            yield from (((kind, name, *path), span) for path, span in _inner_places(node))


def whole(located: Iterable[Located[WrittenPart]]) -> Iterator[WrittenPart]:
    """The parts whose shape is right."""
    return (one.part for one in located if one.part is not None)


def report_duplicates(named: Iterable[tuple[str, Span]], draft: Draft) -> None:
    """Reports each name that occurred earlier in the list."""
    first: dict[str, Span] = {}
    for name, span in named:
        if name and name in first:
            hint = Sentence("it stands first at {place}", place=first[name])
            draft.report("duplicate-id", Sentence("`{name}` is used twice", name=short(name)), span, hint)
        first.setdefault(name, span)


def check_sources(draft: Draft, documents: Iterable[Located[SourceDocument]], citing: Iterable[Located[Any]]) -> None:
    """Reports each source cited by one of these parts, at any depth, that is in none of the documents.

    It reports none if some document's name could not be read, for it may be that one.
    """
    declared = [located.name for located in documents]
    for located in citing:
        for path, cited in sources_in(located.part):
            if cited.document not in declared and "" not in declared and not draft.unread:
                hint = did_you_mean(cited.document, declared) or Sentence("declare it below `documents:`")
                message = Sentence("unknown document `{name}`", name=short(cited.document))
                draft.report("unknown-document", message, located.at(*path, "document"), hint)


def _inner_places(node: source.Node) -> Iterator[tuple[tuple[str, ...], Span]]:
    """The place of every key and item of a part, by path; an item goes by its name if it has one."""
    if isinstance(node, source.Map):
        inner = [(key.text, key.span, value) for key, value in node.entries]
    elif isinstance(node, source.Items):
        inner = [(_name_of(item) or str(index), item.span, item) for index, item in enumerate(node.items)]
    else:
        return
    for name, span, value in inner:
        yield (name,), span
        yield from (((name, *path), below) for path, below in _inner_places(value))


def _name_of(item: source.Node) -> str | None:
    named = (item.get(key) for key in ITEM_NAMES) if isinstance(item, source.Map) else ()
    return next((name.text for name in named if isinstance(name, source.Scalar)), None)


def find_cycle(graph: Mapping[Vertex, Iterable[Vertex]]) -> list[Vertex]:
    """Nodes that rest on each other in a ring, with the first repeated at the end; empty if there is no ring."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        ring: list[Vertex] = error.args[1]
        return ring[::-1]
    return []
