"""An open list takes a text that is none of its values as `other`, and keeps the words wherever they are shown."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from whytune.cli import replies
from whytune.engine import Advisor
from whytune.engine.authoring.schema import case_schema
from whytune.engine.language.case import from_python, resolve, values_given
from whytune.engine.language.intervals import OtherText
from whytune.engine.language.loading import loads
from whytune.engine.language.text import BadValue
from whytune.engine.language.value import json_value, read_value
from whytune.engine.language.vocabulary import Fact
from whytune.engine.ledger.recorded import answer_of
from whytune.engine.ledger.replay import Replayer
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.speaker import Speaker
from whytune.web import shapes
from whytune.web.fields import one_fact

from .generated import decision, fact, framed, rule
from .ledgers import at, drafted
from .looks import tabled
from .test_casebook import failed
from .test_sql import check

LABELS = {"domain_terms": "Domain terms", "latency": "Low latency", "cost": "Low cost", "other": "Something else"}
GROUP = {"group": "running", "values": ["latency", "cost"], "label": "Running it"}
NEED = fact("need", "choice", open="yes", values=list(LABELS), labels=LABELS, groups=[GROUP])
DOCUMENT = framed(
    facts=[NEED],
    decisions=[decision("way", ["tune", "prompt", "talk"], "prompt", "refer")],
    rules=[
        rule("terms", **{"if": {"need": "domain_terms"}}, propose={"way": "tune"}),
        rule("unheard_of", **{"if": {"need": "other"}}, propose={"way": "talk"}),
    ],
)
FILES = {"rulebook.yaml": json.dumps(DOCUMENT).encode()}
ADVISOR = Advisor(loads(FILES))
FACT: Fact = ADVISOR.rulebook.vocabulary.by_name["need"]


@tabled(
    ("given", "words"),
    [
        ("chatbot tone", "chatbot tone"),
        ("  chatbot \n tone ", "chatbot tone"),
        ("cafe\u0301 talk", "café talk"),
        ("other: latency", "latency"),
        ("other:not listed | at all", "not listed | at all"),
        ("other： 聊天语气", "聊天语气"),
        ({"other": "latency"}, "latency"),
        ("lost", "lost"),
        ("5", "5"),
    ],
)
def test_a_text_that_is_no_value_is_other_in_these_words(given: Any, words: str) -> None:
    values, _ = values_given(ADVISOR.rulebook.vocabulary, from_python({"need": given}))
    assert values == {"need": OtherText(words)}


@tabled("text", ["latency", "other", "running", "not cost", "latency | other", "unknown"])
def test_what_names_values_says_what_it_says_of_any_list(text: str) -> None:
    closed = FACT.model_copy(update={"open": "no"})
    assert text == "unknown" or read_value(FACT, text) == read_value(closed, text)


@tabled(
    ("text", "meant"),
    [
        ("Latency", "latency"),
        ("low latency", "latency"),
        ("latnecy", "latency"),
        ("latenc", "latency"),
        ("latencyy", "latency"),
        ("domain-terms", "domain_terms"),
        ("domein terms", "domain_terms"),
        ("Running it", "running"),
        ("unknwon", "unknown"),
        ("COST ", "cost"),
    ],
)
def test_what_is_nearly_a_value_is_refused_with_the_way_to_say_it_on_purpose(text: str, meant: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_value(FACT, text)
    assert str(refused.value.hint).startswith(f"did you mean `{meant}`?")
    assert read_value(FACT, f"other: {text}") == OtherText(text.strip())


@tabled("text", ["", " ", "?", "other:", "other: -", "x" * 201, "to\u200bne", "latency | tone", "not x"])
def test_a_text_that_says_nothing_or_cannot_be_kept_is_refused(text: str) -> None:
    with pytest.raises(BadValue):
        read_value(FACT, text)


@given(text=st.text(max_size=30) | st.text("latency | not:other", max_size=12))
def test_every_text_is_kept_as_it_is_read_or_refused(text: str) -> None:
    try:
        value = read_value(FACT, text)
    except BadValue:
        return
    assert read_value(FACT, str(json_value(value))) == value
    assert ADVISOR.rulebook.vocabulary.domains["need"].cells_of(value) if value != "unknown" else True


def test_the_words_are_told_recorded_and_replayed(tmp_path: Path) -> None:
    with Ledger.to_append(tmp_path / "ledger") as ledger:
        record = ledger.append(drafted({"need": "latency-free"}, None, ADVISOR, FILES), partial(at, 0))
        assert Replayer(ledger).replay(record).deviation is None
    answer = answer_of(record, ADVISOR.rulebook)
    assert answer.to_dict()["facts"]["need"] == {"value": "other: latency-free", "state": "given"}
    assert answer.decisions["way"].advice == "talk"
    told = Speaker(ADVISOR.rulebook, "en").value("need", answer.facts["need"].value)
    assert told == "Something else (“latency-free”)"


def test_cases_of_one_kind_keep_their_own_words() -> None:
    told = [ADVISOR.advise({"need": words}).facts["need"].value for words in ("a poem", "a song", "other")]
    assert told == [OtherText("a poem"), OtherText("a song"), "other"]


def test_the_interview_takes_other_words_and_labels() -> None:
    assert replies.answer(FACT, "chatbot tone") == OtherText("chatbot tone")
    assert replies.answer(FACT, "low LATENCY") == "latency"
    assert replies.answer(FACT, "4") == "other"


def test_rows_are_answered_in_sql_as_by_themselves() -> None:
    texts = ("latency", "a poem", "other: cost", "Low Cost", "domain-terms", "cost | a poem", "not a poem", "")
    assert check(ADVISOR.rulebook, [{"need": text} for text in texts]) == 4


def test_a_form_asks_for_what_no_value_says() -> None:
    speaker = Speaker(ADVISOR.rulebook, "en")
    form = str(one_fact(FACT, speaker, (), "Go"))
    assert re.findall(r'type="radio" name="facts.need" value="(\w+)"', form) == [*list(LABELS)[:-1], "unknown"]
    assert 'Something else, in your own words: <input type="text" name="facts.need" value="" maxlength="200">' in form


def test_an_assistant_may_say_what_no_value_says() -> None:
    shape = shapes.value(FACT)
    assert all(Draft7Validator(shape).is_valid(text) for text in ("latency", "a poem", "unknown"))
    assert not Draft7Validator(shape).is_valid("x" * 201)


@tabled("given", ["a poem", "other: cost", {"other": "cost"}, "latency", {"one_of": ["cost", "other"]}])
def test_the_schema_of_cases_takes_what_an_open_list_takes(given: Any) -> None:
    case = {"given": {"need": given}}
    assert Draft7Validator(case_schema(ADVISOR.rulebook)).is_valid(case)
    resolve(ADVISOR.rulebook.vocabulary, from_python(case["given"]))


def test_what_is_long_is_refused_by_the_schema_too() -> None:
    assert not Draft7Validator(case_schema(ADVISOR.rulebook)).is_valid({"given": {"need": "x" * 201}})


def test_a_case_expects_what_a_text_would_flip_to() -> None:
    text = 'given: {need: latency}\nexpect: {flips: [{given: {need: "chatbot tone"}, to: talk}]}'
    assert failed(ADVISOR.rulebook, text) == []
