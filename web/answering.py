"""The answers to all questions that can be asked over HTTP: a request -> a document, or a picture."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any, get_args

import whytune
from whytune import Case, Problem, Rulebook, WhytuneError, contents, kept
from whytune.approaches import side_by_side
from whytune.days import latest_day, today_or
from whytune.diagrams.flowchart import Link
from whytune.diagrams.formats import draw
from whytune.diagrams.picture import Picture
from whytune.edits import Edited, difference_to, sound_cases_beside
from whytune.engine.authoring.schema import case_schema
from whytune.engine.costs.comparison import load_comparison
from whytune.engine.costs.estimators import ESTIMATORS, EstimateKind
from whytune.engine.language.casefile import WrittenCase
from whytune.engine.language.loading import COMPARISON
from whytune.engine.language.loading.sheet import standing_beside
from whytune.engine.language.problems import Sentence
from whytune.engine.language.vocabulary import YES_NO
from whytune.engine.ledger.record import Circumstances
from whytune.engine.ledger.selection import Selection
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.catalogue import LANGUAGES
from whytune.engine.words.speaker import language_among, language_or_first
from whytune.pictures import View
from whytune.prose.document import Listing, document
from whytune.questions import form
from whytune.rulebook import whole_speaker
from whytune.shown import Described, Telling
from whytune.verdicts import Checked
from whytune.ways import ways

from .asking import CHANGES, ESTIMATE, FACTS, Query
from .just_recorded import Recorded
from .sent_checkpoints import signed
from .sent_ledger import OF_SERVICE, handed_over, name_of_sent

PAGE_SIZE = 20
NO_YES = tuple(reversed(YES_NO))


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


def codebook(asking: Query) -> Telling:
    """How a description of a task becomes facts, for whoever reads it: a person, or an assistant."""
    book = asking.book()
    return contents.codebook(book.speaker, book.place)


def rules(asking: Query) -> Telling:
    """The rules, policies and notes of a rulebook; or the one called `name`, with its source; or those with a text."""
    book, name = asking.book(), asking.text("name")
    speaker = book.speaker if name is None else whole_speaker(book)
    return contents.rules(name, asking.day(), speaker, text=asking.text("text"))


def cases(asking: Query) -> Telling:
    """The cases beside a rulebook, or those in which `rule` is in force; or all that the one called `name` says."""
    book = asking.book()
    speaker = whole_speaker(book)  # a case may have a day of its own, with the rules of that day
    return contents.cases(asking.text("name"), book.place, speaker, asking.text("rule"), book.asked_day)


def compare(asking: Query) -> Telling:
    """The approaches side by side, in all dimensions or in some."""
    book = asking.book()
    known = load_comparison(standing_beside(book.place, COMPARISON), latest_day(today_or(asking.day())))
    language = language_among(Sentence("the comparison"), known.identity.languages, asking.text("language"))
    return side_by_side(known, asking.all("approach"), asking.all("dimension"), language)


def check(asking: Query) -> Telling:
    """What is wrong with a rulebook that loads, or with one `rule` of it, proved over all tasks."""
    checked = findings(asking)
    return Described(lambda: [finding.to_dict() for finding in checked], checked.document)


def findings(asking: Query) -> Checked:
    """What the checks find of a rulebook, or about one `rule` of it."""
    book, rule = asking.book(), asking.text("rule")
    if rule is not None:
        contents.known_rule(rule, book.content)
    checked = asking.library.examinations.of(book)
    return checked if rule is None else checked.concerning(rule)


def to_examine(asking: Query) -> str | None:
    """What the rulebook is kept as once the checks have looked at it, None if they have.

    Raises WhytuneError for a `rule` that is none of it.
    """
    if (rule := asking.text("rule")) is not None:
        contents.known_rule(rule, asking.book().content)
    return asking.library.examinations.lacks(asking.book())


def examined(asking: Query) -> Checked:
    """What the checks find of the whole rulebook."""
    return asking.book().check()


def keep_examined(asking: Query, name: str, checked: Checked) -> None:
    """Keeps what the checks found for those who ask next, unless an edit or midnight came between."""
    if to_examine(asking) == name:
        asking.library.examinations.keep(name, checked)


def test(asking: Query) -> Telling:
    """How the cases that stand beside a rulebook come out, and, if asked for, what of it they reach."""
    return asking.book().test(coverage=asking.one_of("coverage", NO_YES) == "yes")


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
    return compared(asking)


def compared(asking: Query) -> Edited:
    """The same, with its pictures for whoever wants them."""
    old, new = (_other(asking, name) for name in ("old", "new"))
    own = asking.library.committed_cases(asking.needed("new"))
    return difference_to(
        *(old.content, new.content, new.place, old.day, new.language),
        own=own,
        old_cases=_earlier_cases(asking, old),
        is_kept=own is None,
    )


def _earlier_cases(asking: Query, old: Rulebook) -> Collection[WrittenCase]:
    """The cases of `old`; none of a revision in which some hold mistakes, since the edit may mend these."""
    with suppress(WhytuneError):
        committed = asking.library.committed_cases(asking.needed("old"))
        return sound_cases_beside(old.place) if committed is None else committed
    return ()


def _other(asking: Query, name: str) -> Rulebook:
    return asking.library.named(asking.needed(name), asking.day(), asking.text("language"))


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
    return Described(lambda: form(question, case.advisor), question.document)


def cost(asking: Query) -> Telling:
    """What the advice and its main rival would cost, as far as the facts say."""
    case = asking.case()
    return case.costs(asking.text("model"), as_of=today_or(case.advisor.as_of))


def cost_tune(asking: Query) -> Telling:
    """What fine-tuning a hosted model costs: examples × tokens × epochs, at that day's price."""
    return _estimate(asking, "tune")


