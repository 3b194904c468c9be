"""The routes -> what an assistant may read: a rulebook, a rule, a case, a picture, each at `whytune://RULEBOOK/ROUTE`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlsplit

from whytune.engine.language.problems import Sentence

from ..asking import asking
from ..library import Bookcase
from ..refusal import no_such
from ..routes import ROUTES, Reply, answered

SCHEME = "whytune"


class Readable(NamedTuple):
    """A route that can be read: its name, its parameters as in a template of addresses, and what it is."""

    route: str
    parameters: str
    title: str

    def address(self, rulebook: str) -> str:
        """Its address in a rulebook."""
        return f"{SCHEME}://{rulebook}/{self.route}{self.parameters}"

    @property
    def media(self) -> str:
        return "image/svg+xml" if self.route.endswith(".svg") else "text/markdown"


WHOLE = (
    Readable("rules", "", "The rulebook: its rules, policies and notes"),
    Readable("facts", "", "The facts that a case may give"),
    Readable("codebook", "", "How a description of a task becomes facts"),
)
"""What can be read from every rulebook."""

PARTS = (
    Readable("rules", "{?name}", "A rule, policy or note with its source, by its id"),
    Readable("facts", "{?name}", "A fact with its question, its values and what would prove it"),
    Readable("cases", "{?name}", "A case of the rulebook's own, with what it expects; without a name all of them"),
    Readable("graph.svg", "{?facts*}", "The flowchart, with the way of a task where facts are given: facts.NAME=VALUE"),
)
"""What can be read from a rulebook if a name is given."""


def standing(library: Bookcase) -> Iterator[tuple[str, Readable]]:
    """Every address without a template, with what is there."""
    return ((readable.address(book), readable) for book in library.books for readable in WHOLE)


def read(address: str, library: Bookcase) -> Reply:
    """What is at this address; raises WhytuneError."""
    parts = _split(address)
    route = parts.path.removeprefix("/") if parts else ""
    if not parts or parts.scheme != SCHEME or route not in {readable.route for readable in (*WHOLE, *PARTS)}:
        raise no_such(address, Sentence("the list of resources, and of their templates, has all that is there"))
    pairs = [("rulebook", parts.netloc), *parse_qsl(parts.query, keep_blank_values=True)]
    form = [] if ROUTES[route].draws else [("format", "markdown"), ("level", "full")]
    return answered(route, asking(library, [*pairs, *form]))


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None for what cannot be one, such as `whytune://[guide/rules`."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
