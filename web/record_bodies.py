"""The content of the pages of a ledger: records to search, one record, how often what was advised, and the impact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Any, get_args

from markupsafe import Markup

from whytune import WhytuneError
from whytune.engine.language.problems import visible
from whytune.engine.ledger.one_proof import RecordProof
from whytune.engine.ledger.verification import Verification
from whytune.engine.words.catalogue import phrase
from whytune.kept import AsProven, ListedRecords, askable
from whytune.prose.document import Block, Command, Document, Grid, Heading, Illustration, Paragraph, Title
from whytune.prose.ledger_verdict import signing, verdict
from whytune.prose.one_proof import one_proof
from whytune.prose.page import elements
from whytune.prose.shell import LEDGER
from whytune.shown import Telling

from . import fields
from .addresses import KeyValue, address_of, language_of_page, of_record, others_than
from .answering import ways_of
from .asking import OF_RECORD, Query
from .bodies import Body, asks_nothing, linked, links, listed, telling
from .fields import NOTHING
from .further import to_ask
from .mistakes import notices
from .revealing import is_mendable, revealing
from .sent_ledger import OF_SERVICE, is_about_a_ledger, is_ledger_sent, name_of_sent
from .switched import in_other_language, other_language

_CHOOSING = get_args(fields.Chosen)


def _records(name: str, query: Query) -> Body:
    """The records, each a link, below a form that chooses among them; or one record."""
    if query.text("name"):
        return _record(name, query)
    language, answer = language_of_page(query), telling(name, query)
    records: list[dict[str, Any]] = answer.to_dict()
    document = answer.document("normal")
    grid = next((place for place, block in enumerate(document.headed) if isinstance(block, Grid)), 0)
    above, below = document.headed[:grid], document.headed[grid:]
    table = _led(elements(below), (record["id"] for record in records if "fault" not in record), language)
    more = _with_all(language, *_to_verify(answer, language))
    has_more = isinstance(answer, ListedRecords) and answer.page.has_more
    parts = [*elements(above), choosing(query, language), *table, _paging(query, has_more, language), more]
    return document.title, parts


def _record(name: str, query: Query) -> Body:
    """One record as a report, and what can be done with it."""
    language, answer = language_of_page(query), telling(name, query)
    document, about = answer.document("full"), [("language", language), ("name", query.needed("name"))]
    more = [
        (address_of("verify", about), phrase("page_verify_one", language)),
        (address_of("verify", [("language", language)]), phrase("page_verify_all", language)),
        (address_of("export.jsonl", about), phrase("page_export_one", language)),
        (address_of("replay", about), phrase("page_replay_one", language)),
    ]
    blocks = document.headed
    body, first = (next(_places_of(kind, blocks)) for kind in (Heading, Command))
    parts = blocks[:body], blocks[body:first], blocks[first:]
    head, report, commands = (linked(part, query, language) for part in parts)
    return document.title, [*head, *_asking(query, language), *report, listed(more), *commands]


def _places_of(kind: type[Heading] | type[Command], blocks: Iterable[Block]) -> Iterator[int]:
    return (place for place, block in enumerate(blocks) if isinstance(block, kind))


def _asking(query: Query, language: str) -> Iterator[Markup]:
    """Where more is asked of a record; or why it cannot be asked."""
    title = phrase("page_ask_record", language)
    try:
        named = {"language": (language,), OF_RECORD.name: query.all("name")}
        case = replace(query, values=named).case()
    except WhytuneError as error:
        yield from elements([Heading(title)])
        yield from notices(error, language)
        if is_mendable(error):
            yield revealing("advise", query.needed("name"), query)
    else:
        about = [("language", language), *of_record(case)]
        again = address_of("advise", about), phrase("page_record_again", language)
        changed = address_of("what-if", about), phrase("page_what_if", language)
        yield links(title, [again, *to_ask(case, about), changed])


def _led(parts: Iterable[Markup], names: Iterable[str], language: str) -> Iterator[Markup]:
    """The parts, with every row that begins with a record linked to its page."""
    heads = {name: address_of("records", [("language", language), ("name", name)]) for name in names}
    row = Markup('<th scope="row">{}</th>')
    for part in parts:
        for name, address in heads.items():
            part = part.replace(row.format(name), row.format(Markup('<a href="{}">{}</a>').format(address, name)))
        yield part


def _to_verify(answer: Telling, language: str) -> Iterator[KeyValue]:
    """Where the whole ledger is verified, if a fault was met in it."""
    if isinstance(answer, ListedRecords | AsProven) and answer.wrong:
        yield address_of("verify", [("language", language)]), phrase("page_verify_all", language)


def _paging(query: Query, has_more: bool, language: str) -> Markup:
    """Links to newer and older records, if there are any."""
    number = query.number("page", 1)
    about = others_than(query, "page")
    pages: list[KeyValue] = []
    if number > 1:
        pages.append((address_of("records", [*about, ("page", str(number - 1))]), phrase("page_newer", language)))
    if has_more:
        pages.append((address_of("records", [*about, ("page", str(number + 1))]), phrase("page_older", language)))
    made = (Markup('<a href="{}">{}</a>').format(*pair) for pair in pages)
    return Markup('<p class="paging">{}</p>').format(Markup(" ").join(made)) if pages else NOTHING


def _with_all(language: str, *others: KeyValue) -> Markup:
    about = [("language", language)]
    more = [
        *others,
        (address_of("replay", about), phrase("page_replay_all", language)),
        (address_of("export.jsonl", about), phrase("page_export_all", language)),
    ]
    return links(phrase("page_with_all", language), more)


def _verify(name: str, query: Query) -> Body:
    """Whether everything is as it was written, a form for checkpoints, and what else can be done with the ledger."""
    language, form = language_of_page(query), asking_for_checkpoints(query, language_of_page(query))
    if query.text("name"):
        return _verify_one(name, query, form)
    has_ledger = query.library.ledger is not None
    if not (has_ledger or query.is_posted):
        title = phrase("page_verify_sent", language)
        return title, [*elements([Title(title)]), form]
    answer: Any = telling(name, query)
    document = answer.document("normal")
    aside = _own(answer.value, language)
    others = [_in_other(answer.value, query, language)] if query.is_posted else []
    is_askable = is_ledger_sent(query) and answer.value.fault is None
    others += linked(_asking_sent(language), query, language) if is_askable else []
    all_ = [*elements([signing(language)]), _with_all(language)] if has_ledger and not query.sent("ledger") else []
    return document.title, [*elements(document.headed), *aside, *others, form, *all_]


def _verify_one(name: str, query: Query, form: Markup) -> Body:
    """Whether one record is as it was written, and what else can be done with it, below the form for checkpoints."""
    language, answer = language_of_page(query), telling(name, query)
    document = answer.document("normal")
    proof: Any = answer
    other = other_language(language)
    is_ledger = is_about_a_ledger(query)
    again = one_proof(proof.value, other, is_ledger).headed
    aside = [in_other_language(elements(again), language)] if query.is_posted else []
    whole = address_of("verify", [("language", language)]), phrase("page_verify_all", language)
    here = [] if query.sent("ledger") else [to_record(query.needed("name"), language), listed([whole])]
    is_kept_out = isinstance(proof.value, RecordProof) and proof.value.replayed.kept_out
    here += [revealing(name, query.needed("name"), query)] if is_kept_out and here else []
    return document.title, [*elements(document.headed), *aside, *here, form]


def _own(verification: Verification, language: str) -> Iterator[Markup]:
    """A link to the record of the service that stands beside the one at the fault, if there is one."""
    if verification.twins:
        yield to_record(verification.twins.own.id, language)


def to_record(identity: str, language: str) -> Markup:
    """A link to the page of a record."""
    address = address_of("records", [("language", language), ("name", identity)])
    return listed([(address, phrase("record_head", language, id=visible(identity)))])


def _asking_sent(language: str) -> Iterator[Block]:
    """How a record is asked of a ledger that was handed over, of which the service keeps nothing."""
    yield Paragraph(phrase("page_ask_sent", language))
    yield Command(("whytune", "why-not", "OPTION", "--of-record", "ID", "--ledger", LEDGER))


def _in_other(verification: Verification, query: Query, language: str) -> Markup:
    """The verdict in the other language, since the files of a form do not come along when a reader changes it."""
    other = other_language(language)
    name = name_of_sent(query)
    blocks = verdict(verification, other, is_about_a_ledger(query), sent=name, ledgers=(name, OF_SERVICE)).blocks
    return in_other_language([*elements(blocks), *_own(verification, other)], language)


def _stats(name: str, query: Query) -> Body:
    """How often what was advised, as bars, and the ways that the records took, below a form that chooses among them."""
    language, answer = language_of_page(query), telling(name, query)
    document, form = answer.document("normal"), choosing(query, language)
    above = takewhile(lambda block: not isinstance(block, Heading), document.blocks)
    bars = Markup('<div class="charts">{}</div>').format(Markup("").join(_charts(document)))
    picture = ways_of(query)
    ways: list[Block] = [Heading(phrase("page_ways", language)), Illustration(picture, "")] if picture else []
    return document.title, [*elements(above), *_proof(answer, language), form, bars, *elements(ways)]


def _proof(answer: Telling, language: str) -> Iterator[Markup]:
    """A link to the proof of a ledger in which a fault was met."""
    yield listed(_to_verify(answer, language))


def _charts(document: Document) -> Iterator[Markup]:
    """Each chart of a document with the heading above it."""
    for heading, chart in pairwise(document.blocks):
        if isinstance(chart, Illustration):
            yield Markup("<section>{}</section>").format(Markup("").join(elements([heading, chart])))


def _impact(name: str, query: Query) -> Body:
    """What another rulebook would have advised, above a form that asks for that rulebook."""
    language = language_of_page(query)
    form = asking_for_impact(query, language)
    title = phrase("page_impact_title", language)
    if asks_nothing(name, query):
        return title, [*elements([Title(title)]), form]
    answer: Any = telling(name, query)
    document = answer.document("normal")
    parts = to_records(elements(document.headed), answer.value.ids, language)
    return document.title, [*parts, *_proof(answer, language), form]


def to_records(parts: Iterable[Markup], records: Iterable[str], language: str) -> Iterator[Markup]:
    """The parts, with each of these ids of records linked to its page."""
    ids = "|".join(records)
    named = re.compile(rf"(?<![\w-])({ids})(?![\w-])")

    def link(name: re.Match[str]) -> str:
        address = address_of("records", [("language", language), ("name", name[1])])
        return str(Markup('<a href="{}">{}</a>').format(address, name[1]))

    yield from (Markup(named.sub(link, part)) if ids else part for part in parts)


def _replay(name: str, query: Query) -> Body:
    """Whether the same comes out again, and where the ledger is verified if not all could be read."""
    answer: Any = telling(name, query)
    document, language = answer.document("normal"), answer.document().language
    named = (replayed.record.id for replayed in (*answer.value.different, *answer.value.kept_out))
    return document.title, [*to_records(elements(document.headed), named, language), *_proof(answer, language)]


def asking_for_impact(query: Query, language: str) -> Markup:
    """A form for the rulebook to ask instead, and the records to ask about."""
    which = fields.served("new", phrase("page_impact_new", language), _to_ask(query, language), query)
    return fields.selection(query, language, others_than(query, *_CHOOSING, "new"), which)


def _to_ask(query: Query, language: str) -> list[KeyValue]:
    """The rulebooks that are served, with their labels; last those that none of the newest records can be put to."""
    books, able = query.library.books, None
    with suppress(WhytuneError), query.library.opened() as ledger:  # told where the records are asked for
        able = askable(ledger, {name: book.content for name, book in books.items()})
    if able is None or not able.newest:
        return [(name, name) for name in books]
    key = "page_impact_unable_only" if able.newest == 1 else "page_impact_unable"
    unable = {
        name: phrase(key, language, rulebook=name, count=f"{able.newest:,}") for name in books if name not in able.names
    }
    return sorted(((name, unable.get(name, name)) for name in books), key=lambda pair: pair[0] in unable)


def asking_for_checkpoints(query: Query, language: str) -> Markup:
    """A form that sends checkpoints and the key that verifies them, or a ledger."""
    return fields.proofs(others_than(query), language, is_ledger_needed=query.library.ledger is None)


def choosing(query: Query, language: str) -> Markup:
    """A form that chooses among the records."""
    return fields.selection(query, language, others_than(query, *_CHOOSING, "page"))


def choosing_again(query: Query, language: str) -> Markup:
    """The same where records cannot be shown or counted, and what can be done about all of them."""
    if query.library.ledger is None:
        return choosing(query, language)
    verify = (address_of("verify", [("language", language)]), phrase("page_verify_all", language))
    return choosing(query, language) + _with_all(language, verify)


RECORDS: dict[str, Callable[[str, Query], Body]] = {
    "records": _records,
    "verify": _verify,
    "stats": _stats,
    "impact": _impact,
    "replay": _replay,
}
"""The pages of a ledger that are more than their document, by their names."""