def cost_gpu(asking: Query) -> Telling:
    """Hours, cost and memory of fine-tuning on rented GPUs: what a source states, and ranges by formula."""
    return _estimate(asking, "gpu")


def cost_serve(asking: Query) -> Telling:
    """What answering costs a month: with a long prompt, with retrieval, with a tuned model."""
    return _estimate(asking, "serve")


def cost_break_even(asking: Query) -> Telling:
    """After how many calls and months fine-tuning pays back against a long prompt; or that it never does, and why."""
    return _estimate(asking, "break-even")


def _estimate(asking: Query, kind: EstimateKind) -> Telling:
    quantities = {wanted.name: asking.text(wanted.name) for wanted in ESTIMATORS[kind].takes}
    return asking.book().estimate(kind, **quantities)


def summary(asking: Query) -> Telling:
    """A case on one page, for whoever decides: advice, why, what to find out, what would change it, costs, the way."""
    case, title = asking.advised()
    return case.summary(asking.line("purpose") or title, estimate=_along(asking))


def _along(asking: Query) -> Telling | None:
    """The estimate that goes along with a case, if one does; raises WhytuneError."""
    given = [key.removeprefix(ESTIMATE) for key in asking.values if key.startswith(ESTIMATE) and asking.all(key)]
    if not given:
        return None
    quantities = {name: asking.text(ESTIMATE + name) for name in given if name != "of"}
    return asking.book().estimate(asking.needed(f"{ESTIMATE}of"), **quantities)


def picture(asking: Query) -> str:
    """The flowchart, or another view, as an SVG file, with the way of the case where facts are given."""
    return draw(pictured(asking, asking.case()).graph, "svg").decode()


def pictured(asking: Query, case: Case, link: Link = lambda place: None) -> Picture:
    """The picture asked for, by default the flowchart; with the way of the case where facts are given."""
    decision, expand = asking.text("decision"), asking.one_of("expand", NO_YES) == "yes"
    shown = case if case.facts.given or case.replayed else asking.book(case.advisor.as_of)
    return shown.picture(asking.one_of("view", get_args(View)), decision, expand=expand, link=link)


