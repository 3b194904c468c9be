"""Places in the files of a rulebook, and rules, as pages name them -> links to the editor, and to rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import cache

from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.language.folders import file_at
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Place
from whytune.engine.language.translations import span_of
from whytune.engine.words.catalogue import phrase
from whytune.review import file_names

from .addresses import KeyValue, address_of, kept_of, language_of_page, setting_of
from .asking import Query

_TAG = re.compile(r"(<[^>]*>)")
_PLACE = re.compile(r"(?<![\w./-])(?P<file>[\w./-]+\.(ya?ml|json|csv)):(?P<line>[0-9]{1,6})(:[0-9]{1,6})?")
_ENDING = re.compile(r"\.(ya?ml|json|csv):[0-9]")
"""What every place holds, found in a long page in a hundredth of the time."""
PlaceLink = Callable[[str, int, Markup], Markup]
"""A file, a line of it, and how the place is told -> what leads there."""
_CLOSED = re.compile(r"<(/?)(a|button|svg|style|pre|textarea|option|title)\b")
"""The elements in which a link has no place."""


def to_editor(parts: Iterable[Markup], query: Query) -> Iterator[Markup]:
    """The parts of a page, each place in a file of the rulebook with a link to that line in the editor."""
    parts = list(parts)
    names = _names(query) if any(map(_ENDING.search, parts)) else ()
    return with_links(parts, names, lambda name, line, label: _link(name, line, label, query))


def with_links(parts: Iterable[Markup], names: Collection[str], link: PlaceLink) -> Iterator[Markup]:
    """The parts of a page, each place in one of these files as the link has it."""
    for part in parts:
        yield Markup("".join(_linked(part, names, link))) if names and _ENDING.search(part) else part


def to_rules(parts: Iterable[Markup], query: Query) -> Iterator[Markup]:
    """The parts of a page, each rule that is named as the one that decided with a link to it."""
    parts = list(parts)
    decider = _decider(language_of_page(query))
    rules = query.book().content.rule if any(map(decider.search, parts)) else {}

    def linked(decider: re.Match[str]) -> str:
        rule = decider["rule"]
        address = address_of("rules", [*kept_of(query), ("name", rule)])
        link = Markup('<a href="{}">{}</a>').format(address, rule)
        text, at = decider[0], decider.start("rule") - decider.start()
        return f"{text[:at]}{link}{text[at + len(rule) :]}" if rule in rules else text

    for part in parts:
        yield Markup("".join(_outside_links(part, lambda text: decider.sub(linked, text)))) if rules else part


@cache
def _decider(language: str) -> re.Pattern[str]:
    """How a text in this language names the rule that decided."""
    return re.compile(re.escape(phrase("by_rule", language, rule="@")).replace("@", r"(?P<rule>\w+(\.\w+)*)"))


def _names(query: Query) -> tuple[str, ...]:
    """The names of the files of the rulebook; none if it cannot be read."""
    with suppress(WhytuneError):
        return file_names(query.book())
    return ()


def editing(part: Place, query: Query) -> Iterator[KeyValue]:
    """Where a part of the rulebook is edited, if its file is one of those that can be, and what the link says."""
    book = query.book()
    span = span_of(book.content, part)
    name = file_at(span.source, file_names(book)) if span and span.line else None
    if name and span and span.line:
        yield (
            _line_of(name, span.line, query),
            book.speaker.say("page_edit_part", file=visible(name), line=str(span.line)),
        )


def _line_of(file: str, line: int, query: Query) -> str:
    """The address of a line in the editor of a file."""
    return f"{address_of('edit', [*setting_of(query), ('file', file)])}#line-{line}"


def _linked(part: str, names: Collection[str], link: PlaceLink) -> Iterator[str]:
    def linked(place: re.Match[str]) -> str:
        name = file_at(place["file"], names)
        return str(link(name, int(place["line"]), Markup(place[0]))) if name else place[0]

    return _outside_links(part, lambda text: _PLACE.sub(linked, text))


def _outside_links(part: str, linked: Callable[[str], str]) -> Iterator[str]:
    """The pieces of a part of a page; those of its texts in which a link has a place as `linked` has them."""
    depth = 0
    for text in _TAG.split(part):
        if element := _CLOSED.match(text):
            depth += -1 if element[1] else 1
        yield text if depth or text.startswith("<") else linked(text)


def _link(name: str, line: int, label: Markup, query: Query) -> Markup:
    return Markup('<a href="{}">{}</a>').format(_line_of(name, line, query), label)
