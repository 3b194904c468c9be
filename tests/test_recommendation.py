"""What a recommendation looks like: a frozen value, JSON under a schema, and a trace that a reader can follow."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from whytune.engine import Advisor, Recommendation, Rulebook
from whytune.engine.language import source
from whytune.engine.language.case import resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.meaning.semantics import Knowledge, meaning

from .generated import partial_facts, rulebooks
from .laws import tries

CASES = sorted((Path(__file__).parent.parent / "rules" / "guide" / "cases").glob("*.yaml"))
SCHEMA = Draft202012Validator(Recommendation.json_schema())

LORA = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 3_200}


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    return Advisor.load("guide")


@pytest.fixture(scope="module")
def lora(advisor: Advisor) -> Recommendation:
    return advisor.advise(LORA)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(Recommendation.json_schema())
    assert not SCHEMA.is_valid({})
    assert not SCHEMA.is_valid({"rulebook": {}, "facts": {}, "decisions": {}, "trace": []})


@pytest.mark.parametrize("stride", [4, pytest.param(1, marks=pytest.mark.slow)])
def test_json_fits_the_schema_and_survives(advisor: Advisor, stride: int) -> None:
    for path in CASES[::stride]:
        answer = advisor.recommend(resolve(advisor.rulebook.vocabulary, read_case(source.read(path)).given)).to_dict()
        assert SCHEMA.is_valid(answer), path.stem
        assert json.loads(json.dumps(answer)) == answer, path.stem


def test_the_keys_of_the_json(lora: Recommendation) -> None:
    answer = lora.to_dict()
    assert set(answer) == {"rulebook", "as_of", "facts", "decisions", "trace"}
    assert set(answer["rulebook"]) == {"name", "version", "digest"}
    assert answer["facts"]["examples"] == {"value": 3_200, "state": "given"}
    assert answer["facts"]["prompt_enough"] == {"value": "no", "state": "given"}
    assert answer["facts"]["good_examples"] == {"value": 50, "state": "assumed"}
    assert answer["facts"]["can_anonymise"] == {"value": None, "state": "not_applicable"}
    approach = answer["decisions"]["approach"]
    assert set(approach) >= {"advice", "status", "possible", "decided_by", "options"}
    assert approach["possible"] == sorted(approach["possible"]) == ["lora", "prompt", "rag"]
    assert approach["options"]["lora"] == {"state": "stands", "for": ["lora_for_moderate_domain_data"], "against": []}
    assert all(set(option) == {"state", "for", "against"} for option in approach["options"].values())
    assert [step["number"] for step in answer["trace"]] == list(range(1, len(answer["trace"]) + 1))


def test_numbers_are_numbers(advisor: Advisor, lora: Recommendation) -> None:
    (band,) = [step for step in lora.to_dict()["trace"] if step["name"] == "data_volume"]
    (used,) = band["used"]
    assert (used["fact"], used["value"], used["at_least"], used["below"]) == ("examples", 3_200, 100, 10_000)
    assert {type(used[key]) for key in ("value", "at_least", "below")} == {int}


def test_an_unknown_fact_has_no_value(advisor: Advisor) -> None:
    answer = advisor.advise({"prompt_enough": "no"}).to_dict()
    assert answer["facts"]["need"] == {"value": None, "state": "unknown"}
    assert (answer["decisions"]["approach"]["advice"], answer["decisions"]["approach"]["status"]) == (None, "open")
    assert answer["decisions"]["approach"]["next_question"] == "external_knowledge"


def test_the_day_is_kept() -> None:
    answer = Advisor.load("guide", as_of=date(2026, 3, 31)).advise(LORA).to_dict()
    assert answer["as_of"] == "2026-03-31"
    SCHEMA.validate(answer)


def test_nothing_can_be_changed(lora: Recommendation) -> None:
    for value, name in (
        (lora, "trace"),
        (lora.trace[0], "state"),
        (lora.decisions["approach"], "advice"),
        (lora.rulebook, "digest"),
        (lora.trace[0].used[0], "fact"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, None)
    with pytest.raises(AttributeError):
        setattr(lora.facts["need"], "value", None)  # noqa: B010


# The trace.


def follows(rulebook: Rulebook, answer: Recommendation) -> None:
    """A reader can follow the trace: only rulebook words, each step resting on facts and on steps before it."""
    names: dict[str, set[str]] = {
        "band": set(rulebook.vocabulary.bands),
        "rule": set(rulebook.rule),
        "decision": set(rulebook.decision),
        "conclusion": {conclusion.conclusion for conclusion in rulebook.conclusions},
        "option": {f"{decision.decision}.{o.option}" for decision in rulebook.decisions for o in decision.options},
        "caution": {".".join(key) for key in rulebook.cautioning},
    }
    for number, firing in enumerate(answer.trace, start=1):
        assert firing.number == number
        assert firing.name in names[firing.kind]
        assert set(firing.text) == set(firing.title) == set(rulebook.languages)
        assert not any(mark in text for text in firing.text.values() for mark in ("any_of", "one_of", "except_if"))
        for use in firing.used:
            assert (use.fact is None) != (use.step is None)
            assert use.step is None or 1 <= use.step < number
            assert use.fact is None or answer.facts[use.fact].value == use.value is not None
        assert len(set(map(str, firing.used))) == len(firing.used)
    keys = [(firing.kind, firing.name) for firing in answer.trace]
    assert len(set(keys)) == len(keys)


def is_complete(rulebook: Rulebook, answer: Recommendation, values: Knowledge) -> None:
    """Whatever is not open appears once, in its state."""
    means = meaning(rulebook, values)
    shown = {(firing.kind, firing.name): firing.state for firing in answer.trace}
    assert {name: state for (kind, name), state in shown.items() if kind == "rule"} == {
        name: "in_force" if truth else "not_in_force" for name, truth in means.rules.items() if truth is not None
    }
    assert {name: state for (kind, name), state in shown.items() if kind == "conclusion"} == {
        name: "yes" if truth else "no" for name, truth in means.conclusions.items() if truth is not None
    }
    assert {name: state for (kind, name), state in shown.items() if kind == "band"} == {
        name: piece for name, piece in values.items() if name in rulebook.vocabulary.bands and isinstance(piece, str)
    }
    assert {name: state for (kind, name), state in shown.items() if kind == "option"} == {
        f"{decision}.{option}": state
        for (decision, option), state in means.options.items()
        if state in ("stands", "ruled_out", "not_proposed")
    }
    assert {name for (kind, name) in shown if kind == "caution"} == {
        f"{name}.{rule}" for name, decided in answer.decisions.items() for rule in decided.cautions
    }
    for name, decided in answer.decisions.items():
        assert set(decided.cautions) == {
            rule
            for (about, rule), advised in rulebook.cautioning.items()
            if about == name and means.rules[rule] and decided.outcome in advised.accepts
        }
        assert (("decision", name) in shown) == (decided.status != "open")
        assert shown.get(("decision", name)) == decided.outcome


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_json_is_letter_for_letter_what_pydantic_would_make_of_it(rulebook: Rulebook, data: st.DataObject) -> None:
    answer = Advisor(rulebook, date(2026, 3, 31)).recommend(data.draw(partial_facts(rulebook.vocabulary)))
    expected = TypeAdapter(Recommendation).dump_json(answer, by_alias=True)
    assert json.dumps(answer.to_dict(), ensure_ascii=False, separators=(",", ":")).encode() == expected


@tries(120)
@given(rulebook=rulebooks, data=st.data())
def test_a_trace_can_be_followed(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    answer = Advisor(rulebook).recommend(facts)
    follows(rulebook, answer)
    is_complete(rulebook, answer, facts.knowledge)
    SCHEMA.validate(json.loads(json.dumps(answer.to_dict())))


def test_the_traces_of_the_guide_can_be_followed(advisor: Advisor) -> None:
    for path in CASES:
        facts = resolve(advisor.rulebook.vocabulary, read_case(source.read(path)).given)
        answer = advisor.recommend(facts)
        follows(advisor.rulebook, answer)
        is_complete(advisor.rulebook, answer, facts.knowledge)
        assert all(firing.sources for firing in answer.trace if firing.kind == "rule"), path.stem


def test_what_decided_is_cited(advisor: Advisor, lora: Recommendation) -> None:
    assert lora.decisions["approach"].decided_by == ("lora_for_moderate_domain_data",)
    last = lora.trace[-1]
    assert (last.kind, last.name, last.state, last.policy) == ("decision", "approach", "lora", None)

    fallback = advisor.advise({**LORA, "good_examples": 10})
    assert fallback.decisions["approach"].decided_by == ("approach.if_none_stands",)
    assert fallback.trace[-1].policy == "approach.if_none_stands"
    against = fallback.decisions["approach"].options["lora"]
    assert (against.state, against.speaks_against) == ("ruled_out", ("against_too_few_good_examples",))

    preferred = advisor.advise({**LORA, "latest_knowledge": True, "general_chat": True})
    assert preferred.decisions["approach"].decided_by == (
        "approach.if_several_stand",
        "against_general_chat",
        "against_latest_knowledge",
    )


def test_a_settled_answer_over_unknown_facts_says_so(advisor: Advisor) -> None:
    answer = advisor.advise({**LORA, "need": "brand_tone", "latest_knowledge": "yes", "general_chat": "unknown"})
    assert (answer.decisions["approach"].advice, answer.decisions["approach"].status) == ("rag", "settled")
    assert answer.trace[-1].policy == "approach.every_completion"


def test_uses_name_the_steps_they_rest_on(lora: Recommendation) -> None:
    number = {firing.name: firing.number for firing in lora.trace}

    def steps(name: str) -> set[Any]:
        return {use.step or use.fact for use in lora.trace[number[name] - 1].used}

    assert steps("neither_prompt_nor_knowledge") == {"prompt_enough", "external_knowledge"}
    assert steps("model_must_change") == {number["neither_prompt_nor_knowledge"]}
    assert steps("lora_for_moderate_domain_data") == {number["model_must_change"], "need", number["data_volume"]}


@given(rulebook=rulebooks, data=st.data())
def test_what_decided_and_what_was_overruled_can_be_asked(rulebook: Rulebook, data: st.DataObject) -> None:
    """Each id that decided is that of one firing at most; rules speak for and against what is overruled."""
    answer = Advisor(rulebook).recommend(data.draw(partial_facts(rulebook.vocabulary)))
    rules = {firing.name for firing in answer.trace if firing.kind == "rule"}
    for name, decision in answer.decisions.items():
        ids = [firing.policy or firing.name for firing in answer.deciding(name)]
        assert len(ids) == len(set(ids))
        assert rules & set(decision.decided_by) <= set(ids) <= set(decision.decided_by)
        for option, outcome in decision.options.items():
            is_overruled = decision.applies and outcome.state == "ruled_out" and bool(outcome.speaks_for)
            assert (decision.overruled.get(option) is outcome) == is_overruled
            assert not is_overruled or outcome.speaks_against


def test_a_recommendation_names_what_decided(lora: Recommendation) -> None:
    assert [firing.name for firing in lora.deciding("approach")] == list(lora.decisions["approach"].decided_by)
