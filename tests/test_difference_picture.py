"""The picture of a difference shows what becomes of every task, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given

from whytune.diagrams.difference import difference as drawn
from whytune.diagrams.graph import Graph
from whytune.diagrams.outline import outline
from whytune.edits import changes, pictures_of
from whytune.engine import Rulebook, WhytuneError, load
from whytune.engine.review.difference import Compared, compare, difference
from whytune.engine.review.difference.advice_changes import changed_ways
from whytune.engine.words.speaker import Speaker
from whytune.prose import difference as prose
from whytune.prose import markdown
from whytune.prose.difference import EditReport
from whytune.prose.two_speakers import two_speakers

from .drawn import of_graph, of_mermaid
from .generated import decision, edited, fact, framed, rule, written
from .test_difference import SLOW, Pair, Task, counted

EDITS = Path(__file__).parent / "edits"
SAME = "Same advice as before"


def picture(old: Rulebook, new: Rulebook, name: str = "answer", language: str = "en") -> Graph:
    compared = compare(old, new)
    return drawn(compared, name, Speaker(old, language), Speaker(new, language))


def fate(compared: Compared, name: str, task: Task) -> object:
    """The leaf to which a task leads; a fact that does not apply to it may have any value."""
    cells = compared.new.ground.cells
    ways = compared.new.ground.in_common(changed_ways(compared.old.diagram, compared.new.diagram, name))
    while not ways.is_constant:
        fact = ways.fact
        domain = {
            **compared.new.ground.domains(compared.old.rulebook),
            **compared.new.ground.domains(compared.new.rulebook),
        }
        cell = domain[fact].cell_of(task[fact]) if fact in task else len(cells[fact]) - 1
        ways = ways.parts[cell]
    return ways.value


@SLOW
@given(pair=edited())
def test_every_task_leads_to_what_becomes_of_its_advice(pair: Pair) -> None:
    every = counted(*pair)
    for name in {*every.compared.old.diagram.advice, *every.compared.new.diagram.advice}:
        ways = [(was.get(name), now.get(name)) for was, now in zip(every.before, every.after, strict=True)]
        expected = [None if was == now else (was, now) for was, now in ways]
        assert [fate(every.compared, name, task) for task in every.tasks] == expected
        graph = drawn(every.compared, name, *(Speaker(book, "en") for book in pair))
        assert len([node for node in graph.nodes if node.shape == "outcome"]) == len(set(expected))
        assert all(len(leaving) != 1 for leaving in graph.leaving.values())
        labels = [[edge.label for edge in leaving] for leaving in graph.leaving.values()]
        assert all(len(set(each)) == len(each) and all(each) for each in labels)


def test_a_moved_threshold_in_both_languages() -> None:
    old, new = (load(str(EDITS / edit)) for edit in ("old", "threshold"))
    assert outline(picture(old, new)).splitlines()[3:] == [
        "What is it about?",
        "  -> a bill: 1. How much money is at stake?",
        f"    -> below 100, or 150 or more: {SAME}",
        "    -> 100 to below 150: 2. Does a lawyer write?",
        f"      -> yes: {SAME}",
        "      -> no: A clerk → A template",
        f"  -> a fault, praise: {SAME}",
    ]
    said = outline(picture(old, new, language="zh"))
    assert "职员 → 模板" in said
    assert "建议不变" in said


def test_what_one_rulebook_does_not_know_is_left_out_and_a_lost_decision_is_nobodys() -> None:
    said = outline(picture(load(str(EDITS / "old")), load(str(EDITS / "fact"))))
    assert "praise" not in said  # a value that is gone
    assert "Has it been answered before?" in said  # a fact that is new
    assert "A clerk → Nobody" in said
    old, new = (
        written(
            framed(
                facts=[fact("sunny", "yes_no")],
                decisions=[decision(name, ["a", "b"], "b", "refer") for name in names],
                rules=[rule("r", **{"if": {"sunny": "yes"}}, propose={"d": "a"})],
            )
        )
        for names in (("d",), ("d", "e"))
    )
    assert [node.label for node in picture(new, old, "e").nodes] == ["b → not decided"]
    assert [node.label for node in picture(old, new, "e").nodes] == ["not decided → b"]
    assert [node.label for node in picture(old, new, "d").nodes] == [SAME]


def test_the_decision_drawn_is_the_last_that_changes_or_the_one_asked_for() -> None:
    old, new = (load(str(EDITS / edit)) for edit in ("old", "threshold"))
    compared = compare(old, new)
    found, both = difference(compared), two_speakers(old, new, "new", "en")
    assert changes(found, compared, both, None) == changes(found, compared, both, "answer") == picture(old, new)
    with pytest.raises(WhytuneError, match="unknown decision `anser`"):
        changes(found, compared, both, "anser")


@pytest.mark.slow
def test_a_comment_holds_the_picture_that_mermaid_reads() -> None:
    old, new = (load(str(EDITS / edit)) for edit in ("old", "threshold"))
    compared = compare(old, new)
    found, both = difference(compared), two_speakers(old, new, "new", "en")
    report = EditReport(found, None, None, both, None, pictures=pictures_of(found, compared, both))
    said = markdown.text(prose.difference(report))
    (text,) = re.findall(r"^```mermaid\n(.*?)^```$", said, re.DOTALL | re.MULTILINE)
    assert of_mermaid(text).edges == of_graph(picture(old, new)).edges
