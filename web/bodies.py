"""The content of a page: the document that answers its question, with forms and links that ask more."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from whytune import Case, WhytuneError
from whytune.days import today_or
from whytune.diagrams.flowchart import Link
from whytune.engine.costs.estimators import ESTIMATORS, EstimateKind
from whytune.engine.costs.offers import Offers
from whytune.engine.language.rulebook import Place
from whytune.engine.words.catalogue import Family, phrase
from whytune.estimates import names_offered
from whytune.prose.document import Block, Command, Document, Drawing, Folded, Heading, Illustration, Paragraph, Title
from whytune.prose.page import elements
from whytune.prose.shelf import welcome
from whytune.shown import Telling

from . import fields
from .addresses import KeyValue, address_of, given_of, kept_of, language_of_page, others_than, setting_of
from .answering import pictured
from .asking import CHANGES, ESTIMATE, FACTS, OF_RECORD, Query
from .carried import as_described, without_field
from .further import to_ask, to_try
from .opening import shelf
from .places import editing
from .routes import ESTIMATES, ROUTES
from .to_fields import leading_on, leads_on

ASKING_FIRST = ("impact", "diff")
"""The pages that are a form if nothing is asked yet, besides those of estimates."""

MOST_DRAWN = 64
"""Pictures that are kept."""

_KIND = Family[EstimateKind]("page_estimate")
_COMMAND = re.compile(f"<code>whytune cost ({'|'.join(ESTIMATES)})</code>")
"""A command that makes an estimate, in a text for readers of a terminal, too."""

Body = tuple[str, Iterable[Markup]]
"""The title of a page, and its parts."""


def plain(name: str, query: Query) -> Body:
    """The document as it is."""
    document = telling(name, query).document("normal")
    return document.title, linked(document.headed, query, document.language)


def telling(name: str, query: Query) -> Telling:
    answer = ROUTES[name].answer(query)
    assert not isinstance(answer, str), "a picture has no page"
    return answer


@lru_cache(MOST_DRAWN)
def drawn(drawing: Drawing) -> Markup:
    """A picture as a page shows it, kept for whoever asks for the same next."""
    return Markup("").join(elements([Illustration(drawing, "")]))


def leading(query: Query) -> Link:
    """Where the boxes of a picture lead: to a rule, a table or a fact, and to what decides another decision."""

    kept = kept_of(query)

    @cache
    def address(place: Place) -> str | None:
        kind, name = place[:2]
        if kind == "decision":
            return address_of("why", [*kept, ("decision", name)])
        if query.all(OF_RECORD.name):  # its rules are not served
            return None
        return address_of("facts" if kind == "fact" else "rules", [*kept, ("name", name)])

    return address


def linked(blocks: Iterable[Block], query: Query, language: str, trying: str = "") -> Iterator[Markup]:
    """The blocks, with a link in place of a command that advises on a case, called `trying` if that says more, and
    other commands folded away.
    """
    label = trying or phrase("page_try_case", language)
    for kind, together in groupby(blocks, key=_reader_of):
        if kind == "page":
            yield from elements(together)
        elif kind == "terminal":
            yield from elements([Folded(phrase("at_terminal", language), tuple(together))])
        elif kind == "leads":
            yield from (leading_on(block, query) for block in together if isinstance(block, Paragraph))
        else:
            yield from (_trying(block, query, label) for block in together if isinstance(block, Command))


def _reader_of(block: Block) -> Literal["page", "leads", "terminal", "case"]:
    """Is the block for every reader of a page, does it name what a page leads to, is it for one at a terminal, or
    about a case that the page can ask about?
    """
    if not isinstance(block, Command):
        return "leads" if isinstance(block, Paragraph) and leads_on(block) else "page"
    return "case" if block.asks else "terminal"


def _trying(command: Command, query: Query, label: str) -> Markup:
    """A link to the page that advises on the case of a command."""
    about = [*setting_of(query), *((FACTS + fact, value) for fact, value in command.asks)]
    return Markup('<p class="try"><a href="{}">{}</a></p>').format(address_of("advise", about), label)


def unfolded(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with pictures unfolded so that they can be seen at once."""
    for block in blocks:
        match block:
            case Folded(title, (Illustration() as picture,)):
                yield from (Heading(title, 2), picture)
            case _:
                yield block


def links(title: str, pairs: Iterable[KeyValue]) -> Markup:
    """A list of links below its title; nothing if there are none."""
    items = listed(pairs)
    return Markup('<section class="links"><h2>{}</h2>{}</section>').format(title, items) if items else items


