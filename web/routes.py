"""Every question that can be asked over HTTP, with its answer: the same data that `--format json` prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import whytune
from whytune import Case, Rulebook, contents, kept
from whytune.approaches import side_by_side
from whytune.beside import Beside
from whytune.days import latest_day, today_or
from whytune.diagrams.formats import draw
from whytune.diagrams.picture import Picture
from whytune.engine.authoring.schema import case_schema
from whytune.engine.bulk.sql.dialects import DIALECTS
from whytune.engine.costs.comparison import load_comparison
from whytune.engine.language.loading import COMPARISON
from whytune.engine.language.loading.sheet import standing_beside
from whytune.engine.language.problems import Sentence
from whytune.engine.language.vocabulary import YES_NO
from whytune.engine.ledger.selection import Selection
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import language_among
from whytune.prose.document import Listing, document
from whytune.prose.levels import LEVELS, Level
from whytune.questions import form
from whytune.shown import Described, Telling
from whytune.summary import summary as on_one_page

from .asking import AS_OF, CHANGES, DECISION, FACTS, FORMAT, LANGUAGE, LEVEL, RULEBOOK, Parameter, Query

OPTION = Parameter("option", "The option that is not the advice.", required=True)
NAME = Parameter("name", "Only the one of this name.")
PAGE_SIZE = 20


class Endpoint(NamedTuple):
    """A question: what the address may hold, what answers it, and whether it takes long, changes, or writes."""

    name: str
    answer: Callable[[Query], Telling | str]
    wants: tuple[Parameter, ...]
    prefixes: tuple[str, ...] = ()
    takes_long: bool = False
    changes: bool = False
    writes: bool = False

    @property
    def draws(self) -> bool:
        return self.name.endswith(".svg")

    @property
    def is_about_a_case(self) -> bool:
        return FACTS in self.prefixes

    def check(self, asking: Query) -> None:
        """Raises WhytuneError for parameters that this question does not take, or lacks."""
        asking.check(self.wants, self.prefixes)

    @property
    def meaning(self) -> str:
        return " ".join((self.answer.__doc__ or "").split())


class Reply(NamedTuple):
    """What is sent back: a text with its media type, which option it advises, and by which rulebook."""

    text: str
    media: str
    advice: str | None = None
    rulebook: str | None = None


MEDIA = {
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "markdown": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}


def answered(name: str, asking: Query) -> Reply:
    """The answer of the route of this name; raises WhytuneError."""
    route = ROUTES[name]
    route.check(asking)
    format_: Any = asking.text("format") or "json"
    level = level_of(asking)
    telling = route.answer(asking)
    rulebook = identity(asking, route)
    if isinstance(telling, str):
        return Reply(telling, "image/svg+xml", rulebook=rulebook)
    text = telling.write(format_, level=level)
    advice = telling.outcome().outcome if isinstance(telling, whytune.Case) else None
    return Reply(text if text.endswith("\n") else text + "\n", MEDIA[format_], advice, rulebook)


def identity(asking: Query, route: Endpoint) -> str | None:
    """The version and digest of the rulebook that an answer rests on; None of what is about none."""
    if RULEBOOK not in route.wants:
        return None
    book = asking.book().content
    return f"{book.name} {book.version}; sha-256={book.digest}"


def level_of(asking: Query) -> Level:
    """How much is to be told; raises WhytuneError: unknown-value."""
    level: Level = asking.one_of("level", LEVELS)
    return level


# rulebooks


def rulebooks(asking: Query) -> Telling:
    """The rulebooks that are served, the default first."""
    shelf = whytune.rulebooks(asking.text("language"))
    shipped = {volume["name"]: volume for volume in shelf.to_dict()["rulebooks"]}

    def data() -> Any:
        books = ((name, book.content) for name, book in asking.library.books.items())
        own = {"version": "", "title": {}}
        return {
            "rulebooks": [
                {"name": name, **shipped.get(name, own), "version": book.version, "title": dict(book.title)}
                | {"default": name == asking.library.default, "digest": book.digest}
                for name, book in books
            ]
        }

    return Described(data, shelf.document)


def facts(asking: Query) -> Telling:
    """The facts that a case may give, in the order of the questions; or the one called `name`."""
    return contents.facts(asking.text("name"), asking.book().speaker)


def rules(asking: Query) -> Telling:
    """The rules, policies and notes of a rulebook; or the one called `name`, with its source."""
    book = asking.book()
    return contents.rules(asking.text("name"), asking.day(), book.speaker)


def cases(asking: Query) -> Telling:
    """The cases that stand beside a rulebook, with what they expect of it; or the one called `name`."""
    book = asking.book()
    return contents.cases(asking.text("name"), book.place, book.speaker)


def compare(asking: Query) -> Telling:
    """The approaches side by side, in all dimensions or in some."""
    book = asking.book()
    known = load_comparison(standing_beside(book.place, COMPARISON), latest_day(today_or(asking.day())))
    language = language_among(Sentence("the comparison"), known.identity.languages, asking.text("language"))
    return side_by_side(known, asking.all("approach"), asking.all("dimension"), language)


def check(asking: Query) -> Telling:
    """What is wrong with a rulebook that loads, proved over all tasks."""
    checked = asking.book().check()
    return Described(lambda: [finding.to_dict() for finding in checked], checked.document)


def test(asking: Query) -> Telling:
    """How the cases that stand beside a rulebook come out."""
    return asking.book().test()


def explain_check(asking: Query) -> Telling:
    """What a check finds, why it matters, and what to do; of the one called `name`, or a list of all."""
    return contents.checks(asking.text("name"), _spoken(asking))


def schema(asking: Query) -> Telling:
    """The JSON Schema of the case files of a rulebook."""
    book = asking.book()
    title = book.speaker.text(book.content.title)
    made = case_schema(book.content, book.language)
    listing = Listing(json.dumps(made, ensure_ascii=False, indent=1), "json")
    return Described(lambda: made, lambda level: document(title, book.language, (listing,)))


def sql(asking: Query) -> Telling:
    """The SQL statement that answers every row of a table, as exactly as `advise`, where the table lies."""
    book = asking.book()
    statement = book.sql(
        asking.needed("dialect"),
        asking.needed("table"),
        asking.all("column") or None,
        facts=asking.columns("map"),
        assume=asking.one_of("assume", YES_NO) == "yes",
        prefix=asking.text("prefix") or "",
    )
    title = book.speaker.text(book.content.title)
    parts = (Listing(statement, "sql"),)
    return Described(lambda: {"sql": statement}, lambda level: document(title, book.language, parts))


def diff(asking: Query) -> Telling:
    """What becomes of the advice, the reasons and the words of `old` under `new`, over all tasks."""
    old, new = (_other(asking, name) for name in ("old", "new"))
    return old.difference(new)


def _other(asking: Query, name: str) -> Rulebook:
    return asking.library.book(asking.needed(name), asking.day(), asking.text("language"))


# the facts of one task


def advise(asking: Query) -> Telling:
    """The recommendation for a case: advice, status, cautions, what is possible, and the trace that led to it."""
    return asking.case()


def why(asking: Query) -> Telling:
    """What decided the advice, its proof, and what each rival lacked or was ruled out by."""
    return asking.case().why(asking.text("decision"))


def why_not(asking: Query) -> Telling:
    """How the rules for and against an option stand, and what separates the advice from it."""
    return asking.case().why_not(asking.needed("option"), asking.text("decision"))


def what_if(asking: Query) -> Telling:
    """What changes if some facts (`changes`) were otherwise."""
    return asking.case().what_if_given(asking.given(CHANGES))


def flip(asking: Query) -> Telling:
    """The smallest changes of facts that lead to another outcome, or to `to`; each has been run."""
    return asking.case().flips(asking.text("to"), asking.text("decision"))


def reason(asking: Query) -> Telling:
    """A smallest set of facts that alone forces the advice, whatever the others are."""
    return asking.case().reason(asking.text("decision"))


def next_question(asking: Query) -> Telling:
    """The fact to ask next, why, what each answer leads to, and all that a form needs to put the question."""
    case = asking.case()
    question = case.next_question(asking.text("decision"))
    return Described(lambda: form(question.value, case.advisor), question.document)


def cost(asking: Query) -> Telling:
    """What the advice and its nearest rival would cost, as far as the facts say."""
    case = asking.case()
    place = asking.book(case.advisor.as_of).place
    beside = Beside(case.advisor, case.facts, case.recommendation, case.speaker, place)
    addition = beside.costs(None, asking.text("model"), today_or(case.advisor.as_of))
    return Described(lambda: addition.data["costs"], lambda level: case.asked.about_all(addition.blocks))


def summary(asking: Query) -> Telling:
    """A case on one page, for whoever decides: advice, why, the next step, what would change it, costs, the way."""
    case = asking.case()
    return on_one_page(case, asking.book(case.advisor.as_of).place)


def picture(asking: Query) -> str:
    """The flowchart as an SVG file, with the way of the case where facts are given."""
    return draw(flowchart(asking, asking.case()).graph, "svg").decode()


def flowchart(asking: Query, case: Case) -> Picture:
    """The flowchart of the rulebook; with the way of the case where facts are given."""
    decision = asking.text("decision")
    if case.facts.given:
        return case.flowchart(decision)
    return asking.book(case.advisor.as_of).flowchart(decision=decision)


# what was kept


def records(asking: Query) -> Telling:
    """The records of the ledger, the newest first; or the one whose id is `name`."""
    name, language = asking.text("name"), _spoken(asking)
    with asking.library.opened() as ledger:
        if name is not None:
            return kept.one(ledger, name, lambda book: language if language in book.languages else book.languages[0])
        since, until = (str(day) if (day := asking.day(key)) else None for key in ("since", "until"))
        wanted = Selection(since, until, *(asking.text(key) for key in ("advice", "rulebook", "rule", "text")))
        return kept.records(ledger, wanted, asking.number("page", 1), asking.number("size", PAGE_SIZE), language)


def verify(asking: Query) -> Telling:
    """Is every record of the ledger as it was written? Without checkpoints a cut end cannot be noticed."""
    with asking.library.opened() as ledger:
        return kept.verdict_on(ledger, _spoken(asking))


def _spoken(asking: Query) -> str:
    return language_among(Sentence("whytune"), LANGUAGES, asking.text("language"))


_TOLD = (LANGUAGE, FORMAT, LEVEL)
_OF_BOOK = (RULEBOOK, AS_OF, *_TOLD)
_SELECTION = (
    Parameter("since", "From this day on (UTC)."),
    Parameter("until", "Up to this day, included (UTC)."),
    Parameter("advice", "With this outcome: an option, `refer` or `open`."),
    Parameter("rulebook", "By this rulebook: its name, or at least 8 letters of its digest."),
    Parameter("rule", "Decided by this rule or policy."),
    Parameter("text", "With this in who, what for, case or evidence."),
    Parameter("page", "Which page, from 1."),
    Parameter("size", "Records of a page."),
)


def _case(
    name: str, answer: Callable[[Query], Telling | str], *more: Parameter, changes: tuple[str, ...] = ()
) -> Endpoint:
    return Endpoint(name, answer, (*_OF_BOOK, *more), (FACTS, *changes))


_ALL = (
    Endpoint("rulebooks", rulebooks, _TOLD),
    Endpoint("facts", facts, (*_OF_BOOK, NAME)),
    Endpoint("rules", rules, (*_OF_BOOK, NAME)),
    Endpoint("cases", cases, (*_OF_BOOK, NAME)),
    _case("advise", advise),
    _case("why", why, DECISION),
    _case("why-not", why_not, DECISION, OPTION),
    _case("what-if", what_if, changes=(CHANGES,)),
    _case("flip", flip, DECISION, Parameter("to", "The outcome that is wanted; by default any other.")),
    _case("reason", reason, DECISION),
    _case("next", next_question, DECISION),
    _case("graph.svg", picture, DECISION),
    _case("cost", cost, Parameter("model", "The model; by default the price list's reference.")),
    _case("summary", summary),
    Endpoint(
        "compare",
        compare,
        (
            *_OF_BOOK,
            Parameter("approach", "Only this approach.", several=True),
            Parameter("dimension", "Only this row.", several=True),
        ),
    ),
    Endpoint("schema", schema, _OF_BOOK),
    Endpoint(
        "sql",
        sql,
        (
            *_OF_BOOK,
            Parameter("dialect", f"The database: {', '.join(DIALECTS)}.", required=True),
            Parameter("table", "The table of tasks.", required=True),
            Parameter("column", "A column of the table; by default one for each fact.", several=True),
            Parameter("map", "Which fact a column gives: `COLUMN=FACT`.", several=True),
            Parameter("assume", "`no`: nothing is assumed of what a row leaves out."),
            Parameter("prefix", "Stands before the name of each column of answers."),
        ),
    ),
    Endpoint("explain-check", explain_check, (*_TOLD, NAME)),
    Endpoint("check", check, _OF_BOOK, takes_long=True),
    Endpoint("test", test, _OF_BOOK, takes_long=True),
    Endpoint(
        "diff",
        diff,
        (
            AS_OF,
            *_TOLD,
            Parameter("old", "The rulebook before, by its name.", required=True),
            Parameter("new", "The rulebook after, by its name.", required=True),
        ),
        takes_long=True,
    ),
    Endpoint("records", records, (*_TOLD, NAME, *_SELECTION), changes=True),
    Endpoint("verify", verify, _TOLD, takes_long=True, changes=True),
)

ROUTES = {route.name: route for route in _ALL}
"""All of them by name; `changes` are those whose answer another record may change."""
