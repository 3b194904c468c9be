"""Forms that ask for facts, filled with what the rulebook says about each fact and what is already given."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, cast, get_args

from markupsafe import Markup

from whytune.engine.costs.estimate_request import COUNTED, OF_CASES, Quantity
from whytune.engine.costs.offers import Offer, Offers, ToChoose
from whytune.engine.costs.rows import METHODS, Method
from whytune.engine.language.numerals import PLAIN, in_plain_digits
from whytune.engine.language.vocabulary import Fact
from whytune.engine.words.catalogue import Family, phrase
from whytune.engine.words.speaker import Speaker

from . import fact_fields
from .addresses import KeyValue
from .asking import FACTS, Query
from .fact_fields import select
from .routes import NAMED, QUANTITY

YesNo = Literal["yes", "no"]
Chosen = Literal["text", "since", "until", "advice", "rulebook", "rule"]
"""What records are chosen by."""
Sent = Literal["ledger", "checkpoint", "public_key"]
"""The files by which a ledger is proved."""
Side = Literal["old", "new"]
"""The two rulebooks that are compared."""
NOTHING = Markup("")

TOKENS = frozenset(fact for quantity, fact in OF_CASES.items() if "tokens" in quantity)
"""The facts that are numbers of tokens."""

_METHOD = Family[Method]("method")
_YES_NO = Family[YesNo]()
_SENT = Family[Sent]("page_verify")
_SIDE = Family[Side]("page_diff")
_CHOSEN = Family[Chosen]("page_search")


WITH_ANSWER = ("advise", "what-if")
"""The pages that have a form of facts beside their answer, whatever is given."""

ANSWER = "answer"
"""The part of such a page that answers, by its id."""

LIVE = Markup(
    ' hx-get="/{}" hx-trigger="change" hx-target="#answer" hx-select="#answer" hx-swap="outerHTML" '
    'hx-select-oob="#top,#bottom,#news:innerHTML" hx-push-url="true" hx-sync="this:replace"'
)
"""Lets a form show, beside it on the page of this name, what its answers lead to, whenever one of them changes.

