"""The flowchart is the rules: the guide's own chart for its framework, and the way to the advice for every case."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.diagrams.dot import dot
from whytune.diagrams.flowchart import CLOSING, OPENING, flowchart
from whytune.diagrams.graph import Edge, Graph
from whytune.diagrams.mermaid import mermaid
from whytune.engine import Advisor, Rulebook, load
from whytune.engine.language.case import complete
from whytune.engine.words.speaker import Speaker

from . import drawn
from .generated import decision, fact, framed, full_cells, partial_facts, rule, rulebooks, written
from .laws import tries
from .looks import tabled

CHART = json.loads((Path(__file__).parent / "data" / "flowchart.json").read_text())
ENGLISH = {
    "需要 LLM 能力": "An LLM capability is needed",
    "Prompt 能解决吗?": "Can a prompt solve it?",
    "提示工程": "Prompt engineering",
    "需要外部知识?": "Needs external knowledge?",
    "RAG 检索增强": "RAG (retrieval)",
    "需要什么?": "What is needed?",
    "微调": "Fine-tuning",
    "数据量够吗?": "Is there enough data?",
    "LoRA 微调": "LoRA fine-tuning",
    "全量微调": "Full fine-tuning",
    "部署使用": "Deploy and use",
    "": "",
    "特定风格/格式": "specific style/format",
    "降低延迟/成本": "lower latency/cost",
    "领域专业知识": "domain expertise",
    "少于100条": "fewer than 100",
    "100-10000条": "100 to 9,999",
    "万条以上": "10,000 or more",
    "不够": "not enough",
}
YES_OR_NO = {"是": "yes", "不是": "no"}


@cache
def framework() -> Advisor:
    return Advisor(load("guide").only("framework"))


@cache
def guide() -> Advisor:
    return Advisor(load("guide"))


def chart(
    advisor: Advisor, language: str = "en", name: str | None = None, facts: Mapping[str, Any] | None = None
) -> Graph:
    answer = advisor.advise(facts) if facts is not None else None
    name = name or next(iter(advisor.diagram.advice))
    return flowchart(advisor.inquiry(name), Speaker(advisor.rulebook, language), answer)


# the guide's own chart


def test_the_framework_is_the_chart_of_the_guide() -> None:
    expected = drawn.of_fixture(CHART)
    assert (expected.nodes.total(), expected.edges.total()) == (11, 16)
    graph = chart(framework(), "zh")
    assert drawn.of_graph(graph) == expected
    assert drawn.of_dot(dot(graph)) == expected
    assert drawn.of_mermaid(mermaid(graph)) == expected


def test_in_english_it_is_the_same_chart_with_english_labels() -> None:
    words = {drawn.letters(zh): drawn.letters(en) for zh, en in (ENGLISH | YES_OR_NO).items()}
    chinese = drawn.of_fixture(CHART)
    nodes = Counter((words[label], shape, style) for label, shape, style in chinese.nodes.elements())
    edges = Counter((words[source], words[label], words[target]) for source, label, target in chinese.edges.elements())
    graph = chart(framework())
    for found in (drawn.of_graph(graph), drawn.of_dot(dot(graph)), drawn.of_mermaid(mermaid(graph))):
        assert found == drawn.Drawn(nodes, edges)


# laws


@tries(30)
@given(rulebook=rulebooks)
def test_dot_and_mermaid_draw_the_same_graph(rulebook: Rulebook) -> None:
    advisor = Advisor(rulebook)
    for name in advisor.diagram.advice:
        graph = chart(advisor, name=name)
        assert drawn.of_dot(dot(graph)) == drawn.of_mermaid(mermaid(graph)) == drawn.of_graph(graph)


@tries(50)
@given(rulebook=rulebooks, seed=st.integers(0, 2**32))
def test_every_full_case_walks_to_its_advice(rulebook: Rulebook, seed: int) -> None:
    advisor = Advisor(rulebook)
    cells = list(islice(full_cells(rulebook.vocabulary), 1_000))
    for values in random.Random(seed).sample(cells, min(len(cells), 10)):
        answer = advisor.recommend(complete(rulebook.vocabulary, values))
        for name, expand in product(answer.decisions, (False, True)):
            graph = flowchart(advisor.inquiry(name, expand=expand), Speaker(rulebook, "en"), answer)
            end = walked(graph)
            assert end == f"option:{answer.decisions[name].outcome}"
            assert [node.id for node in graph.nodes if node.state == "taken" and node.shape == "outcome"] == [end]


def walked(graph: Graph) -> str:
    """Where the taken edges lead from the first node; there is never a choice between two of them."""
    leaving, place = graph.leaving, graph.nodes[0].id
    while taken := [edge for edge in leaving[place] if edge.state == "taken"]:
        assert len(taken) == 1
        assert not any(edge.state == "open" for edge in leaving[place])
        place = taken[0].target
    return place


@tries(50)
@given(rulebook=rulebooks, data=st.data())
def test_an_advice_that_is_settled_rests_on_nothing_assumed_in_its_picture(
    rulebook: Rulebook, data: st.DataObject
) -> None:
    advisor = Advisor(rulebook)
    answer = advisor.recommend(data.draw(partial_facts(rulebook.vocabulary)))
    speaker = Speaker(rulebook, "en")
    for (name, outcome), expand in product(answer.decisions.items(), (False, True)):
        graph = flowchart(advisor.inquiry(name, expand=expand), speaker, answer)
        assert not outcome.rests_on or outcome.status != "settled"
        for edge in graph.edges:
            assert not edge.assumed or outcome.rests_on
            assert edge.assumed == edge.label.endswith(", assumed")


def test_what_is_assumed_without_effect_is_no_assumption_that_the_advice_rests_on() -> None:
    private = {"private_data": True, "can_anonymise": False, "latest_knowledge": False, "good_examples": 100}
    graph = chart(guide(), facts={**CLINIC, **private})
    idle = [edge for edge in graph.edges if edge.state == "taken" and edge.label.endswith(", assumed, changes nothing")]
    assert idle
    assert not any(edge.assumed for edge in graph.edges)


@tries(50)
@given(rulebook=rulebooks, data=st.data())
def test_what_remains_possible_is_what_can_be_walked_to(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    answer = advisor.recommend(data.draw(partial_facts(rulebook.vocabulary)))
    for (name, outcome), expand in product(answer.decisions.items(), (False, True)):
        graph = flowchart(advisor.inquiry(name, expand=expand), Speaker(rulebook, "en"), answer)
        reached = {
            node.id.removeprefix("option:")
            for node in graph.nodes
            if node.shape == "outcome" and node.state in ("taken", "open")
        }
        assert reached == set(outcome.possible_as_assumed)
        assert any(node.state == "open" for node in graph.only_way().nodes) >= (outcome.status == "open")


@tries(50)
@given(rulebook=rulebooks)
def test_without_a_case_every_node_is_reached_and_every_cell_leaves_once(rulebook: Rulebook) -> None:
    advisor = Advisor(rulebook)
    for name in rulebook.decision:
        graph, asked = chart(advisor, name=name), advisor.inquiry(name)
        leaving, seen, waiting = graph.leaving, set(), [graph.nodes[0].id]
        while waiting:
            place = waiting.pop()
            seen.add(place)
            waiting += [edge.target for edge in leaving[place] if edge.target not in seen]
        assert seen == {node.id for node in graph.nodes}
        assert {node.state for node in graph.nodes} | {edge.state for edge in graph.edges} == {"plain"}
        for index, part in enumerate(asked.root.below()):
            if not part.is_constant:
                edges = leaving[f"question:{index}"]
                assert len({edge.target for edge in edges}) == len({part.parts[cell] for cell in asked.cells[part]})
                assert len({edge.label for edge in edges}) == len(edges)


# what stands on the edges


def colours(**more: Any) -> dict[str, Any]:
    values = ["red", "pink", "blue", "green", "grey"]
    return fact("colour", "choice", values=values, labels={value: value for value in values}, **more)


def tiny(facts: list[dict[str, Any]], **conditions: Any) -> Rulebook:
    """One option for the conditions, the other for all else."""
    return written(
        framed(
            facts=facts,
            decisions=[decision("d", ["left", "right"], "right", "refer")],
            rules=[rule("r", propose={"d": "left"}, **{"if": conditions})],
        )
    )


def labels(graph: Graph) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for edge in graph.edges:
        found.setdefault(edge.target.removeprefix("option:"), []).append(edge.label)
    return found


def test_values_without_a_group_share_an_edge_that_lists_them() -> None:
    assert labels(chart(Advisor(tiny([colours()], colour=["red", "blue"])))) == {
        "left": ["red, blue"],
        "right": ["pink, green, grey"],
    }


def test_groups_keep_edges_of_their_own_though_they_lead_to_the_same_node() -> None:
    groups = [
        {"group": "warm", "values": ["red", "pink"], "label": "warm ones"},
        {"group": "cool", "values": ["blue", "green"], "label": "cool ones"},
    ]
    assert labels(chart(Advisor(tiny([colours(groups=groups)], colour=["warm", "cool"])))) == {
        "left": ["warm ones", "cool ones"],
        "right": ["grey"],
    }
    assert labels(chart(Advisor(tiny([colours(groups=groups)], colour=["warm", "blue"])))) == {
        "left": ["warm ones", "blue"],
        "right": ["green, grey"],
    }


BAND = {"band": "size", "values": ["small", "medium", "big"], "cut_at": ["10", "20"], "ask": "How big?"}


def test_bands_show_their_labels_and_ask_their_own_question() -> None:
    said = {"small": "tiny", "medium": "so-so", "big": "huge"}
    graph = chart(Advisor(tiny([fact("n", "whole_number", bands=[BAND | {"labels": said}])], size=["small", "big"])))
    assert labels(graph) == {"left": ["tiny, or huge"], "right": ["so-so"]}
    assert graph.nodes[0].label == "How big?"


def test_bands_without_labels_show_their_bounds_joined() -> None:
    graph = chart(Advisor(tiny([fact("n", "whole_number", bands=[BAND])], size=["medium", "big"])))
    assert labels(graph) == {"left": ["10 or more"], "right": ["below 10"]}


def test_labels_that_only_say_bounds_are_joined_to_bounds() -> None:
    said = {"small": "fewer than 10", "medium": "10 to 19", "big": "20 or more"}
    band = fact("n", "whole_number", bands=[BAND | {"labels": said}])
    graph = chart(Advisor(tiny([band], size=["medium", "big"])))
    assert labels(graph) == {"left": ["10 or more"], "right": ["fewer than 10"]}
    graph = chart(Advisor(tiny([band], size=["small", "big"])))
    assert labels(graph) == {"left": ["fewer than 10, or 20 or more"], "right": ["10 to 19"]}
    band = fact("n", "whole_number", bands=[BAND | {"labels": said | {"big": "huge"}}])
    graph = chart(Advisor(tiny([band], size=["medium", "big"])))
    assert labels(graph) == {"left": ["10 to 19, or huge"], "right": ["fewer than 10"]}


def test_two_bands_on_one_number_fall_back_to_its_question_and_to_intervals() -> None:
    said = {"labels": {"small": "tiny", "medium": "so-so", "big": "huge"}}
    other = {
        "band": "weight",
        "values": ["light", "heavy"],
        "cut_at": ["15"],
        "ask": "How heavy?",
        "labels": {"light": "light", "heavy": "heavy"},
    }
    number = fact("n", "whole_number", bands=[BAND | said, other])
    graph = chart(Advisor(tiny([number], size="medium", weight="light")))
    assert graph.nodes[0].label == "n?"
    assert labels(graph) == {"left": ["10 to below 15"], "right": ["below 10, or 15 or more"]}
    graph = chart(Advisor(tiny([number], weight="heavy")))
    assert graph.nodes[0].label == "How heavy?"
    assert labels(graph) == {"left": ["heavy"], "right": ["light"]}


def scored(*bands: dict[str, Any]) -> Rulebook:
    """A score cut by several bands, of which one decision tests the first and another one the last two."""
    numbers = [fact("score", "whole_number", bands=[{"ask": f"{band['band']}?", **band} for band in bands])]
    first, *others = (band["band"] for band in bands)
    tested = {first: "discount", **dict.fromkeys(others, "routing")}
    return written(
        framed(
            facts=numbers,
            decisions=[decision(name, ["grant", "keep"], "keep", "refer") for name in ("discount", "routing")],
            rules=[rule(band, propose={name: "grant"}, **{"if": {band: "low"}}) for band, name in tested.items()],
        )
    )


WIDE = {"band": "wide", "cut_at": ["580", "700"], "values": ["low", "mid", "high"]}
NARROW = {"band": "narrow", "cut_at": ["580"], "values": ["low", "high"]}


@pytest.mark.parametrize("asked", [(WIDE, NARROW), (NARROW, WIDE)], ids=["wide first", "narrow first"])
def test_a_box_asks_by_a_band_that_its_decision_tests(asked: tuple[dict[str, Any], dict[str, Any]]) -> None:
    advisor = Advisor(scored(*(band | {"labels": {"low": f"low in {band['band']}"}} for band in asked)))
    for name, band in (("discount", asked[0]["band"]), ("routing", asked[1]["band"])):
        graph = chart(advisor, name=name)
        assert graph.nodes[0].label == f"{band}?"
        assert labels(graph)["grant"] == [f"low in {band}"]
        assert band in graph.nodes[0].tooltip
        assert graph.nodes[0].tooltip.count("says so") == 1  # no rule of the other decision stands behind the box


def test_of_the_bands_that_a_decision_tests_the_one_with_the_fewest_idle_cuts_asks() -> None:
    other = {"band": "other", "cut_at": ["300"], "values": ["low", "high"]}
    for pair in ([WIDE, NARROW], [NARROW, WIDE]):
        assert chart(Advisor(scored(other, *pair)), name="routing").nodes[0].label == "narrow?"


def test_where_no_tested_band_tells_the_answers_apart_the_number_itself_is_asked_for() -> None:
    both = {"band": "both", "cut_at": ["580", "700"], "values": ["low", "mid", "high"]}
    upper = {"band": "upper", "cut_at": ["700"], "values": ["low", "high"]}
    tested = tiny(
        [fact("score", "whole_number", ask="Score?", bands=[both, NARROW, upper])], narrow="high", upper="low"
    )
    graph = chart(Advisor(tested))
    assert graph.nodes[0].label == "Score?"
    assert labels(graph) == {"left": ["580 to below 700"], "right": ["below 580, or 700 or more"]}


# the way of a case

CLINIC = {"prompt_enough": False, "external_knowledge": False, "need": "domain_terms", "examples": 100}


def test_the_way_shows_values_and_assumptions() -> None:
    graph = chart(guide(), facts=CLINIC)
    way = [edge for edge in graph.edges if edge.state == "taken"]
    assert [edge.label for edge in way][:5] == [
        "",
        "not enough",
        "no",
        "domain expertise (understanding of domain terms)",
        "100 to 9,999 (100 examples)",
    ]
    assert [edge.assumed for edge in way] == [False] * 5 + [edge.label.endswith(", assumed") for edge in way[5:]]
    assert any(edge.assumed for edge in way)
    assert graph.nodes[0].id == OPENING
    assert way[-1].target == CLOSING
    assert graph.description == "Advice: LoRA fine-tuning"


def test_an_unknown_fact_leaves_its_branches_open_and_says_so() -> None:
    graph = chart(guide(), facts={name: value for name, value in CLINIC.items() if name != "examples"})
    asked = next(node for node in graph.nodes if node.label.startswith("Is there enough data?"))
    assert (asked.label, asked.state) == ("Is there enough data? (not known)", "taken")
    assert {edge.state for edge in graph.leaving[asked.id]} == {"open"}
    assert {node.label for node in graph.nodes if node.shape == "outcome" and node.state == "open"} == {
        "Prompt engineering",
        "LoRA fine-tuning",
        "Full fine-tuning",
    }
    assert graph.nodes[-1].state == "open"


def test_an_open_question_that_no_longer_matters_still_ends_at_the_advice() -> None:
    rulebook = tiny([fact("f", "yes_no"), fact("g", "yes_no")], f="yes", g="yes")
    graph = chart(Advisor(rulebook), facts={"g": False})
    assert {node.id: node.state for node in graph.nodes if node.shape == "outcome"} == {
        "option:right": "taken",
        "option:left": "passed_by",
    }


def test_an_option_that_was_proposed_and_ruled_out_says_by_which_rule() -> None:
    graph = chart(guide(), facts=CLINIC | {"need": "brand_tone", "latest_knowledge": True})
    note = next(node for node in graph.nodes if node.shape == "note")
    assert note.label == "Fine-tuning is ruled out by “Do not fine-tune where the latest knowledge is needed”"
    hung = [(edge.source, edge.state) for edge in graph.edges if edge.target == note.id]
    assert hung == [("option:fine_tune", "ruled_out")]
    assert next(node.state for node in graph.nodes if node.id == "option:fine_tune") == "ruled_out"
    kept = graph.only_way()
    assert {node.state for node in kept.nodes} == {"taken", "ruled_out"}
    assert note in kept.nodes


@tabled("facts", [{}, CLINIC, CLINIC | {"need": "brand_tone", "latest_knowledge": True}, {"need": "latency"}])
def test_only_the_way_keeps_all_that_is_not_passed_by_and_nothing_loose(facts: dict[str, Any]) -> None:
    graph = chart(guide(), facts=facts)
    kept = graph.only_way()
    assert {edge for edge in graph.edges if edge.state in ("taken", "open")} == {
        edge for edge in kept.edges if edge.state in ("taken", "open")
    }
    ends = {end for edge in kept.edges for end in (edge.source, edge.target)}
    assert {node.id for node in kept.nodes} == ends
    assert "passed_by" not in {node.state for node in kept.nodes} | {edge.state for edge in kept.edges}


def test_names_of_options_cannot_be_taken_for_other_nodes() -> None:
    options = ["opening", "closing", "q0", "note_left"]
    rulebook = written(
        framed(
            facts=[colours()],
            decisions=[decision("d", options, "opening", "refer") | {"opening": "in", "closing": "out"}],
            rules=[
                rule(f"r{index}", propose={"d": option}, **{"if": {"colour": value}})
                for index, (option, value) in enumerate(zip(options, ["red", "pink", "blue", "green"], strict=True))
            ],
        )
    )
    graph = chart(Advisor(rulebook))
    assert len({node.id for node in graph.nodes}) == len(graph.nodes) == 7
    assert drawn.of_dot(dot(graph)).edges == drawn.of_graph(graph).edges


def test_questions_and_edges_lead_to_their_rules() -> None:
    advisor = guide()

    def link(place: tuple[str, ...]) -> str:
        return ":".join(place)

    graph = flowchart(advisor.inquiry("approach"), Speaker(advisor.rulebook, "en"), None, link)
    first = graph.leaving[graph.nodes[1].id][0]
    assert (first.label, first.link) == ("yes", "rule:prompt_is_enough")
    assert first.tooltip.startswith("A well-designed prompt already solves the task")
    assert all(node.link for node in graph.nodes if node.shape != "terminal")


def test_taken_edges_are_marked_in_mermaid_without_colour() -> None:
    graph = chart(guide(), facts=CLINIC)
    strokes = Counter(edge["stroke"] for edge in drawn.parse(mermaid(graph))["edges"])
    assumed = sum(edge.assumed for edge in graph.edges)
    assert strokes == {
        "thick": sum(map(is_taken, graph.edges)) - assumed,
        "dotted": assumed,
        "normal": sum(edge.state == "passed_by" for edge in graph.edges),
    }


def is_taken(edge: Edge) -> bool:
    return edge.state == "taken"
