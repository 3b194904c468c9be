"""A form of facts that is sent as it is says what its page says: no answer is lost, whatever it was given by."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("starlette", reason="needs whytune[web]")

import whytune
from whytune import Rulebook, WhytuneError
from whytune.engine import Rulebook as Content
from whytune.engine.language.case import CaseFacts, Given
from whytune.engine.language.vocabulary import members
from whytune.engine.words.catalogue import LANGUAGES
from whytune.web.asking import CHANGES, FACTS, Query, asking
from whytune.web.fields import all_facts, one_fact
from whytune.web.library import Bookcase

from .generated import partial_facts, rulebooks
from .laws import tries
from .looks import tabled
from .test_service import DAY

BOOKS = [whytune.load(name, as_of=DAY) for name in ("guide", "practice")]
INTERVIEWED = {"style": "yes", "accuracy": "no", "tools": "unknown"}


class Sent(HTMLParser):
    """What a browser sends of a form in which nothing is touched."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.options: list[tuple[str, bool]] = []
        self.feed(form)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "select":
            self.name, self.options = given["name"], []
        elif tag == "option":
            self.options.append((given["value"], "selected" in given))
        elif tag == "input" and (given["type"] not in ("checkbox", "radio") or "checked" in given):
            self.pairs.append((given["name"], given["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            chosen = [value for value, is_chosen in self.options if is_chosen] or [self.options[0][0]]
            self.pairs += [(self.name, value) for value in chosen[-1:]]


def addressed(facts: CaseFacts, prefix: str, *, lists: bool) -> list[tuple[str, str]]:
    """The parameters of an address that give these facts; with `lists`, a list that is known is given as a whole."""
    given = {name: str(value) for name, value in facts.stated.items()}
    for fact in facts.vocabulary.declared:
        parts = {name: given.get(name) for name in members(fact)} if fact.kind == "choices" else {}
        chosen = [name.partition(".")[2] for name, answer in parts.items() if answer == "yes"]
        if lists and chosen and set(parts.values()) <= {"yes", "no"}:
            given = {name: value for name, value in given.items() if name not in parts}
            given[fact.fact] = ",".join(chosen)
    return [(prefix + name, value) for name, value in given.items()]


def sent_again(query: Query, book: Rulebook, prefix: str = FACTS) -> Query:
    """What the form of a page asks if it is sent as it is."""
    form = all_facts("advise", "", prefix, query, book.speaker, (), "")
    return asking(query.library, Sent(form).pairs)


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_a_form_sent_as_it_is_gives_the_same_facts_under_every_rulebook(rulebook: Content, data: st.DataObject) -> None:
    book, prefix = Rulebook(rulebook, "generated", None, "en"), data.draw(st.sampled_from([FACTS, CHANGES]))
    facts = data.draw(partial_facts(rulebook.vocabulary))
    pairs = addressed(facts, prefix, lists=data.draw(st.booleans()))
    again = sent_again(asking(Bookcase([book]), pairs), book, prefix)
    assert book.case_of(again.given(prefix)).facts.stated == facts.stated


@tries(20)
@given(data=st.data())
def test_a_form_sent_as_it_is_says_the_same_to_each_rulebook_that_comes_along(data: st.DataObject) -> None:
    book = data.draw(st.sampled_from(BOOKS))
    facts = data.draw(partial_facts(book.content.vocabulary))
    pairs = addressed(facts, FACTS, lists=data.draw(st.booleans()))
    taken = [pair for pair in pairs if not isinstance(read(book, asking(Bookcase([book]), [pair])), str)]
    query = asking(Bookcase([book]), taken)
    assert read(book, sent_again(query, book)) == read(book, query)


def read(book: Rulebook, query: Query) -> Given | str:
    """What a query says of each fact, or what is wrong with it."""
    try:
        return book.case_of(query.given(FACTS)).facts.stated
    except WhytuneError as error:
        return str(error)


@tabled("language, prefix", product(LANGUAGES, (FACTS, CHANGES)))
def test_what_an_interview_was_told_of_a_list_stays_in_the_form_beside_its_advice(language: str, prefix: str) -> None:
    told = {f"{prefix}goals.{name}": answer for name, answer in INTERVIEWED.items()}
    query = asking(Bookcase(BOOKS), [("rulebook", "practice"), *told.items()])
    again = sent_again(query, BOOKS[1].in_language(language), prefix)
    assert {name: again.all(name) for name in again.values if again.all(name)} == {
        name: (answer,) for name, answer in told.items()
    }


@tabled("language", LANGUAGES)
def test_only_where_there_are_boxes_it_is_said_that_several_can_be_chosen(language: str) -> None:
    book = BOOKS[1].in_language(language)
    goals, vocabulary = book.facts["goals"], book.content.vocabulary
    help_text = book.speaker.text(goals.help)
    boxes = all_facts("advise", "", FACTS, asking(Bookcase(BOOKS), []), book.speaker, (), "")
    one_by_one = asking(Bookcase(BOOKS), [("facts.goals.style", "yes")])
    assert help_text in one_fact(goals, book.speaker, (), "")
    assert help_text in boxes
    assert help_text not in one_fact(vocabulary.by_name["goals.style"], book.speaker, (), "")
    assert help_text not in all_facts("advise", "", FACTS, one_by_one, book.speaker, (), "")


@tabled("given", [("style", "accuracy"), ("style,accuracy",), ("style , tools",), ("unknown",)])
def test_a_list_in_an_address_is_ticked_however_it_is_written(given: tuple[str, ...]) -> None:
    query = asking(Bookcase(BOOKS), [("rulebook", "practice"), *(("facts.goals", text) for text in given)])
    again = sent_again(query, BOOKS[1])
    assert {*again.all("facts.goals")} == {part.strip() for text in given for part in text.split(",")}
    assert not any(again.all(f"facts.{name}") for name in members(BOOKS[1].facts["goals"]))