# what is kept


def record(asking: Query) -> Telling:
    """The recommendation for a case, kept in the ledger with its evidence: the id of the record, and the advice."""
    case, title = asking.advised()
    circumstances = Circumstances(asking.line("by"), asking.line("purpose"), title, case.evidence)
    return Recorded(case, asking.library.keep(case.recommendation, circumstances))


def records(asking: Query) -> Telling:
    """The records of the ledger, the newest first; or the one whose id is `name`."""
    name, language = asking.text("name"), _spoken(asking)
    with asking.library.opened() as ledger:
        if name is not None:
            return kept.one(ledger, name, lambda book: language_or_first(book.languages, language))
        return kept.records(
            ledger, _selection(asking), asking.number("page", 1), asking.number("size", PAGE_SIZE), language
        )


def stats(asking: Query) -> Telling:
    """How often each advice, status, deciding rule, month and rulebook occurs among the records, or some of them."""
    with asking.library.opened() as ledger:
        return kept.counted(ledger, _selection(asking), _spoken(asking))


def _selection(asking: Query) -> Selection:
    since, until = (str(day) if (day := asking.day(key)) else None for key in ("since", "until"))
    return Selection(since, until, *(asking.text(key) for key in ("advice", "rulebook", "rule", "text")))


def ways_of(asking: Query) -> Picture | None:
    """How many of the records took each way through the flowchart by which the newest of them was made."""
    with asking.library.opened() as ledger:
        return ways(ledger, _selection(asking), _spoken(asking), asking.text("decision"))


def stats_picture(asking: Query) -> str:
    """The flowchart by which the newest of the records was made, with how many took each way, as an SVG file."""
    picture = ways_of(asking)
    if picture is None:
        raise WhytuneError([Problem("unknown-record", Sentence("there is no record to be shown"))])
    return draw(picture.graph, "svg").decode()


def impact(asking: Query) -> Telling:
    """Which of the records would come out differently under the rulebook `new`, and which rules are to blame."""
    other = _other(asking, "new")
    with asking.library.opened() as ledger:
        return kept.affected(ledger, _selection(asking), other.advisor, other.speaker)


def replay(asking: Query) -> Telling:
    """Does each record, or the one of this `name`, of which facts give what it keeps out, come out the same again?"""
    with asking.library.opened() as ledger:
        return kept.replayed(ledger, asking.one_record(), _spoken(asking), lambda vocabulary: asking.given(FACTS))


def verify(asking: Query) -> Telling:
    """Is every record of the ledger, or of one that is sent, as it was written? Or only the one whose id is `name`?

    Without checkpoints a cut end cannot be noticed. The first bad record of one that is sent stands beside the one of
    its name in the ledger of the service (`beside`). Facts give what the one record keeps out.
    """
    checkpoints, sent, identity = signed(asking), handed_over(asking), asking.one_record()
    if identity is not None:
        known = () if sent is not None else asking.library.signed
        with asking.library.opened() if sent is None else sent as contents:
            given = asking.given(FACTS)
            return kept.proved(contents, identity, _spoken(asking), (*known, *checkpoints), lambda vocabulary: given)
    if sent is not None:
        name = name_of_sent(asking)
        with sent as contents, _own(asking) as own:
            ledgers = name, OF_SERVICE
            return kept.verdict_on(contents, _spoken(asking), checkpoints, sent=name, own=own, ledgers=ledgers)
    with asking.library.opened() as ledger:
        return kept.verdict_on(ledger, _spoken(asking), (*asking.library.signed, *checkpoints), sent=OF_SERVICE)


def _own(asking: Query) -> AbstractContextManager[Ledger | None]:
    """The ledger that is served, beside one that was sent; None if there is none that can be read."""
    with suppress(WhytuneError):
        return asking.library.opened()
    return nullcontext()


def _spoken(asking: Query) -> str:
    return language_among(Sentence("whytune"), LANGUAGES, asking.text("language"))