Sent by its button, it is a form like any other, and leads to the answer, which may stand far above it.
"""
IN_PLACE = Markup(
    '<div hx-boost="true" hx-target="main" hx-select="main" hx-swap="outerHTML show:window:top" '
    'hx-select-oob="#top,#bottom,#news:innerHTML">{}</div>'
)
"""Lets forms and links replace the page, except what is above and below it."""


def all_facts(
    page: str,
    title: str,
    prefix: str,
    query: Query,
    speaker: Speaker,
    kept: Iterable[KeyValue],
    button: str,
    wrong: Mapping[str, str] = MappingProxyType({}),
) -> Markup:
    """A form of all facts that leads to a page, with this prefix for every parameter; what is `kept` goes along.

    Where the page always has the form beside its answer, only the answer is exchanged; but not where the form says
    what is `wrong` with some facts, which would stay.
    """
    facts = speaker.rulebook.vocabulary.declared
    first = next((fact for fact in facts if fact.fact in TOKENS), None)
    fields = (
        (_tokens_told(speaker.language) if fact is first else NOTHING)
        + fact_fields.filled(fact, prefix, query, speaker, wrong.get(fact.fact, ""))
        for fact in facts
    )
    body = Markup("<h2>{}</h2>").format(title) + Markup("").join(fields)
    is_live = page in WITH_ANSWER and not wrong
    live, working = (LIVE.format(page), speaker.say("page_working")) if is_live else (NOTHING, "")
    place = f"/{page}#{ANSWER}" if page in WITH_ANSWER else f"/{page}"
    return _form(body, kept, button, action=place, more=live, working=working)


def kept_out(
    page: str, names: Collection[str], query: Query, speaker: Speaker, kept: Iterable[KeyValue], button: str
) -> Markup:
    """A form of the facts of these names, kept out of a record, that leads to a page; what is `kept` goes along."""
    facts = speaker.rulebook.vocabulary.declared
    asked = (fact_fields.kept_out(fact, names, FACTS, query, speaker) for fact in facts)
    body = Markup("<h2>{}</h2>").format(phrase("page_reveal", speaker.language)) + Markup("").join(asked)
    return _form(body, kept, button, action=f"/{page}")


def one_fact(
    fact: Fact, speaker: Speaker, kept: Iterable[KeyValue], button: str, given: Collection[str] = (), wrong: str = ""
) -> Markup:
    """A form that asks for one fact, with all possible answers, what is given for it and what is `wrong` with that."""
    about = _tokens_told(speaker.language) if fact.fact in TOKENS else NOTHING
    body = about + fact_fields.asked(fact, FACTS + fact.fact, speaker, given, wrong)
    return _form(body.replace("<input ", Markup("<input autofocus "), 1), kept, button)


def quantities(
    title: str,
    wanted: Iterable[Quantity],
    offered: Offers,
    query: Query,
    language: str,
    kept: Iterable[KeyValue],
    button: str,
) -> Markup:
    """A form of what an estimate takes, filled with what the case gives, with what is required marked.

    What the price list has is `offered` to choose from.
    """
    wanted = list(wanted)
    fields = (_quantity(one, offered.get(one.name, ToChoose(())), query, language) for one in wanted)
    about = _tokens_told(language) if any("tokens" in one.name for one in wanted) else NOTHING
    return _form(Markup("<h2>{}</h2>").format(title) + about + Markup("").join(fields), kept, button)


def _tokens_told(language: str) -> Markup:
    """How many tokens a text has, for fields that ask for them."""
    return Markup('<p class="quiet">{}</p>').format(phrase("tokens_in_words", language))


def _quantity(wanted: Quantity, named: ToChoose, query: Query, language: str) -> Markup:
    name, given = wanted.name, query.all(wanted.name)
    if not given and name in OF_CASES:
        given = tuple(_one_number(query.all(FACTS + OF_CASES[name]), whole=name in COUNTED))
    label = Markup('<label for="{}">{}</label>').format(name, phrase(QUANTITY[name], language))
    names = [(offer.name, _offer(offer, language)) for offer in named.offers] or _choices(wanted, language)
    if names and not named.others_too:
        blank = [] if named.is_led else [("", phrase("page_not_given", language))]
        control = select(name, [*blank, *names], given)
    else:
        control = _typed(wanted, ",".join(given), names, language)
    return Markup('<div class="field">{}{}</div>').format(label, control)


def _one_number(texts: Collection[str], *, whole: bool) -> Iterator[str]:
    """What a case says of a fact in plain digits, if it is one number: no range, and not `unknown`."""
    numbers = [in_plain_digits(text, {}, whole=whole) for text in texts]
    if len(numbers) == 1 and PLAIN.fullmatch(numbers[0]):
        yield numbers[0]


def _typed(wanted: Quantity, given: str, names: Iterable[KeyValue], language: str) -> Markup:
    """A field to type a quantity into, which suggests these names."""
    hint = phrase("page_left_out", language, value=wanted.default) if wanted.default else ""
    required = Markup(" required") if wanted.required else ""
    suggested = Markup("").join(Markup('<option value="{}">{}</option>').format(*pair) for pair in names)
    offered = Markup(' list="{}-names"').format(wanted.name) if suggested else ""
    field = Markup('<input type="text" id="{0}" name="{0}" value="{1}" placeholder="{2}"{3}{4}>').format(
        wanted.name, given, hint, required, offered
    )
    listed = Markup('<datalist id="{}-names">{}</datalist>').format(wanted.name, suggested)
    return field + listed if suggested else field


def _offer(offer: Offer, language: str) -> str:
    """A name that can be chosen, with who offers it and whether not everybody can buy it."""
    more = [offer.provider] if offer.provider else []
    if not offer.is_open:
        more.append(phrase("page_not_for_all", language))
    offer_of = phrase("comma", language).join(more)
    return phrase("within", language, value=offer.name, bounds=offer_of) if offer_of else offer.name


def _choices(wanted: Quantity, language: str) -> list[KeyValue]:
    """The names to choose from for a quantity, if it is one of several names, with their labels."""
    return [(name, _label(name, language)) for name in NAMED.get(wanted.name, ())]


def _label(name: str, language: str) -> str:
    """What one of the names that a quantity may be is called."""
    if name in METHODS:
        return phrase(_METHOD[name], language)
    return phrase(_YES_NO[cast(YesNo, name)], language)


def selection(query: Query, language: str, kept: Iterable[KeyValue], others: Markup = NOTHING) -> Markup:
    """A form that chooses among records by words or, folded away, by days and names; `others` come above."""
    given = {name: query.text(name) or "" for name in get_args(Chosen)}
    words, *more = (_asked(name, text, language) for name, text in given.items())
    is_open = Markup(" open") if any(given[name] for name in get_args(Chosen)[1:]) else ""
    folded = Markup('<details class="narrow"{}><summary>{}</summary><div>{}</div></details>').format(
        is_open, phrase("page_search_more", language), Markup("").join(more)
    )
    return _form(others + words + folded, kept, phrase("page_search", language))


def words(query: Query, speaker: Speaker, kept: Iterable[KeyValue]) -> Markup:
    """A form that looks for a text in rules."""
    field = _text("text", speaker.say("page_search_rules"), query.text("text") or "")
    return _form(field, kept, speaker.say("page_search"))


def purpose(query: Query, language: str, kept: Iterable[KeyValue]) -> Markup:
    """A form that asks what the advice on a page is for."""
    field = _text("purpose", phrase("page_purpose", language), query.text("purpose") or "")
    return _form(field, kept, phrase("page_purpose_show", language))


def served(name: str, label: str, rulebooks: list[KeyValue], query: Query) -> Markup:
    """A field that chooses one of these rulebooks, each with its label."""
    control = select(name, rulebooks, query.all(name))
    return Markup('<div class="field"><label for="{}">{}</label>{}</div>').format(name, label, control)


def labels_of_files(language: str) -> dict[str, str]:
    """What the form of a proof calls each of its files."""
    return {name: phrase(_SENT[name], language) for name in get_args(Sent)}


def proofs(kept: Iterable[KeyValue], language: str, is_ledger_needed: bool) -> Markup:
    """A form that sends a ledger, checkpoints and the key that verifies them to the page that proves a ledger."""
    marks = {"checkpoint": Markup(" multiple"), "ledger": Markup(" required") if is_ledger_needed else NOTHING}
    asked = (
        Markup(
            '<div class="field"><label for="{0}">{1}</label><input type="file" id="{0}" name="{0}"{2}></div>'
        ).format(name, phrase(_SENT[name], language), marks.get(name, NOTHING))
        for name in get_args(Sent)
    )
    return Markup(
        '<form method="post" action="/verify" enctype="multipart/form-data">{}<h2>{}</h2><p>{}</p>{}'
        "<button>{}</button></form>"
    ).format(
        _hidden(kept),
        phrase("page_verify_with", language),
        phrase("page_verify_why", language),
        Markup("").join(asked),
        phrase("page_verify_show", language),
    )


def two_rulebooks(
    query: Query, known: list[KeyValue], likely: tuple[str, str], kept: Iterable[KeyValue], language: str
) -> Markup:
    """A form of the page that compares two rulebooks: the likely ones, others that are known, or what is typed."""
    offered = (Markup('<option value="{}">{}</option>').format(*pair) for pair in known)
    listed = Markup('<datalist id="known">{}</datalist>').format(Markup("").join(offered))
    asked = (
        Markup(
            '<div class="field"><label for="{0}">{1}</label>'
            '<input type="text" id="{0}" name="{0}" value="{2}" list="known" required></div>'
        ).format(name, phrase(_SIDE[name], language), query.text(name) or otherwise)
        for name, otherwise in zip(get_args(Side), likely, strict=True)
    )
    title = Markup("<h2>{}</h2>").format(phrase("page_diff_title", language))
    body = title + Markup("").join(asked) + listed
    return _form(body, kept, phrase("page_diff_show", language), action="/diff")


def _asked(name: Chosen, given: str, language: str) -> Markup:
    return _text(name, phrase(_CHOSEN[name], language), given, "date" if name in ("since", "until") else "text")


def _text(name: str, label: str, given: str, kind: str = "text") -> Markup:
    return Markup(
        '<div class="field"><label for="{0}">{1}</label><input type="{2}" id="{0}" name="{0}" value="{3}"></div>'
    ).format(name, label, kind, given)


def _form(
    body: Markup, kept: Iterable[KeyValue], button: str, action: str = "", more: Markup = NOTHING, working: str = ""
) -> Markup:
    """A form; where scripts run, its button says that it is `working` until the answer is there."""
    busy = Markup(' data-working="{}"').format(working) if working else NOTHING
    place = Markup(' action="{}"').format(action) if action else ""
    return Markup('<form method="get"{}{}>{}{}<button{}>{}</button></form>').format(
        place, more, _hidden(kept), body, busy, button
    )


def _hidden(kept: Iterable[KeyValue]) -> Markup:
    """What a form passes along unseen."""
    return Markup("").join(Markup('<input type="hidden" name="{}" value="{}">').format(*pair) for pair in kept)
