"""A question -> a page: its body in a frame with links to the other pages, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple, get_args

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.language.problems import visible
from whytune.engine.words.catalogue import Family, phrase
from whytune.prose.document import Notice, Paragraph, Title
from whytune.prose.page import elements, style

from .addresses import KeyValue, address_of, given_of, kept_of, language_of_page, others_than, setting_of
from .asking import AS_OF, FACTS, FROM, LANGUAGE, OF_RECORD, RULEBOOK, Query
from .bodies import BODIES, answer_part, asks_nothing, listed, plain
from .carried import left_out, origin_for, put
from .interview import interview
from .mistakes import notices, wrong
from .places import to_editor, to_rules
from .record_bodies import RECORDS, asking_for_checkpoints, asking_for_impact, choosing_again, to_record
from .routes import ROUTES, Endpoint
from .rule_bodies import RULES, comparison
from .switched import SWITCHED, SwitchedForm, in_other_language, other_language, switched
from .typed import typed

PageName = Literal[
    "advise",
    "next",
    "what_if",
    "compare",
    "cost_tune",
    "rules",
    "facts",
    "check",
    "test",
    "edit",
    "records",
    "stats",
    "impact",
    "verify",
]
"""The pages that every page links to, in this order."""

_PAGE = Family[PageName]("page")
_ROUTE = {re.sub(r"\W", "_", route): route for route in (*ROUTES, "edit")}
_ASKED_AGAIN = {
    "records": choosing_again,
    "stats": choosing_again,
    "impact": asking_for_impact,
    "verify": asking_for_checkpoints,
    "diff": comparison,
}
"""The forms of the other pages that keep what was filled in if it is wrong."""
_OF_LEDGER = ("records", "stats", "impact", "replay", "verify")


_WITH_FORM = ("advise", "next", "what-if")
"""The pages that ask for the facts of a case."""


_API = "api"
"""The page of what programs ask, which is about no rulebook."""

SCRIPT = "htmx-2.0.4.min.js"
"""What exchanges parts of pages in place, where a browser runs scripts."""


EDITOR = "editor-54599632.min.js"
"""What makes an editor of the text field of a file; its name has the beginning of its SHA-256."""


class Frame(NamedTuple):
    """A page: its text, and the problems that it reports if it answers nothing."""

    text: str
    error: WhytuneError | None = None


def page(name: str, query: Query) -> Frame:
    """The page of the route with this name; it reports what is wrong, above the form where that can be corrected."""
    try:
        route = ROUTES[name]
        in_digits = typed(route, query)
        asked = put(route, in_digits)
        route.check(asked, whole=not asks_nothing(name, query))
        about = asked if route.is_about_a_case else in_digits
        title, parts = {**BODIES, "next": interview, **RULES, **RECORDS}.get(name, plain)(name, about)
        is_served = RULEBOOK in route.wants and not query.all(OF_RECORD.name)
        placed = to_rules(to_editor(parts, query), query) if is_served else parts
        return Frame(framed(name, query, title, [*_left_out(route, in_digits), *placed, *_to_form(route, query)]))
    except WhytuneError as error:
        return mistaken(name, query, error)


def mistaken(name: str, query: Query, error: WhytuneError) -> Frame:
    """The page of this name where there is no answer: what is wrong, above the form as it was filled in."""
    language = language_of_page(query)
    title, parts = wrong(name, query, language, error)
    form = [_ASKED_AGAIN[name](query, language)] if name in _ASKED_AGAIN else []
    others = _of_sent_files(name, query, language, error) if query.is_posted else ()
    back = _to_form(ROUTES[name], query) if ROUTES[name].estimates else ()
    return Frame(framed(name, query, title, [*parts, *others, *form, *back]), error)


def _of_sent_files(name: str, query: Query, language: str, error: WhytuneError) -> Iterator[Markup]:
    """That files have to be chosen again, and in the other language what is wrong with them."""
    other = other_language(language)
    again = {spoken: Paragraph(phrase("page_choose_again", spoken)) for spoken in (language, other)}
    yield from elements([again[language]])
    yield in_other_language([*wrong(name, query, other, error)[1], *elements([again[other]])], language)


def _left_out(route: Endpoint, query: Query) -> Iterator[Markup]:
    """What the rulebook does not know of a case that was described for another."""
    if route.is_about_a_case and (text := left_out(query, language_of_page(query))):
        yield from elements([Notice(text)])


def _to_form(route: Endpoint, query: Query) -> Iterator[Markup]:
    """On a page about a case without a form of its facts, a link to that form as it is filled in, or to its record."""
    if query.all(OF_RECORD.name) and route.is_about_a_case:
        yield to_record(query.needed(OF_RECORD.name), language_of_page(query))
        return
    if route.name not in _WITH_FORM and (route.is_about_a_case or route.estimates) and given_of(query, FACTS):
        back = address_of("advise", kept_of(query)), phrase("page_back_to_form", language_of_page(query))
        yield listed([back])


def declined(name: str, query: Query, error: WhytuneError) -> Frame:
    """The page that tells what is wrong in place of the one of this name, or of none."""
    language = language_of_page(query)
    title = phrase("page_wrong", language)
    answer = answer_part([*elements([Title(title)]), *notices(error, language)])  # as beside a form of facts
    return Frame(framed(name, query, title, [answer]), error)


def waiting(name: str, query: Query) -> Frame:
    """The page that stands in place of one whose content is still being worked out."""
    language = language_of_page(query)
    title = phrase("page_at_work", language)
    reason = phrase("page_at_work_until", language, rulebook=visible(query.book().content.name))
    again = Markup('<p><a href="{}">{}</a></p>').format(
        address_of(name, others_than(query)), phrase("page_look_again", language)
    )
    return Frame(framed(name, query, title, [*elements([Title(title), Paragraph(reason)]), again]))


def stylesheet() -> str:
    """The style of pages: that of every document, and that of what only pages of the service have."""
    return style() + _file("pages.css")


def icon() -> str:
    """The icon that a browser shows beside the title: a question and the two ways from it, as SVG."""
    return _file("icon.svg")


def framed(
    name: str,
    query: Query,
    title: str,
    parts: Iterable[Markup],
    scripts: tuple[str, ...] = (),
    form: SwitchedForm | None = None,
) -> str:
    """The text of a page: its parts below the links to the other pages; it runs these scripts, too.

    What was written into the form goes along where a reader switches to the other language.
    """
    spoken, body = language_of_page(query), Markup("\n").join(parts)
    other = other_language(spoken)
    return _frame().render(
        language=spoken,
        scripts=(SCRIPT, *scripts),
        title=_headline(body) or visible(title),
        rulebook=_named(name, query),
        menu=phrase("page_menu", spoken),
        links=list(_links(name, query, spoken)),
        rulebooks=list(_rulebooks(name, query, spoken)),
        rulebooks_label=phrase("page_rulebooks", spoken),
        form=form.id if form else "",
        other={
            "address": form.address if form else switched(name, query, other),
            "name": SWITCHED,
            "language": other,
            "text": phrase("page_other_language", spoken),
        },
        api={"address": address_of(_API, [("language", spoken)]), "text": phrase("page_api", spoken)},
        data={
            "address": address_of(f"{name}.json", others_than(_put(name, query))) if name else "",
            "text": phrase("page_as_data", spoken),
        },
        body=body,
    )


@cache
def _frame() -> Template:
    """What stands around every page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.from_string(_file("frame.html"))