def listed(pairs: Iterable[KeyValue]) -> Markup:
    """A list of links; nothing if there are none."""
    items = Markup("").join(Markup('<li><a href="{}">{}</a></li>').format(*pair) for pair in pairs)
    return Markup('<ul class="links">{}</ul>').format(items) if items else Markup("")


# about a case


def advise(name: str, query: Query, more: Iterable[Block] = ()) -> Body:
    """All facts as a form; beside it what whytune is or, if some are given, the answer and where to go from there.

    Below the answer stands what `more` there is to tell.
    """
    case = query.case()
    if case.replayed:
        return _recorded(case, query)
    described = as_described(query)
    form = _form("advise", described, case, FACTS, [*setting_of(query), *without_field(described)])
    if not given_of(query, FACTS):
        title = case.speaker.text(case.advisor.rulebook.title)
        opening = elements([Title(title), welcome(case.language), *possible(case)])
        return title, [beside([*opening, *shelf(query, case.language)], form)]
    document = case.document()
    picture = drawn(pictured(query, case, leading(query)))
    blocks = linked((*document.headed, *more), query, case.language)
    return document.title, [beside([*blocks, *_further(case, query), picture], form)]


def _recorded(case: Case, query: Query) -> Body:
    """The answer to the case of a record, and where to go from there."""
    document = case.document()
    picture = drawn(pictured(query, case, leading(query)))
    return document.title, [*linked(document.headed, query, case.language), *_further(case, query), picture]


def beside(answer: Iterable[Markup], form: Markup) -> Markup:
    """An answer, and the form that asks for it, which exchanges the answer where scripts run."""
    return Markup('<div class="beside">{}{}</div>').format(answer_part(answer), form)


def answer_part(parts: Iterable[Markup]) -> Markup:
    """The part of a page that answers, to which a form of facts leads."""
    return Markup('<div id="{}" tabindex="-1">{}</div>').format(fields.ANSWER, Markup("\n").join(parts))


def _form(name: str, query: Query, case: Case, prefix: str, kept: Iterable[KeyValue]) -> Markup:
    speaker = case.speaker
    title = speaker.say("page_changes" if prefix == CHANGES else "page_all_facts")
    return fields.all_facts(name, title, prefix, query, speaker, kept, speaker.say("page_show"))


def _further(case: Case, query: Query) -> Iterator[Markup]:
    """Links that try each change that leads elsewhere, and that ask more about the advice."""
    about = kept_of(query)
    yield links(case.speaker.say("page_try"), to_try(case, about))
    yield links(case.speaker.say("page_more"), to_ask(case, about))


def possible(case: Case) -> Iterator[Paragraph]:
    """What can still come out, as far as what is assumed holds, and what else can."""
    speaker, outcome = case.speaker, case.outcome()
    yield Paragraph(
        speaker.pair(speaker.say("possible"), speaker.outcomes(case.decision(), outcome.possible_as_assumed))
    )
    if otherwise := outcome.possible_otherwise:
        yield Paragraph(speaker.pair(speaker.say("also_possible"), speaker.outcomes(case.decision(), otherwise)))


def _what_if(name: str, query: Query) -> Body:
    """What changes, both answers side by side, and a form for other changes."""
    case = query.case()
    form = _form(name, query, case, CHANGES, kept_of(query))
    if not given_of(query, CHANGES):
        title = case.speaker.say("page_what_if")
        return title, [beside(elements([Title(title)]), form)]
    changed = case.overlaid(query.given(CHANGES))
    answers = (Markup("").join(elements(one.document().headed)) for one in (case, changed))
    columns = Markup("").join(Markup("<div>{}</div>").format(answer) for answer in answers)
    both = Markup('<div class="two">{}</div>').format(columns)
    document = telling(name, query).document()
    return document.title, [beside([*elements(document.headed), both], form)]


def _summary(name: str, query: Query) -> Body:
    """The one page for printing, a picture beside its text; below it, what does not print: a form for its title."""
    document, language = telling(name, query).document(), language_of_page(query)
    beside = [block for block in document.blocks if isinstance(block, Illustration)]
    text = [block for block in document.blocks if not isinstance(block, Illustration)]
    columns = (Markup("").join(linked(blocks, query, language)) for blocks in (text, beside))
    sheet = Markup('<div class="sheet{}"><div>{}</div>{}</div>').format(" drawn" if beside else "", *columns)
    return document.title, [sheet, fields.purpose(query, language, [*others_than(query, "purpose"), *query.along])]


# what something costs


def asks_nothing(name: str, query: Query) -> bool:
    """Is it a page that asks first, and is nothing that it asks for given?"""
    route = ROUTES[name]
    if route.estimates:
        return not any(query.all(quantity.name) for quantity in ESTIMATORS[route.estimates].takes)
    return name in ASKING_FIRST and not any(query.all(wanted.name) for wanted in route.wants if wanted.required)


