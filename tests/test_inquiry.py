"""A decision that rests on others asks what they come out as: each way is some task's way to its advice."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from whytune.diagrams.branches import AskedFact, branches
from whytune.diagrams.flowchart import flowchart
from whytune.engine import Advisor, Rulebook
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.engine.meaning.inquiry import Inquiry
from whytune.engine.words.speaker import Speaker

from .generated import rulebooks
from .laws import tries

TASKS = 400


def tasks(diagram: DecisionDiagram, seed: int) -> tuple[list[dict[str, int]], bool]:
    """The cells of every task that can be, or of some; and whether these are all."""
    sizes = {name: len(cells) for name, cells in diagram.ground.cells.items()}
    every = [dict(zip(sizes, cells, strict=True)) for cells in product(*map(range, sizes.values()))]
    some = random.Random(seed).sample(every, min(len(every), TASKS))
    return [cells for cells in some if diagram.ground.possible.holds(cells)], len(every) <= TASKS


def way(asked: Inquiry, task: Mapping[str, int]) -> Iterator[tuple[int, int | str]]:
    """The questions that a task meets, each with the cell in which it goes on; last the outcome."""
    decided = {name: next(iter(asked.diagram.advice[name].values(task))) for name in asked.rests_on}
    cells = {**task, **{name: asked.domains[name].cells.index(outcome) for name, outcome in decided.items()}}
    node = asked.root
    while not node.is_constant:
        yield node.root, cells[node.fact]
        node = node.parts[cells[node.fact]]
    yield node.root, node.value


@tries(40)
@given(rulebook=rulebooks, seed=st.integers(0, 2**32))
def test_the_ways_that_are_drawn_are_those_that_tasks_take_to_their_advice(rulebook: Rulebook, seed: int) -> None:
    advisor = Advisor(rulebook)
    diagram = advisor.diagram
    some, are_all = tasks(diagram, seed)
    for name, advice in diagram.advice.items():
        asked = advisor.inquiry(name)
        taken = set()
        for task in some:
            *questions, (_, outcome) = way(asked, task)
            taken.update(questions)
            assert {outcome} == advice.values(task)
        drawn = {(node.root, cell) for node, cells in asked.cells.items() for cell in cells}
        assert taken == drawn if are_all and asked.rests_on else taken <= drawn


@tries(40)
@given(rulebook=rulebooks)
def test_branches_stand_in_the_declared_order_of_their_values(rulebook: Rulebook) -> None:
    advisor, speaker = Advisor(rulebook), Speaker(rulebook, "en")
    for name in rulebook.decision:
        for expand in (False, True):
            asked = advisor.inquiry(name, expand=expand)
            graph = flowchart(asked, speaker)
            for index, node in enumerate(asked.root.below()):
                if not node.is_constant:
                    question = AskedFact(asked.domains[node.fact], node.parts, asked.cells[node], asked.tested)
                    ways = branches(question, speaker)
                    assert sorted(cell for branch in ways for cell in branch.cells) == sorted(asked.cells[node])
                    firsts = [min(branch.cells) for branch in ways]
                    assert firsts == sorted(firsts)
                    assert [edge.label for edge in graph.leaving[f"question:{index}"]] == [one.label for one in ways]
