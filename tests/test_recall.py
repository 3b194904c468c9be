"""Cases of one kind are answered alike: what is kept of one, with the values of the next, is what would fire."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whytune.engine import Advisor, EngineDisagreement, Recommendation, Rulebook, load
from whytune.engine.advice import given_places
from whytune.engine.advice.alike import as_given
from whytune.engine.advice.recall import Recall, kind_of
from whytune.engine.language.case import CaseFacts, FactState, complete, from_python, resolve, values_given
from whytune.engine.language.intervals import Interval, PartlyKnown
from whytune.engine.language.problems import WhytuneError
from whytune.engine.language.vocabulary import Domain

from .generated import decision, fact, framed, partial_facts, rule, rulebooks, written
from .laws import tries


def asked(rulebook: Rulebook, **facts: Any) -> CaseFacts:
    return resolve(rulebook.vocabulary, from_python({"prompt_enough": False, "need": "domain_terms", **facts}))


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> list[CaseFacts]:
    """The cases that durable-rules fires from now on."""
    fired: list[CaseFacts] = []
    fire: Callable[..., Recommendation] = Advisor._fire

    def noting(advisor: Advisor, facts: CaseFacts, **how: bool) -> Recommendation:
        fired.append(facts)
        return fire(advisor, facts, **how)

    monkeypatch.setattr(Advisor, "_fire", noting)
    return fired


@st.composite
def elsewhere(draw: st.DrawFn, facts: CaseFacts) -> CaseFacts:
    """A case of the same kind: other numbers in the same cells."""
    values = {name: draw(_another(facts.vocabulary.domains[name], value)) for name, value in facts.stated.items()}
    try:
        return complete(facts.vocabulary, values)
    except WhytuneError:  # two numbers that bound each other
        return facts


def _another(domain: Domain, value: Any) -> st.SearchStrategy[Any]:
    if isinstance(value, PartlyKnown) and value.intervals:
        return st.just(replace(value, text=f"{value.text} or so"))
    if not isinstance(value, Decimal):
        return st.just(value)
    interval = domain.cells[domain.cell_of(value)]
    assert isinstance(interval, Interval)
    other = value + domain.fact.step
    return st.sampled_from([value, other]) if interval.holds(other) else st.just(value)


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_a_case_of_a_known_kind_is_answered_as_if_it_were_fired(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    other = data.draw(elsewhere(facts))
    assume(kind_of(facts) == kind_of(other))
    remembering = Advisor(rulebook)
    remembering.recommend(facts)
    answer, fired = remembering.recommend(other), Advisor(rulebook, remember=0).recommend(other)
    assert answer == fired
    assert answer.to_dict() == fired.to_dict()


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_what_is_given_alike_is_answered_as_if_it_were_fired(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    ways = [as_people_give(facts), as_people_give(data.draw(elsewhere(facts))), as_people_give(facts)]
    others = [as_people_give(data.draw(partial_facts(rulebook.vocabulary))) for _ in range(2)]
    remembering, firing = Advisor(rulebook), Advisor(rulebook, remember=0)
    for task in (*ways, *others):
        answer, fired = remembering.advise(task), firing.advise(task)
        assert answer == fired
        assert answer.to_dict() == fired.to_dict()


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_what_is_given_is_read_as_any_case_is(rulebook: Rulebook, data: st.DataObject) -> None:
    """Whatever was read before: each value is looked up with what it said the first time."""
    vocabulary = rulebook.vocabulary
    read = as_given(vocabulary)
    for _ in range(3):
        task = as_people_give(data.draw(partial_facts(vocabulary)))
        assert read(task) == read(task) == resolve(vocabulary, from_python(task))


def test_a_value_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    reading: list[Any] = []

    def noting(*given: Any) -> Any:
        reading.append(given)
        return values_given(*given)

    monkeypatch.setattr(given_places, "values_given", noting)
    advisor = Advisor(load("guide"), remember=0)
    tasks = [{"prompt_enough": False, "need": need} for need in ("domain_terms", "domain_terms", "latency")]
    answers = [advisor.advise(task) for task in tasks]
    assert answers[0] == answers[1]
    assert len(reading) == 3


def as_people_give(facts: CaseFacts) -> dict[str, Any]:
    """What is stated as Python values: numbers as such, all else as text."""
    return {name: value if isinstance(value, Decimal) else str(value) for name, value in facts.stated.items()}


def test_what_follows_from_a_number_is_told_of_each_number(counting: list[CaseFacts]) -> None:
    advisor = Advisor.load("guide")
    for examples in (30, 31, 30):
        answer = advisor.advise({"prompt_enough": False, "examples": examples})
        assert answer.facts["good_examples"] == FactState(answer.facts["good_examples"].value, "implied")
        assert str(examples) in str(answer.facts["good_examples"].value)
    assert len(counting) == 1


MISTAKES: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"examples": 3_200, "good_examples": 60}, {"examples": 3_200, "good_examples": 4_000}),
    ({"examples": 3_200}, {"examples": "3200 or so"}),
    ({"need": "latency"}, {"need": "latencies"}),
    ({"prompt_enough": False}, {"prompt_enough": 0}),
    ({"prompt_enough": "no"}, {"prompt_enough": ["no"]}),
    ({"examples": 1}, {"examples": True}),
    ({"examples": 3_200}, {"examples": {"at_least": 9, "at_most": 2}}),
)
"""What is right, and a mistake beside it."""


def test_a_mistake_is_one_after_what_is_right_was_asked() -> None:
    rulebook = load("guide")
    for right, wrong in MISTAKES:
        advisor = Advisor(rulebook)
        advisor.advise(right)
        with pytest.raises(WhytuneError) as told:
            advisor.advise(wrong)
        with pytest.raises(WhytuneError) as alone:
            Advisor(rulebook).advise(wrong)
        assert told.value.problems == alone.value.problems, wrong


def test_only_the_first_case_of_a_kind_is_fired(counting: list[CaseFacts]) -> None:
    rulebook = load("guide")
    advisor = Advisor(rulebook)
    for examples in (3_200, 3_300, 3_400):
        answer = advisor.recommend(asked(rulebook, examples=examples))
        assert answer.facts["examples"].value == examples
        assert examples in {use.value for firing in answer.trace for use in firing.used}
    assert len(counting) == 1
    advisor.recommend(asked(rulebook, examples=30))
    advisor.recommend(asked(rulebook, examples="unknown"))
    assert len(counting) == 3


def test_a_fact_assumed_is_another_kind_than_the_same_given(counting: list[CaseFacts]) -> None:
    rulebook = load("guide")
    advisor = Advisor(rulebook)
    assumed = advisor.recommend(asked(rulebook))
    name, state = next((name, state) for name, state in assumed.facts.items() if state.state == "assumed")
    given_too = advisor.recommend(asked(rulebook, **{name: state.value}))
    assert given_too.facts[name].state == "given"
    assert len(counting) == 2


def test_no_more_kinds_are_kept_than_asked_for(counting: list[CaseFacts]) -> None:
    rulebook = load("guide")
    advisor = Advisor(rulebook, remember=2)
    for examples in (30, 3_200, 300_000, 3_200, 30):
        advisor.recommend(asked(rulebook, examples=examples))
    assert [facts.given["examples"] for facts in counting] == [30, 3_200, 300_000, 30]


def test_without_memory_every_case_is_fired(counting: list[CaseFacts]) -> None:
    rulebook = load("guide")
    advisor = Advisor(rulebook, remember=0)
    for copied in (advisor, copy.copy(advisor), pickle.loads(pickle.dumps(advisor))):
        copied.recommend(asked(rulebook))
        copied.recommend(asked(rulebook))
    assert len(counting) == 6


def test_now_and_then_a_remembered_answer_is_fired_again_and_compared() -> None:
    rulebook = load("guide")
    facts = asked(rulebook)
    right = Advisor(rulebook).recommend(facts)
    wrong = replace(right, trace=right.trace[:-1])
    recall = Recall(10, check_every=3)
    recall.answer(kind_of(facts), facts.states, lambda: wrong)
    for _ in range(2):
        assert recall.answer(kind_of(facts), facts.states, lambda: right) == wrong
    with pytest.raises(EngineDisagreement, match="same kind"):
        recall.answer(kind_of(facts), facts.states, lambda: right)


def test_threads_share_what_is_remembered() -> None:
    rulebook = load("guide")
    advisor, alone = Advisor(rulebook, remember=3), Advisor(rulebook, remember=0)
    cases = [asked(rulebook, examples=examples) for examples in (10, 60, 200, 3_200, 300_000)] * 40
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(advisor.recommend, cases))
    assert answers[:5] == [alone.recommend(facts) for facts in cases[:5]]
    assert answers == answers[:5] * 40


def test_what_answers_share_nobody_can_change() -> None:
    answer: Any = Advisor.load("guide").advise({})
    for shared in (answer.decisions, answer.decisions["approach"].options, answer.facts):
        for change in (shared.clear, shared.popitem, lambda shared=shared: shared.update(a=1)):
            with pytest.raises(TypeError, match="not changed"):
                change()
        with pytest.raises(TypeError, match="not changed"):
            shared["approach"] = None


def test_advisors_share_the_rules_and_the_diagram_of_days_on_which_the_same_rules_hold() -> None:
    rules = [
        rule("always", **{"if": {"urgent": "yes"}}, propose={"way": "call"}),
        rule("until_june", **{"if": {"urgent": "no"}}, propose={"way": "write"}, valid={"until": "2026-06-30"}),
    ]
    decisions = [decision("way", ["call", "write"], "write", "refer")]
    rulebook = written(framed(facts=[fact("urgent", "yes_no")], decisions=decisions, rules=rules))
    june, july, august = (Advisor(rulebook, date(2026, month, 30)) for month in (6, 7, 8))
    assert [len(advisor.rulebook.rules) for advisor in (june, july, august)] == [2, 1, 1]
    assert june.rulebook is Advisor(rulebook).rulebook
    assert july.rulebook is august.rulebook
    assert july.diagram is august.diagram
