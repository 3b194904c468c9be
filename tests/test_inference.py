"""The inference network: what rules test and speak for, and with a case what was in force, what not, and on what."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.diagrams.decision_graph import decisions
from whytune.diagrams.dot import dot
from whytune.diagrams.graph import Edge, Graph
from whytune.diagrams.inference import inference
from whytune.diagrams.mermaid import mermaid
from whytune.engine import Advisor, Rulebook, load
from whytune.engine.meaning.semantics import meaning
from whytune.engine.words.speaker import Speaker

from . import drawn
from .generated import decision, fact, framed, partial_facts, rule, rulebooks, written
from .laws import tries

CLINIC = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 100}
STATES = {True: "taken", False: "passed_by", None: "open"}


@cache
def guide() -> Advisor:
    return Advisor(load("guide"))


def network(advisor: Advisor, facts: dict[str, Any] | None = None, name: str | None = None) -> Graph:
    answer = advisor.advise(facts) if facts is not None else None
    return inference(Speaker(advisor.rulebook, "en"), name or next(iter(advisor.diagram.advice)), answer)


def into(graph: Graph, name: str) -> list[Edge]:
    return [edge for edge in graph.edges if edge.target == name]


def states(graph: Graph) -> dict[str, str]:
    return {node.id: node.state for node in graph.nodes}


def test_every_rule_of_the_guide_stands_in_it_once() -> None:
    graph = network(guide())
    assert sorted(node.id for node in graph.nodes if node.shape == "rule") == sorted(
        f"rule:{rule.id}" for rule in guide().rulebook.rules
    )
    assert len({node.id for node in graph.nodes}) == len(graph.nodes)
    assert {node.state for node in graph.nodes} | {edge.state for edge in graph.edges} == {"plain"}
    assert {node.shape for node in graph.nodes} == {"fact", "band", "conclusion", "rule", "option", "terminal"}


def test_rules_that_rule_out_and_exceptions_are_barred() -> None:
    graph = network(guide())
    barred = {(edge.source, edge.target) for edge in graph.edges if edge.barred}
    assert ("rule:against_latest_knowledge", "option:fine_tune") in barred
    assert ("subject:data_volume", "rule:for_domain_terms") in barred
    assert ("rule:against_latest_knowledge", "option:rag") not in barred
    for edge in graph.edges:
        if edge.source.startswith("rule:") and edge.target.startswith("option:"):
            spoken = guide().rulebook.rule[edge.source.removeprefix("rule:")]
            effects = spoken.rule_out if edge.barred else spoken.propose
            assert edge.target.removeprefix("option:") in effects["approach"]


def test_a_case_shows_what_was_in_force_and_on_which_condition_the_rest_was_not() -> None:
    graph = network(guide(), CLINIC)
    found = states(graph)
    assert found["rule:lora_for_moderate_domain_data"] == "taken"
    assert found["rule:full_for_large_domain_data"] == "passed_by"
    assert sorted((edge.label, edge.state) for edge in into(graph, "rule:full_for_large_domain_data")) == [
        ("", "taken"),
        ("10,000 or more", "ruled_out"),
        ("domain expertise", "taken"),
    ]
    assert (found["option:lora"], found["option:prompt"], found["option:fine_tune"]) == ("taken", "passed_by", "taken")
    labels = {node.id: node.label for node in graph.nodes}
    assert labels["subject:data_volume"] == "Data volume: 100 to 9,999"
    assert labels["subject:can_anonymise"] == "Anonymisation possible: does not apply"
    assert labels["decision"] == "Advice: LoRA fine-tuning"
    assert [(edge.source, edge.state) for edge in into(graph, "decision") if edge.state == "taken"] == [
        ("option:lora", "taken")
    ]


def test_an_exception_that_holds_bars_its_rule() -> None:
    graph = network(guide(), CLINIC | {"examples": 99})
    exception = next(edge for edge in into(graph, "rule:for_domain_terms") if edge.barred)
    assert (exception.state, states(graph)["rule:for_domain_terms"]) == ("taken", "passed_by")
    held = network(guide(), CLINIC)
    assert next(edge.state for edge in into(held, "rule:for_domain_terms") if edge.barred) == "passed_by"


def test_an_open_case_shows_what_waits() -> None:
    graph = network(guide(), {name: value for name, value in CLINIC.items() if name != "examples"})
    found = states(graph)
    assert found["rule:lora_for_moderate_domain_data"] == found["subject:data_volume"] == found["decision"] == "open"
    assert {edge.source for edge in into(graph, "decision") if edge.state == "open"} == {
        "option:prompt",
        "option:lora",
        "option:full",
    }


def test_an_edge_says_when_a_policy_chose() -> None:
    advisor = Advisor(
        written(
            framed(
                facts=[fact("f", "yes_no"), fact("g", "yes_no")],
                decisions=[decision("d", ["a", "b", "c"], "c", {"prefer": ["b", "a"]})],
                rules=[
                    rule("ra", propose={"d": "a"}, **{"if": {"f": "yes"}}),
                    rule("rb", propose={"d": "b"}, **{"if": {"g": "yes"}}),
                ],
            )
        )
    )
    chosen = {edge.label: edge.source for edge in into(network(advisor, {"f": True, "g": True}), "decision")}
    assert chosen["preference"] == "option:b"
    chosen = {edge.label: edge.source for edge in into(network(advisor, {"f": False, "g": False}), "decision")}
    assert chosen["fallback"] == "option:c"


def test_a_condition_that_fails_in_one_alternative_does_not_count_against_a_rule_that_another_carries() -> None:
    advisor = Advisor(
        written(
            framed(
                facts=[fact("f", "yes_no"), fact("g", "yes_no")],
                decisions=[decision("d", ["a", "b"], "b", "refer")],
                rules=[rule("r", propose={"d": "a"}, any_of=[{"f": "yes"}, {"g": "yes"}])],
            )
        )
    )
    assert [edge.state for edge in into(network(advisor, {"f": True, "g": False}), "rule:r")] == ["taken", "passed_by"]
    assert [edge.state for edge in into(network(advisor, {"f": False, "g": False}), "rule:r")] == ["ruled_out"] * 2


@tries(40)
@given(rulebook=rulebooks, data=st.data())
def test_the_network_of_each_decision_says_what_the_rules_mean(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    facts = data.draw(partial_facts(rulebook.vocabulary))
    answer, means = advisor.recommend(facts), meaning(rulebook, facts.knowledge)
    for name in answer.decisions:
        graph = inference(Speaker(rulebook, "en"), name, answer)
        assert max(Counter(node.id for node in graph.nodes).values()) == 1
        speak = {rule.id for rule in rulebook.rules if name in rule.propose or name in rule.rule_out}
        rules = {node.id.removeprefix("rule:"): node.state for node in graph.nodes if node.shape == "rule"}
        assert speak <= set(rules)
        assert rules == {each: STATES[means.rules[each]] for each in rules}
        for each, state in rules.items():
            why_not = {
                edge.barred
                for edge in into(graph, f"rule:{each}")
                if edge.state == ("taken" if edge.barred else "ruled_out")
            }
            assert why_not if state == "passed_by" else False not in why_not  # a part of an exception may hold


@tries(25)
@given(rulebook=rulebooks, data=st.data())
def test_what_is_assumed_is_told_apart_from_what_is_given(rulebook: Rulebook, data: st.DataObject) -> None:
    answer = Advisor(rulebook).recommend(data.draw(partial_facts(rulebook.vocabulary)))
    for name in rulebook.decision:
        graph = inference(Speaker(rulebook, "en"), name, answer)
        labels = {node.id: node.label for node in graph.nodes}
        for subject, tested in rulebook.vocabulary.fact_of.items():
            box, assumed = f"subject:{subject}", answer.facts[tested.fact].state == "assumed"
            rests_on_it = tested.fact in answer.decisions[name].rests_on
            if box in labels:
                assert labels[box].endswith(", assumed") == rests_on_it
                assert labels[box].endswith(", assumed, changes nothing") == (assumed and not rests_on_it)
                taken = [edge for edge in graph.leaving[box] if edge.state == "taken"]
                assert all(edge.assumed == rests_on_it for edge in taken)


@pytest.mark.slow
@tries(20)
@given(rulebook=rulebooks)
def test_dot_and_mermaid_draw_the_same_network(rulebook: Rulebook) -> None:
    advisor = Advisor(rulebook)
    networks = [network(advisor, name=name) for name in advisor.diagram.advice]
    for graph in (*networks, decisions(Speaker(rulebook, "en"))):
        assert drawn.of_dot(dot(graph)) == drawn.of_mermaid(mermaid(graph)) == drawn.of_graph(graph)


def test_decisions_rest_on_the_facts_that_their_rules_test() -> None:
    graph = decisions(Speaker(guide().rulebook, "en"), guide().advise(CLINIC))
    assert graph.nodes[-1].label == "Which approach fits the task? (LoRA fine-tuning)"
    assert {edge.source for edge in graph.edges} == {
        fact.fact for fact in guide().rulebook.vocabulary.facts if not fact.used_for
    }
    chained = written(
        framed(
            facts=[fact("f", "yes_no")],
            decisions=[decision("d", ["a", "b"], "b", "refer"), decision("e", ["a", "b"], "b", "refer")],
            rules=[
                rule("r", propose={"d": "a"}, **{"if": {"f": "yes"}}),
                rule("s", propose={"e": "a"}, **{"if": {"d": "a"}}),
            ],
        )
    )
    found = decisions(Speaker(chained, "en"))
    assert [(edge.source, edge.target) for edge in found.edges] == [("f", "d"), ("d", "e")]