def _estimate(name: str, query: Query) -> Body:
    """An estimate above the form of its quantities; or the form alone."""
    form, language = request(name, query), language_of_page(query)
    if asks_nothing(name, query):
        title = phrase("page_cost_tune", language)
        return title, [*elements([Title(title)]), form]
    document = telling(name, query).document()
    return document.title, [*linked(document.headed, query, language), listed(_to_print(name, query)), form]


def _to_print(name: str, query: Query) -> list[KeyValue]:
    """Where the advice for the case, if there is one, can be printed with the estimate as it was asked for."""
    kind = ROUTES[name].estimates
    if kind is None or not given_of(query, FACTS):
        return []
    takes = [wanted.name for wanted in ESTIMATORS[kind].takes]
    chosen = [(ESTIMATE + key, text) for key in takes for text in query.all(key)]
    about = [*kept_of(query), (f"{ESTIMATE}of", kind), *chosen]
    return [(address_of("summary", about), phrase("page_print_estimate", language_of_page(query)))]


def _cost(name: str, query: Query) -> Body:
    """What the advice costs, with links to the estimates in which models and numbers can be chosen."""
    title, parts = plain(name, query)
    language = language_of_page(query)
    return title, [*parts, links(phrase("page_costs_chosen", language), _kinds(query, language))]


def _kinds(query: Query, language: str) -> list[KeyValue]:
    """The kinds of estimates, each a link that takes the case along."""
    return [(address_of(f"cost/{kind}", kept_of(query)), phrase(_KIND[kind], language)) for kind in ESTIMATES]


def request(name: str, query: Query) -> Markup:
    """The kinds of estimates, each a link, and the form of the one asked for; nothing on other pages."""
    asked, language, kept = ROUTES[name].estimates, language_of_page(query), kept_of(query)
    if asked is None:
        return Markup("")
    title, button = phrase(_KIND[asked], language), phrase("page_estimate_show", language)
    form = fields.quantities(title, ESTIMATORS[asked].takes, _offered(asked, query), query, language, kept, button)
    return links(phrase("page_costs_of", language), _kinds(query, language)) + form


def _offered(kind: EstimateKind, query: Query) -> Offers:
    """What the prices have to choose from; nothing where they or the rulebook have mistakes, told elsewhere."""
    try:
        book = query.book()
        return names_offered(kind, book.place, today_or(book.day))
    except WhytuneError:
        return {}


# about a rulebook


def _compare(name: str, query: Query) -> Body:
    """The approaches side by side, with a link to each estimate that a remark names by its command."""
    title, parts = plain(name, query)
    return title, [Markup(_COMMAND.sub(lambda command: _estimating(command[1], query), part)) for part in parts]


def _estimating(kind: str, query: Query) -> str:
    language = language_of_page(query)
    label = next(phrase(_KIND[one], language) for one in ESTIMATES if one == kind)
    link = Markup('<a href="{}">{}</a>').format(address_of(f"cost/{kind}", kept_of(query)), label)
    return phrase("quoted", language, text=link)


def _facts(name: str, query: Query) -> Body:
    """The facts, each a link; or one of them."""
    speaker = query.book().speaker
    if fact := query.text("name"):
        document = telling(name, query).document("normal")
        more = links(speaker.say("page_fact_more"), editing(("fact", fact), query))
        return document.title, [*_bounded(fact, document, query), more]
    title, parts = plain(name, query)
    facts = [(address_of(name, [*kept_of(query), ("name", fact)]), speaker.fact(fact)) for fact in query.book().facts]
    return title, [*parts, links(speaker.say("page_listed"), facts)]


def _bounded(fact: str, document: Document, query: Query) -> Iterator[Markup]:
    """A fact, and after the rows of each band a link to the line where it is cut."""
    bands = iter(query.book().content.vocabulary.by_name[fact].bands)
    starts = [place for place, block in enumerate(document.headed) if isinstance(block, Heading)]
    for begin, end in pairwise([0, *starts, len(document.headed)]):
        yield from elements(document.headed[begin:end])
        band = next(bands, None) if begin in starts else None
        yield listed(editing(("fact", fact, "bands", band.band, "cut_at"), query) if band else ())


BODIES: dict[str, Callable[[str, Query], Body]] = {
    "advise": advise,
    "what-if": _what_if,
    "summary": _summary,
    "cost": _cost,
    **{f"cost/{kind}": _estimate for kind in ESTIMATES},
    "compare": _compare,
    "facts": _facts,
}
"""The pages that are more than their document, by their names."""
