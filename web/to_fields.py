"""What a page calls facts and decisions -> links to the fields in which facts are given, and to reasons."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

from whytune.engine.words.catalogue import phrase
from whytune.prose.document import Paragraph
from whytune.prose.page import elements

from .addresses import address_of, kept_of
from .asking import FACTS, OF_RECORD, Query

CHOOSING = "cost/break-even"
"""The page on which both models of a comparison can be chosen."""
_TAG = re.compile(r"(<[^>]*>)")


def field_of(fact: str, prefix: str = FACTS) -> str:
    """The id of the field in which a fact is given; a value of a list is given in the field of the list."""
    return prefix + fact.partition(".")[0]


def leads_on(paragraph: Paragraph) -> bool:
    """Does the paragraph name what a page leads to?"""
    return bool(paragraph.asks or paragraph.names or paragraph.lead)


def leading_on(paragraph: Paragraph, query: Query) -> Markup:
    """A paragraph that asks for facts, or names what can be chosen, each a link to its field, or tells decisions, each
    a link to its reasons; facts of a record are not given.
    """
    (part,) = elements([paragraph])
    kept = kept_of(query)
    links = {label: _link(address_of("why", [*kept, ("decision", name)]), label) for name, label in paragraph.lead}
    if query.all(OF_RECORD.name):
        return _replaced(part, links)
    facts, estimate = (address_of(page, kept) for page in ("advise", CHOOSING))
    links |= {label: _link(f"{facts}#{field_of(fact)}", label) for fact, label in paragraph.asks}
    links |= {label: _link(f"{estimate}#{quantity}", label) for quantity, label in paragraph.names}
    return _replaced(part, links)


def to_mend(part: Markup, fields: Mapping[str, str], language: str) -> Markup:
    """What is wrong, with a link in place of each of these labels, quoted or where the mistake is, to a field's id."""
    colon, links = phrase("colon", language), {}
    for label, field in fields.items():
        link = _link(f"#{field}", label)
        links[label + colon] = Markup("{}{}").format(link, colon)
        links[phrase("quoted", language, text=label)] = Markup(phrase("quoted", language, text=link))
    return _replaced(part, links)


def _link(address: str, label: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, label)


def _replaced(part: Markup, by_text: Mapping[str, Markup]) -> Markup:
    """The part of a page with another in place of each of these texts, the longest first; tags stay as they are."""
    if not by_text:
        return part
    links = {str(escape(text)): str(link) for text, link in by_text.items()}
    texts = re.compile("|".join(map(re.escape, sorted(links, key=len, reverse=True))))
    pieces = _TAG.split(part)
    pieces[::2] = [texts.sub(lambda text: links[text[0]], piece) for piece in pieces[::2]]
    return Markup("".join(pieces))
