"""Decisions that apply only if something holds, and say so if they do not."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.diagrams.decision_graph import decisions
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.inference import inference
from whytune.engine import Advisor, Recommendation, Rulebook
from whytune.engine.advice.explanations.flips import flips
from whytune.engine.advice.explanations.why import why
from whytune.engine.advice.explanations.why_not import why_not
from whytune.engine.language.case import complete
from whytune.engine.language.casefile import read_cases
from whytune.engine.language.source import parse
from whytune.engine.ledger.record import outcome_of
from whytune.engine.meaning.promises import broken
from whytune.engine.meaning.semantics import meaning
from whytune.engine.meaning.study import Study
from whytune.engine.review.casebook.mutants import mutants
from whytune.engine.review.casebook.mutation import mutation
from whytune.engine.review.casebook.reading import checked_cases
from whytune.engine.review.casebook.running import by_advisor, run
from whytune.engine.review.difference import compare, difference
from whytune.engine.words.speaker import Speaker
from whytune.prose import document, terminal
from whytune.prose.answer import answer
from whytune.prose.flips import flips as flips_told
from whytune.prose.why import why as why_told
from whytune.prose.why_not import why_not as why_not_told

from .generated import decision, fact, framed, full_cells, rule, rulebooks, written
from .laws import tries

DAY = date(2026, 11, 22)
FACTS = ("change", "small", "secret")


def book(only_if: dict[str, Any] | None = None, secret: dict[str, Any] | None = None, **more: Any) -> Rulebook:
    """Whether to tune, and how: the second only where the first is advised."""
    rules = [
        rule("tunes", **{"if": {"change": "yes"}}, propose={"approach": "tune"}),
        rule("fits", **{"if": {"small": "yes"}}, propose={"method": "lora"}),
        rule("leaks", **{"if": {"secret": "yes"}}, rule_out={"method": "full"}),
        rule("anyway", **{"if": "always"}, propose={"method": "full"}),
    ]
    approach = decision("approach", ["prompt", "tune"], "prompt", "refer")
    method = decision("method", ["lora", "full"], "refer", ["lora", "full"])
    method["only_if"] = {"approach": "tune"} if only_if is None else only_if
    facts = [fact(name, "yes_no", **(secret or {} if name == "secret" else {})) for name in FACTS]
    return written(framed(facts=facts, decisions=[approach, method], rules=rules, **more))


def advise(rulebook: Rulebook, **given: Any) -> Recommendation:
    return Advisor(rulebook).advise(given)


def test_mutation_takes_each_condition_of_an_only_if_away() -> None:
    rulebook = book({"approach": "tune", "secret": "no"})
    assert [(one.name, one.detail) for one in mutants(rulebook) if one.kind == "no_only_if"] == [
        ("method", ("approach",)),
        ("method", ("secret",)),
    ]


def test_the_last_condition_stays_where_a_rule_asks_whether_the_decision_applies() -> None:
    asks = rule("asks", **{"if": {"method": "not_applicable"}}, propose={"later": "yes_later"})
    later = decision("later", ["yes_later", "no_later"], "no_later", "refer")
    facts = [fact(name, "yes_no") for name in FACTS]
    method = {**decision("method", ["lora", "full"], "lora", "refer"), "only_if": {"change": "yes"}}
    rulebook = written(framed(facts=facts, decisions=[method, later], rules=[asks]))
    assert not [one for one in mutants(rulebook) if one.kind == "no_only_if"]


@pytest.mark.parametrize(("expected", "survives"), [("lora", True), ("not_applicable", False)])
def test_a_case_to_which_the_decision_does_not_apply_notices_a_lost_only_if(expected: str, survives: bool) -> None:
    rulebook = book()
    change = "no" if expected == "not_applicable" else "yes"
    text = f"given: {{change: {change}, small: yes, secret: no}}\nexpect: {{method: {expected}}}"
    survivors = mutation(rulebook, checked_cases(rulebook, read_cases(parse(text, "case.yaml"))), DAY).survivors
    assert any(survivor.mutant.kind == "no_only_if" for survivor in survivors) == survives


def told(blocks: Any) -> str:
    return terminal.text(document.document("", "en", list(blocks)))


def test_a_decision_that_does_not_apply_says_so() -> None:
    recommendation = advise(book(), change=False)
    method = recommendation.decisions["method"]
    assert (method.outcome, method.advice, method.referred, method.status) == ("not_applicable", None, False, "settled")
    assert (method.possible, method.decided_by, method.reasons) == (("not_applicable",), *[("method.only_if",)] * 2)
    assert not method.applies
    step = next(step for step in recommendation.trace if (step.kind, step.name) == ("decision", "method"))
    assert (step.state, step.policy) == ("not_applicable", "method.only_if")
    approach = next(step for step in recommendation.trace if (step.kind, step.name) == ("decision", "approach"))
    assert approach.number in [use.step for use in step.used]


def test_a_decision_that_applies_is_decided_as_any_other() -> None:
    method = advise(book(), change=True, small=True, secret=False).decisions["method"]
    assert (method.outcome, method.decided_by) == ("lora", ("method.if_several_stand", "anyway", "fits"))


def test_whether_it_applies_may_be_open() -> None:
    method = advise(book(), small=True, secret=False).decisions["method"]
    assert (method.status, method.possible, method.next_question) == ("open", ("lora", "not_applicable"), "change")


def test_what_is_not_applicable_rests_on_an_assumption_as_advice_does() -> None:
    method = advise(book({"secret": "no"}, secret={"assume": "yes"})).decisions["method"]
    assert (method.outcome, method.status, method.rests_on) == ("not_applicable", "provisional", ("secret",))


def test_the_document_of_every_question_says_that_it_does_not_apply() -> None:
    rulebook = book()
    advisor, speaker = Advisor(rulebook), Speaker(rulebook, "en")
    facts = complete(rulebook.vocabulary, {"change": "no"})
    told_of_it = (
        told(answer(advisor.recommend(facts), speaker)),
        told(why_told(why(advisor, facts, "method"), speaker, "full")),
        told(why_not_told(why_not(advisor, facts, "method", "lora"), flips(advisor, facts, "method"), speaker)),
    )
    for text in told_of_it:
        assert re.search("not applicable|does not apply", text)
    assert told(flips_told(flips(advisor, facts, "method"), speaker)).startswith("The decision does not apply.")
    assert "applies only if" in told_of_it[1]
    assert "applies only if" in told_of_it[2]


def test_a_case_may_expect_it() -> None:
    rulebook = book()
    text = "case: A prompt\ngiven: {change: no}\nexpect: {method: not_applicable, status: {method: settled}}\n"
    (case,) = checked_cases(rulebook, read_cases(parse(text, "c.yaml")))
    assert not run(case, by_advisor(Advisor(rulebook))).failures


def test_a_rule_may_test_whether_a_decision_applies() -> None:
    rules = [rule("warns", **{"if": {"first": "not_applicable"}}, propose={"second": "a"})]
    first = {**decision("first", ["a", "b"], "a", "refer"), "only_if": {"change": "yes"}}
    second = decision("second", ["a", "b"], "b", "refer")
    rulebook = written(framed(facts=[fact("change", "yes_no")], decisions=[first, second], rules=rules))
    assert advise(rulebook, change=False).decisions["second"].advice == "a"
    assert advise(rulebook, change=True).decisions["second"].advice == "b"


def test_nothing_is_promised_of_a_decision_that_does_not_apply() -> None:
    always = {"invariant": "one", "because": "so", "always": {"method": ["lora", "full", "refer"]}}
    assert not list(broken(Study(book(invariants=[always])).diagram))
    never = {"invariant": "one", "because": "so", "never": {"method": "lora"}}
    (promise,) = broken(Study(book(invariants=[never])).diagram)
    assert promise.advice == ("lora",)


def test_the_pictures_know_where_a_decision_does_not_apply() -> None:
    rulebook = book()
    speaker = Speaker(rulebook, "en")
    chart = flowchart(Advisor(rulebook).inquiry("method"), speaker)
    assert "not applicable" in [node.label for node in chart.nodes]
    edges = {(edge.source, edge.target) for edge in decisions(speaker).edges}
    assert ("approach", "method") in edges
    network = inference(speaker, "method").edges
    assert ("subject:approach", "decision", "tune") in {(edge.source, edge.target, edge.label) for edge in network}


def test_a_change_of_where_a_decision_applies_is_a_change_of_advice() -> None:
    change = difference(compare(book(), book({"approach": "tune", "secret": "no"})))
    assert change.level == "advice"
    assert {one.after for one in change.advice} == {"not_applicable"}


def test_a_record_keeps_it() -> None:
    method = advise(book(), change=False).to_dict()["decisions"]["method"]
    assert outcome_of(method) == "not_applicable"


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_a_decision_is_not_applicable_where_its_condition_does_not_hold_and_nowhere_else(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    values = data.draw(st.sampled_from(list(islice(full_cells(rulebook.vocabulary), 50))))
    facts = complete(rulebook.vocabulary, values)
    means = meaning(rulebook, facts.values)
    recommendation = Advisor(rulebook).recommend(facts)
    for name, outcome in recommendation.decisions.items():
        assert outcome.applies == (means.applies[name] is not False)
        assert outcome.applies or rulebook.decision[name].only_if
