"""The switch of a page to its other language, also where files were sent, which do not come along."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from markupsafe import Markup

from whytune.engine.words.catalogue import LANGUAGES, phrase

from .addresses import KeyValue, address_of, others_than
from .asking import LANGUAGE, Query

SWITCHED = "switched_to"
"""The field of a form that says in which language its page is to be shown, whatever it was shown in."""


class SwitchedForm(NamedTuple):
    """A form whose content goes along to the other language: its id, and where what the page shows is asked for."""

    id: str
    address: str


def spoken_next(pairs: list[KeyValue]) -> list[KeyValue]:
    """What a form asks, in the language to which its page is switched, if it is."""
    wishes = [(LANGUAGE.name, value) for name, value in pairs if name == SWITCHED]
    left = (SWITCHED, LANGUAGE.name) if wishes else ()
    return [*(pair for pair in pairs if pair[0] not in left), *wishes]


def other_language(language: str) -> str:
    """The language to which a page in this one can be switched."""
    return next(one for one in LANGUAGES if one != language)


def switched(name: str, query: Query, language: str) -> str:
    """Where the page is in this language: of what came of files that were sent, the part of it that is."""
    if query.is_posted:
        return f"#{_place_in(language)}"
    return address_of(name, [*others_than(query, "language"), ("language", language)])


def in_other_language(parts: Iterable[Markup], language: str) -> Markup:
    """What came of files that were sent, told in the other language and folded away: the switch leads to it, since
    files do not come along to another address.
    """
    other = other_language(language)
    return Markup('<details lang="{0}"><summary>{1}</summary><div id="{2}">{3}</div></details>').format(
        other, phrase("page_other_language", language), _place_in(other), Markup("").join(parts)
    )


def _place_in(language: str) -> str:
    """The id of the part of a page that is told in this language, where the rest is in the other."""
    return f"in-{language}"
