"""The flowchart of a ledger: every record goes through it once, and the picture says how many went each way."""

from __future__ import annotations

from collections import Counter

from whytune.diagrams.dot import dot, wordless
from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.graph import Graph
from whytune.diagrams.mermaid import mermaid
from whytune.engine import Advisor
from whytune.engine.language.loading import loads
from whytune.engine.ledger.record import Head, Record
from whytune.engine.ledger.traffic import Traffic, traffic
from whytune.engine.words.speaker import Speaker

from .ledgers import ADVISOR, CASES, FILES, at, drafted

RECORDS = [drafted(case, None).sealed(Head(), at(0)) for case in CASES * 2]
ASKED = ADVISOR.inquiry("lending")
OTHER = loads({"l.yaml": FILES["loans.yaml"].replace(b"cut_at: [20]", b"cut_at: [30]")})


def counted(records: list[Record] = RECORDS, advisor: Advisor = ADVISOR) -> Traffic:
    return traffic(records, advisor, ASKED if advisor is ADVISOR else advisor.inquiry("lending"))


def drawn(found: Traffic) -> Graph:
    return flowchart(ASKED, Speaker(ADVISOR.rulebook, "en"), traffic=found)


def test_every_record_is_followed_to_its_outcome() -> None:
    found = counted()
    assert (found.counted, found.others, found.waiting) == (len(RECORDS), 0, 2)
    reached = {part.value: count for part, count in found.parts.items() if part.is_constant}
    decided = Counter(record.outcomes["lending"] for record in RECORDS)
    assert reached == {name: count for name, count in decided.items() if name != "open"}


def test_records_that_answer_alike_are_counted_as_if_each_were_followed() -> None:
    together, alone = counted(), [counted([record]) for record in RECORDS]
    assert together.waiting == sum(one.waiting for one in alone)
    for counts in ("parts", "cells"):
        assert getattr(together, counts) == sum((Counter(getattr(one, counts)) for one in alone), Counter())


def test_what_comes_to_a_question_leaves_it_or_waits_there() -> None:
    found = counted()
    stayed = 0
    for part, count in found.parts.items():
        if not part.is_constant:
            stayed += count - sum(found.cells.get((part, cell), 0) for cell in range(len(part.parts)))
    assert stayed == found.waiting


def test_a_value_that_was_kept_out_stops_the_way() -> None:
    case = {"member": True, "days": 1, "debt": 5}
    told, closed = (drafted(case, salt).sealed(Head(), at(0)) for salt in (None, b"s" * 32))
    assert counted([told]).waiting == 0
    assert counted([closed]).waiting == 1


def test_records_by_other_rules_are_not_drawn() -> None:
    found = counted(advisor=Advisor(OTHER))
    assert (found.counted, found.others) == (0, len(RECORDS))


def test_the_picture_says_how_many_took_each_way_and_draws_it_wide() -> None:
    graph = drawn(counted())
    first, *_ = graph.edges
    assert (first.label, first.cases, first.share) == ("10", 10, 1.0)
    assert {edge.state for edge in graph.edges if edge.cases == 0} == {"passed_by"}
    assert {edge.state for edge in graph.edges if edge.cases} == {"plain"}
    assert "no (2)" in {edge.label for edge in graph.edges}
    assert graph.nodes[-1].label == "Recorded cases shown: 10; followed only up to a question without an answer: 2"
    for text in (dot(graph), wordless(graph, str)):
        assert "penwidth=10.0" in text
    assert "linkStyle 0 stroke-width:10.0px" in mermaid(graph)
    assert graph.to_dict()["edges"][0]["share"] == 1.0


def test_a_flowchart_without_a_ledger_counts_nothing() -> None:
    graph = flowchart(ASKED, Speaker(ADVISOR.rulebook, "en"))
    assert {(edge.cases, edge.share) for edge in graph.edges} == {(None, None)}
