"""Every question that can be asked over HTTP, with its answer: the same data that `--format json` prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, get_args

import whytune
from whytune.engine.bulk.sql.dialects import DIALECTS
from whytune.engine.costs.estimate_request import QuantityName
from whytune.engine.costs.estimators import ESTIMATORS, EstimateKind
from whytune.engine.costs.rows import METHODS
from whytune.engine.language.vocabulary import YES_NO
from whytune.engine.words.catalogue import LANGUAGES, Family, phrase
from whytune.pictures import View
from whytune.prose.levels import LEVELS, Level
from whytune.shown import Telling

from . import answering
from .asking import (
    AS_OF,
    CHANGES,
    DECISION,
    ESTIMATE,
    EVIDENCE,
    FACTS,
    FORMAT,
    LANGUAGE,
    LEVEL,
    OF_COLUMNS,
    OF_RECORD,
    RULEBOOK,
    Parameter,
    Query,
)
from .just_recorded import Recorded
from .sent_checkpoints import CHECKPOINT, PUBLIC_KEY
from .sent_ledger import LEDGER
from .written_answers import WrittenAnswers, as_json

OPTION = Parameter("option", "The option that is not the advice.", required=True, form="served")
VIEW = Parameter("view", "What is drawn; by default the first.", values=get_args(View))
EXPAND = Parameter(
    "expand",
    "`yes`: asks for the facts behind other decisions, not for what those come out as.",
    values=answering.NO_YES,
)
MODEL = Parameter("model", "The model; by default the price list's reference.")
NAME = Parameter("name", "Only the one of this name.")
RULE = Parameter("rule", "Only what is about this rule.")
COVERAGE = Parameter("coverage", "`yes`: also what the cases reach.", values=answering.NO_YES)
BY = Parameter("by", "Who gave the facts.")
PURPOSE = Parameter("purpose", "What the advice is for.")


QUANTITY = Family[QuantityName]("quantity")
NAMED: Mapping[QuantityName, tuple[str, ...]] = {"method": METHODS, "self_hosted": YES_NO}
"""The quantities that are one of several names."""
ESTIMATES: Mapping[EstimateKind, Callable[[Query], Telling]] = {
    "tune": answering.cost_tune,
    "gpu": answering.cost_gpu,
    "serve": answering.cost_serve,
    "break-even": answering.cost_break_even,
}


Topic = Literal["case", "costs", "rulebook", "two_rulebooks", "tables", "files", "ledger", "whytune"]
"""What a question is about."""


class Endpoint(NamedTuple):
    """A question: the parameters of its address, what answers it, and whether it takes long, changes, or writes.

    Its `files` may come along as those of a form.
    """

    name: str
    answer: Callable[[Query], Telling | str]
    wants: tuple[Parameter, ...]
    prefixes: tuple[str, ...] = ()
    takes_long: bool = False
    changes: bool = False
    writes: bool = False
    subject: Topic = "rulebook"
    files: tuple[Parameter, ...] = ()

    @property
    def draws(self) -> bool:
        return self.name.endswith(".svg")

    @property
    def estimates(self) -> EstimateKind | None:
        """The kind of estimate that it makes apart from any case, if it does."""
        return next((kind for kind, answer in ESTIMATES.items() if answer is self.answer), None)

    @property
    def is_about_a_case(self) -> bool:
        """Does it take the facts of a case, not only those that a record keeps out?"""
        return FACTS in self.prefixes and RULEBOOK in self.wants

    def check(self, asking: Query, *, whole: bool = True) -> None:
        """Raises WhytuneError for parameters that this question does not take or, if it has to be `whole`, lacks."""
        wanted = (want._replace(required=want.required and whole) for want in self.wants)
        asking.check(wanted, self.prefixes, self.files)

    @property
    def meaning(self) -> str:
        return " ".join((self.answer.__doc__ or "").split())


_ANSWERS = WrittenAnswers()


class Reply(NamedTuple):
    """What is sent back: a text with its media type, the option that it advises, the rulebook that does, and what is
    wrong with what was asked about.
    """

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
    """The answer of the route with this name; raises WhytuneError."""
    route = ROUTES[name]
    route.check(asking)
    format_: Any = asking.text("format") or "json"
    level = level_of(asking)
    telling = route.answer(asking)
    rulebook = identity(asking) if RULEBOOK in route.wants else None
    if isinstance(telling, str):
        return Reply(telling, "image/svg+xml", rulebook=rulebook)
    text = _json_of(telling) if format_ == "json" else telling.written(format_, level)
    advice = telling.outcome().outcome if isinstance(telling, whytune.Case) else None
    return Reply(text if text.endswith("\n") else text + "\n", MEDIA[format_], advice, rulebook)


def _json_of(telling: Telling) -> str:
    """The data of what is told, as JSON."""
    match telling:
        case whytune.Case():
            return _ANSWERS.text(telling.recommendation, **telling.asked.origin)
        case Recorded():
            return _ANSWERS.text(telling.case.recommendation, **telling.about)
        case _:
            return as_json(telling.to_dict())


def identity(asking: Query) -> str:
    """The version and digest of the rulebook that an answer rests on."""
    book = asking.book().content
    return f"{book.name} {book.version}; sha-256={book.digest}"


def level_of(asking: Query) -> Level:
    """How much is to be told; raises WhytuneError: unknown-value."""
    level: Level = asking.one_of("level", LEVELS)
    return level


_TOLD = (LANGUAGE, FORMAT, LEVEL)
_OF_BOOK = (RULEBOOK, AS_OF, *_TOLD)
_SELECTION = (
    Parameter("since", "From this day on (UTC).", form="day"),
    Parameter("until", "Up to this day, included (UTC).", form="day"),
    Parameter("advice", "With this outcome: an option, `refer` or `open`."),
    Parameter("rulebook", "By this rulebook: its name, or at least 8 letters of its digest."),
    Parameter("rule", "Decided by this rule or policy."),
    Parameter("text", "With these words in who, what for, case or evidence."),
)
_PAGING = (
    Parameter("page", "Which page, from 1.", form="count"),
    Parameter("size", "How many records a page has.", form="count"),
)


def _case(
    name: str,
    answer: Callable[[Query], Telling | str],
    *more: Parameter,
    others: tuple[str, ...] = (),
    changes: bool = False,
) -> Endpoint:
    return Endpoint(name, answer, (*_OF_BOOK, OF_RECORD, *more), (FACTS, *others), changes=changes, subject="case")


_EXAMPLES: Mapping[QuantityName | tuple[EstimateKind, QuantityName], str] = {
    "model": "qwen3.5-9b",
    ("gpu", "model"): "Llama-3-8B",
    "examples": "1000",
    "tokens": "500",
    "calls": "100000",
    "output_tokens": "200",
    "prompt_tokens": "2000",
    "tuned_prompt_tokens": "300",
}
"""The quantities of an example of an estimate, or of an example of one kind."""


def _quantities(kind: EstimateKind) -> tuple[Parameter, ...]:
    """What an estimate of this kind takes, as parameters of an address."""
    return tuple(
        Parameter(
            wanted.name,
            phrase(QUANTITY[wanted.name], LANGUAGES[0]),
            wanted.required,
            values=NAMED.get(wanted.name, ()),
            example=_EXAMPLES.get((kind, wanted.name), _EXAMPLES.get(wanted.name, "")),
        )
        for wanted in ESTIMATORS[kind].takes
    )


_ESTIMATE = (
    Parameter(
        f"{ESTIMATE}of",
        "An estimate in place of the costs that follow from the facts alone; its quantities stand beside it.",
        values=tuple(ESTIMATORS),
    ),
    *(
        Parameter(ESTIMATE + name, phrase(QUANTITY[name], LANGUAGES[0]), values=NAMED.get(name, ()))
        for name in dict.fromkeys(wanted.name for one in ESTIMATORS.values() for wanted in one.takes)
    ),
)
"""An estimate that goes along with a case, as parameters of an address."""


_ALL = (
    Endpoint("rulebooks", answering.rulebooks, _TOLD, subject="whytune"),
    Endpoint("facts", answering.facts, (*_OF_BOOK, NAME)),
    Endpoint("codebook", answering.codebook, _OF_BOOK),
    Endpoint("rules", answering.rules, (*_OF_BOOK, NAME, Parameter("text", "Only rules in whose words this stands."))),
    Endpoint("cases", answering.cases, (*_OF_BOOK, NAME, RULE), changes=True),
    _case("advise", answering.advise),
    _case("why", answering.why, DECISION),
    _case("why-not", answering.why_not, DECISION, OPTION),
    _case("what-if", answering.what_if, others=(CHANGES,)),
    _case("flip", answering.flip, DECISION, Parameter("to", "The outcome that is wanted; by default any other.")),
    _case("reason", answering.reason, DECISION),
    _case("next", answering.next_question, DECISION),
    _case("graph.svg", answering.picture, DECISION, VIEW, EXPAND),
    _case("cost", answering.cost, MODEL, changes=True),
    *(
        Endpoint(f"cost/{kind}", answer, (*_OF_BOOK, *_quantities(kind)), changes=True, subject="costs")
        for kind, answer in ESTIMATES.items()
    ),
    _case("summary", answering.summary, PURPOSE, *_ESTIMATE, changes=True),
    Endpoint(
        "compare",
        answering.compare,
        (
            *_OF_BOOK,
            Parameter("approach", "Only this approach.", several=True),
            Parameter("dimension", "Only this row.", several=True),
        ),
        changes=True,
    ),
    Endpoint("schema", answering.schema, _OF_BOOK),
    Endpoint(
        "sql",
        answering.sql,
        (
            *_OF_BOOK,
            Parameter("dialect", "The database.", required=True, values=tuple(DIALECTS)),
            Parameter("table", "The table of tasks.", required=True, example="tasks"),
            Parameter("column", "A column of the table; by default one for each fact.", several=True),
            *OF_COLUMNS,
        ),
        subject="tables",
    ),
    Endpoint("explain-check", answering.explain_check, (*_TOLD, NAME), subject="whytune"),
    Endpoint("check", answering.check, (*_OF_BOOK, RULE), takes_long=True, changes=True),
    Endpoint("test", answering.test, (*_OF_BOOK, COVERAGE), takes_long=True, changes=True),
    Endpoint(
        "diff",
        answering.diff,
        (
            AS_OF,
            *_TOLD,
            Parameter(
                "old", "The rulebook before: its name, or git:REVISION of the one of --repo.", True, form="served"
            ),
            Parameter("new", "The rulebook after, likewise.", True, form="served"),
        ),
        takes_long=True,
        changes=True,  # for what a name like HEAD stands for
        subject="two_rulebooks",
    ),
    Endpoint(
        "record",
        answering.record,
        (*_OF_BOOK, BY, PURPOSE),
        (FACTS, EVIDENCE),
        changes=True,
        writes=True,
        subject="ledger",
    ),
    Endpoint("records", answering.records, (*_TOLD, NAME, *_SELECTION, *_PAGING), changes=True, subject="ledger"),
    Endpoint("stats", answering.stats, (*_TOLD, *_SELECTION), changes=True, subject="ledger"),
    Endpoint("stats.svg", answering.stats_picture, (LANGUAGE, DECISION, *_SELECTION), changes=True, subject="ledger"),
    Endpoint(
        "impact",
        answering.impact,
        (AS_OF, *_TOLD, Parameter("new", "The rulebook that is asked, by its name.", True, form="served"), *_SELECTION),
        takes_long=True,
        changes=True,
        subject="ledger",
    ),
    Endpoint("replay", answering.replay, (*_TOLD, NAME), (FACTS,), takes_long=True, changes=True, subject="ledger"),
    Endpoint(
        "verify",
        answering.verify,
        (*_TOLD, NAME),
        (FACTS,),
        takes_long=True,
        changes=True,
        subject="ledger",
        files=(LEDGER, CHECKPOINT, PUBLIC_KEY),
    ),
)

ROUTES = {route.name: route for route in _ALL}
"""All questions by name; `changes` marks those whose answers may change with records, cases or prices."""
