"""A diagram may ask in another order than the questions have: it gets smaller, and nothing that is told changes."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.advice.explanations.flips import flips
from whytune.engine.advice.explanations.next_question import next_question
from whytune.engine.advice.explanations.sufficient_reason import sufficient_reason
from whytune.engine.meaning import study
from whytune.engine.meaning.diagram import MAX_NODES_TOGETHER, DecisionDiagram, Ground
from whytune.engine.meaning.diagram.arrangement import close_together, is_wide, width
from whytune.engine.meaning.regions import Share
from whytune.engine.meaning.study import common_ground
from whytune.engine.review.checks import examine
from whytune.engine.review.difference import compare
from whytune.engine.review.examination import Examination

from .counting import counted_share
from .generated import decision, fact, framed, partial_facts, rule, rulebooks, written
from .laws import tries
from .looks import sampled

TODAY = date(2026, 11, 30)


def in_a_row(facts: list[str], seed: int) -> Rulebook:
    """A rulebook of sixty rules, each over three of five neighbours in a row of facts that are declared in disorder."""
    chance = random.Random(seed)
    rules: list[dict[str, Any]] = []
    for index in range(60):
        first = index * (len(facts) - 4) // 60
        tests = {name: chance.choice(["yes", "no"]) for name in chance.sample(facts[first : first + 5], 3)}
        effect = chance.choice(["propose", "propose", "rule_out"])
        rules.append(rule(f"r{index}", **{"if": tests, effect: {"d": chance.choice("abc")}}))
    declared = [fact(name, "yes_no") for name in chance.sample(facts, len(facts))]
    return written(framed(facts=declared, decisions=[decision("d", [*"abc"], "a", ["b", "c"])], rules=rules))


@pytest.mark.parametrize("seed", sampled(range(2), 2))
def test_neighbours_are_found_whatever_the_order_of_the_declarations(seed: int) -> None:
    facts = [f"f{index}" for index in range(16)]
    rulebook = in_a_row(facts, seed)
    order = close_together(tuple(rulebook.vocabulary.domains), [rulebook])
    assert sorted(order) == sorted(facts)
    steps = [abs(facts.index(one) - facts.index(other)) for one, other in pairwise(order)]
    assert max(steps) <= 5
    rearranged, declared = (
        len(DecisionDiagram(rulebook, ground=Ground(rulebook, order=way)).ground.diagrams) for way in (order, None)
    )
    assert rearranged < declared / 2
    fitting = DecisionDiagram(rulebook, max_nodes=declared // 2)
    assert fitting.ground.order == order
    assert tuple(fitting.ground.cells) == tuple(rulebook.vocabulary.domains)
    assert DecisionDiagram(rulebook, max_nodes=declared + 1).ground.order is None


@pytest.mark.slow
def test_rulebooks_are_compared_in_an_order_in_which_they_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = in_a_row([f"f{index}" for index in range(14)], 1)
    fewer = replace(rulebook, rules=rulebook.rules[1:])

    def changed() -> tuple[bool, Share]:
        old, new = compare(fewer, rulebook)
        moved = old.diagram.advice["d"].differs(new.diagram.advice["d"])
        return new.ground.order is None, counted_share(new.atlas.share(moved))

    (is_as_declared, share), size = changed(), len(common_ground(fewer, rulebook).diagrams)
    assert is_as_declared
    assert share.tasks
    monkeypatch.setattr(study, "MAX_NODES_TOGETHER", size - 1)
    assert changed() == (False, share)


def in_a_chain(length: int) -> Rulebook:
    """A rulebook of decisions each of which tests a fact of its own and the advice on the one before it."""
    chance = random.Random(7)
    rules: list[dict[str, Any]] = []
    for at, option in product(range(length), "abca"):
        tests = {f"f{at}": chance.choice(["yes", "no"])} | ({f"d{at - 1}": chance.choice("abc")} if at else {})
        rules.append(rule(f"r{len(rules)}", propose={f"d{at}": option}, **{"if": tests}))
    decisions = [decision(f"d{at}", [*"abc"], "a", {"prefer": [*"cba"]}) for at in range(length)]
    return written(framed(facts=[fact(f"f{at}", "yes_no") for at in range(length)], decisions=decisions, rules=rules))


def test_facts_of_earlier_decisions_come_last_so_that_a_chain_takes_few_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    book = in_a_chain(30)
    facts = tuple(book.vocabulary.domains)
    order = close_together(facts, [book])
    assert order == facts[::-1]
    declared = common_ground(book)
    monkeypatch.setattr(study, "FEW_NODES", len(declared.diagrams) // 2)
    arranged = common_ground(book)
    assert (declared.order, arranged.order) == (None, order)
    assert len(arranged.diagrams) < len(declared.diagrams) / 2
    assert arranged.diagrams.max_nodes == MAX_NODES_TOGETHER  # for whatever is asked of it then


@pytest.mark.slow
def test_a_diagram_that_would_keep_many_facts_in_mind_is_not_tried_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    chance, names = random.Random(5), [f"f{at}" for at in range(60)]
    tested = [dict.fromkeys(chance.sample(names, 2), "yes") for _ in range(200)]
    rules = [rule(f"r{at}", propose={"d": "a"}, **{"if": tests}) for at, tests in enumerate(tested)]
    facts = [fact(name, "yes_no") for name in names]
    scattered = written(framed(facts=facts, decisions=[decision("d", [*"ab"], "b", {"prefer": [*"ab"]})], rules=rules))
    row = in_a_row(names[:40], 0)
    assert is_wide(close_together(tuple(names), [scattered]), [scattered])
    assert not is_wide(close_together(tuple(names[:40]), [row]), [row])
    monkeypatch.setattr("whytune.engine.meaning.diagram.MAX_NODES_WIDE", 300)
    with pytest.raises(WhytuneError, match="passes 300 nodes"):
        DecisionDiagram(scattered)
    assert len(DecisionDiagram(row, max_nodes=8_000).ground.diagrams) > 300


@tries(40)
@given(rulebook=rulebooks, data=st.data())
def test_no_answer_depends_on_the_order_in_which_a_diagram_asks(rulebook: Rulebook, data: st.DataObject) -> None:
    order = tuple(data.draw(st.permutations(list(rulebook.vocabulary.domains))))
    as_declared, otherwise = Advisor(rulebook), Advisor(rulebook)
    otherwise.__dict__["diagram"] = DecisionDiagram(rulebook, ground=Ground(rulebook, order=order))
    facts = data.draw(partial_facts(rulebook.vocabulary))
    assert otherwise.recommend(facts) == as_declared.recommend(facts)
    for name in rulebook.decision:
        assert flips(otherwise, facts, name) == flips(as_declared, facts, name)
        assert sufficient_reason(otherwise, facts, name) == sufficient_reason(as_declared, facts, name)
        asked, asked_otherwise = (next_question(one, facts, name) for one in (as_declared, otherwise))
        assert asked_otherwise._replace(remaining=asked.remaining) == asked
        assert asked_otherwise.remaining >= asked.remaining


@pytest.mark.slow
@tries(20)
@given(rulebook=rulebooks, data=st.data())
def test_no_finding_depends_on_the_order_in_which_a_diagram_asks(rulebook: Rulebook, data: st.DataObject) -> None:
    order = tuple(data.draw(st.permutations(list(rulebook.vocabulary.domains))))
    findings = [
        [(one.code, one.about, one.message, one.regions and one.regions.share) for one in examine(examined)]
        for examined in (
            Examination(rulebook, TODAY),
            Examination(rulebook, TODAY, shared=Ground(rulebook, order=order)),
        )
    ]
    assert findings[0] == findings[1]


def test_a_rulebook_without_facts_is_checked_and_compared() -> None:
    way = decision("way", ["go", "stay"], "stay", {"prefer": ["go", "stay"]})
    book = written(framed(facts=[], decisions=[way], rules=[rule("always", **{"if": "always"}, propose={"way": "go"})]))
    assert close_together((), (book,)) == ()
    assert width((), (book,)) == 0
    assert common_ground(book, book).cells == {}
    examine(Examination(book, date(2027, 1, 1)))