def _put(name: str, query: Query) -> Query:
    """What the page of this name asks; as it stands in the address if that cannot be read."""
    try:
        return put(ROUTES[name], typed(ROUTES[name], query)) if name in ROUTES else query
    except WhytuneError:
        return query


def _headline(body: Markup) -> str:
    """The first headline of a page, such as the advice that it gives; empty if it has none."""
    headline = re.search(r"<h1[^>]*>(.*?)</h1>", body)
    return Markup(headline[1]).striptags() if headline else ""


def _named(here: str, query: Query) -> str:
    """The rulebook that the page is about, by its name, as its title says beside what is told; empty for the others."""
    route = ROUTES.get(here)
    if query.all(OF_RECORD.name):
        return visible(query.needed(OF_RECORD.name))
    is_about_one = here == "edit" or (route is not None and RULEBOOK in route.wants)
    return visible(query.text(RULEBOOK.name) or query.library.default) if is_about_one else ""


def _links(here: str, query: Query, language: str) -> Iterator[dict[str, object]]:
    """The links to other pages; those of a ledger if there is one."""
    is_apart = query.all(OF_RECORD.name)
    for name in get_args(PageName):
        route = _ROUTE[name]
        if route in _OF_LEDGER and route != "verify" and query.library.ledger is None:
            continue
        about = (
            [("language", language)]
            if is_apart or route in _OF_LEDGER
            else (setting_of if route == "edit" else kept_of)(query)
        )
        yield {"address": address_of(route, about), "text": phrase(_PAGE[name], language), "is_here": route == here}


def _rulebooks(here: str, query: Query, language: str) -> Iterator[dict[str, object]]:
    """The rulebooks that are served, if there are several and the page is about one of them."""
    names, route = query.library.books, ROUTES.get(here)
    if len(names) == 1 or here in (*_OF_LEDGER, _API) or query.all(OF_RECORD.name):
        return
    stays = route is not None and RULEBOOK in route.wants and not any(wanted.required for wanted in route.wants)
    asked = query.text(RULEBOOK.name) or query.library.default
    for name in names:
        address = address_of(here if stays else "advise", _asked_instead(name, asked, query, language))
        yield {"address": address, "text": name, "is_here": name == asked}


def _asked_instead(name: str, asked: str, query: Query, language: str) -> list[KeyValue]:
    """The same case and day, put to the rulebook of this name."""
    facts = given_of(query, FACTS)
    origin = origin_for(name, asked, query) if facts else None
    pairs = [(RULEBOOK.name, name), (LANGUAGE.name, language), *((AS_OF.name, day) for day in query.all(AS_OF.name))]
    return [*pairs, *facts, *([(FROM.name, origin)] if origin else [])]


@cache
def _file(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text("utf-8")
