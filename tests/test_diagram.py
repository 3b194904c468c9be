"""The decision diagram: reduced, canonical, and equal to the meaning in every cell."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook, WhytuneError
from whytune.engine.language.intervals import Interval
from whytune.engine.meaning.diagram import DecisionDiagram, Function, Ground, Variant, Where
from whytune.engine.meaning.diagram.node_store import Diagrams
from whytune.engine.meaning.diagram.nodes import NodeId
from whytune.engine.meaning.semantics import meaning

from .generated import decision, documents, fact, framed, rule, rulebooks, shuffled, written
from .laws import tries

Cells = tuple[int, ...]


def roots(diagram: DecisionDiagram) -> Iterator[NodeId]:
    kinds: tuple[Mapping[Any, Function[Any]], ...] = (
        diagram.rules,
        diagram.conclusions,
        diagram.proposed,
        diagram.ruled_out,
        diagram.stands,
        diagram.advice,
    )
    for kind in kinds:
        yield from (function.root for function in kind.values())


@st.composite
def functions(draw: st.DrawFn) -> tuple[list[tuple[str, int]], dict[Cells, int]]:
    """One to four facts with their numbers of cells, and a value for each combination."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    table = {cells: draw(st.integers(0, 2)) for cells in product(*map(range, sizes))}
    return [(f"f{level}", size) for level, size in enumerate(sizes)], table


def built(store: Diagrams, table: dict[Cells, int], order: list[Cells]) -> NodeId:
    """The function as a diagram, put together cell by cell in this order."""
    root = store.leaf(0)
    for cells in order:
        here = store.all_of(
            store.node(store.level[name], tuple(store.leaf(cell == at) for cell in range(size)))
            for (name, size), at in zip(store.facts, cells, strict=True)
        )
        chosen = store.combine(lambda there, value=table[cells]: value if there else 0, here)
        root = store.combine(max, root, chosen)
    return root


@given(function=functions(), seed=st.integers(0, 2**32))
def test_equal_functions_have_one_root(function: tuple[list[tuple[str, int]], dict[Cells, int]], seed: int) -> None:
    facts, table = function
    store = Diagrams(dict(facts))
    order = list(table)
    first = built(store, table, order)
    random.Random(seed).shuffle(order)
    assert built(store, table, order) == first
    for cells, value in table.items():
        known = dict(zip((name for name, _ in facts), cells, strict=True))
        assert store.outcomes(first, known) == {value}


@given(rulebook=rulebooks)
def test_no_node_is_superfluous(rulebook: Rulebook) -> None:
    diagram = DecisionDiagram(rulebook)
    store = diagram.ground.diagrams
    nodes = {node for root in roots(diagram) for node in store.below(root)}
    inner = [node for node in nodes if not store.is_leaf(node)]
    assert all(len(set(store.children(node))) > 1 for node in inner)
    assert all(len(store.children(node)) == dict(store.facts)[store.fact(node)] for node in inner)
    assert len({(store.fact(node), store.children(node)) for node in inner}) == len(inner)
    leaves = nodes - set(inner)
    assert len({store.value(leaf) for leaf in leaves}) == len(leaves)
    for node in inner:
        below = (store.level[store.fact(child)] for child in store.children(node) if not store.is_leaf(child))
        assert all(level > store.level[store.fact(node)] for level in below)


@tries(50)
@given(document=documents(), seed=st.integers(0, 2**32))
def test_the_order_of_rules_changes_no_node(document: dict[str, Any], seed: int) -> None:
    one, other = DecisionDiagram(written(document)), DecisionDiagram(written(shuffled(document, seed)))
    for name, advice in one.advice.items():
        assert picture(advice) == picture(other.advice[name])


def picture(advice: Function[str]) -> list[Any]:
    """The diagram with its nodes numbered from the root."""
    order = {part: number for number, part in enumerate(advice.below())}
    return [part.value if part.is_constant else (part.fact, [order[child] for child in part.parts]) for part in order]


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_restriction_outcomes_and_what_is_asked(rulebook: Rulebook, data: st.DataObject) -> None:
    """Held against brute force over all cells."""
    diagram = DecisionDiagram(rulebook)
    store = diagram.ground.diagrams
    ranges = [range(size) for _, size in store.facts]
    names = [name for name, _ in store.facts]
    cells = list(product(*ranges))
    assume(len(cells) <= 1_500)
    advice = {at: meaning(rulebook, values(rulebook, at)).advice for at in cells}
    known = {name: data.draw(st.integers(0, size - 1)) for name, size in store.facts if data.draw(st.booleans())}
    inside = [at for at in cells if all(at[names.index(name)] == cell for name, cell in known.items())]
    for decided, function in diagram.advice.items():
        left = function.narrowed(known, diagram.ground.everywhere)
        expected = {advice[at][decided] for at in inside}
        assert function.values(known) == left.values() == function.given(known).values() == expected
        assert left.facts == matter(names, inside, {at: advice[at][decided] for at in inside})
        for at in inside:
            assert left.values(dict(zip(names, at, strict=True))) == {advice[at][decided]}


def values(rulebook: Rulebook, at: Cells) -> dict[str, str]:
    return {
        subject: pieces[cell]
        for domain, cell in zip(rulebook.vocabulary.domains.values(), at, strict=True)
        for subject, pieces in domain.subjects.items()
    }


def matter(names: list[str], cells: list[Cells], value: dict[Cells, str | None]) -> set[str]:
    """The facts of which a change alone can change the value."""
    found = set()
    for position, name in enumerate(names):
        groups: dict[Cells, set[str | None]] = {}
        for at in cells:
            groups.setdefault((*at[:position], *at[position + 1 :]), set()).add(value[at])
        if any(len(group) > 1 for group in groups.values()):
            found.add(name)
    return found


@tries(60)
@given(rulebook=rulebooks)
def test_states_of_rules_and_options(rulebook: Rulebook) -> None:
    diagram = DecisionDiagram(rulebook)
    store = diagram.ground.diagrams
    names = [name for name, _ in store.facts]
    cells = list(product(*(range(size) for _, size in store.facts)))
    for at in random.Random(1).sample(cells, min(len(cells), 40)):
        known = dict(zip(names, at, strict=True))
        means = meaning(rulebook, values(rulebook, at))

        def holds(where: Where, known: dict[str, int] = known) -> object:
            (value,) = where.values(known)
            return value

        assert {name: holds(root) for name, root in diagram.rules.items()} == means.rules
        assert {name: holds(root) for name, root in diagram.conclusions.items()} == means.conclusions
        assert {key: holds(root) for key, root in diagram.cautions.items()} == means.cautions
        assert {key: holds(root) for key, root in diagram.stands.items()} == {
            key: state == "stands" for key, state in means.options.items()
        }


def spread(pairs: int) -> Rulebook:
    """Facts that are tested in pairs, declared as far from each other as can be: the worst order."""
    names = [f"f{index}" for index in range(2 * pairs)]
    rules = [
        rule(f"r{index}", **{"if": {names[index]: "yes", names[index + pairs]: "yes"}}, propose={"d": "a"})
        for index in range(pairs)
    ]
    return book(names, rules)


def tangled(facts: int) -> Rulebook:
    """Rules over any three of the facts: no order of the facts makes a small diagram of them."""
    chance, names = random.Random(3), [f"f{index}" for index in range(facts)]
    rules = [
        rule(f"r{index}", **{"if": dict.fromkeys(chance.sample(names, 3), chance.choice(["yes", "no"]))}, **effect)
        for index, effect in enumerate([{"propose": {"d": "a"}}, {"rule_out": {"d": "a"}}] * 2 * facts)
    ]
    return book(names, rules)


def book(names: list[str], rules: list[dict[str, Any]]) -> Rulebook:
    return written(
        framed(
            facts=[fact(name, "yes_no") for name in names],
            rules=rules,
            decisions=[decision("d", ["a", "b"], "b", ["a", "b"])],
        )
    )


def test_too_large_a_diagram_is_refused_quickly() -> None:
    started = time.process_time()
    with pytest.raises(WhytuneError) as caught:
        DecisionDiagram(tangled(18), max_nodes=5_000)
    assert [problem.code for problem in caught.value.problems] == ["diagram-too-large"]
    assert "5,000" in caught.value.problems[0].message
    assert caught.value.problems[0].hint
    assert time.process_time() - started < 5


def test_the_order_of_facts_decides_the_size() -> None:
    names = [f"f{index}" for index in range(32)]
    together = [
        rule(f"r{index}", **{"if": {one: "yes", other: "yes"}}, propose={"d": "a"})
        for index, (one, other) in enumerate(zip(names[::2], names[1::2], strict=True))
    ]
    diagram = DecisionDiagram(book(names, together), max_nodes=5_000)
    assert len(list(diagram.advice["d"].below())) == 32 + 2


def test_40_facts_and_200_rules() -> None:
    """Rules that test what lies near each other, as those of people do."""
    chance = random.Random(40)
    names = [f"f{index:02}" for index in range(40)]
    rules = []
    for index in range(200):
        start = chance.randrange(38)
        tests = {name: chance.choice(["yes", "no"]) for name in names[start : start + 3]}
        effect = {"rule_out": {"d": "a"}} if index % 9 == 0 else {"propose": {"d": chance.choice("ab")}}
        rules.append(rule(f"r{index}", **{"if": tests}, **effect))
    rulebook = book(names, rules)
    diagram = DecisionDiagram(rulebook)
    for _ in range(50):
        at = tuple(chance.randrange(2) for _ in names)
        known = dict(zip(names, at, strict=True))
        found = diagram.advice["d"].values(known)
        assert found == {meaning(rulebook, values(rulebook, at)).advice["d"]}


def test_deep_diagrams_need_no_deep_stack() -> None:
    names = [f"f{level}" for level in range(3_000)]
    store = Diagrams(dict.fromkeys(names, 2))
    chain = store.leaf(True)
    for level in reversed(range(len(names))):
        chain = store.node(level, (chain, store.leaf(False)))
    assert store.negate(store.negate(chain)) == chain
    own, last = store.restrict(chain, dict.fromkeys(names[:-1], 0))
    assert own.outcomes(last) == {True, False}
    assert store.outcomes(chain, dict.fromkeys(names, 0)) == {True}
    assert store.asked(chain) == set(names)


def test_a_case_leaves_nothing_behind_in_the_diagram() -> None:
    advisor = Advisor.load("guide")
    advisor.advise({})
    before = len(advisor.diagram.ground.diagrams)
    for examples in range(60):
        advisor.advise({"examples": examples, "good_examples": examples, "fast_iteration": examples % 2 == 0})
    assert len(advisor.diagram.ground.diagrams) == before


@tries(60)
@given(rulebook=rulebooks)
def test_a_variant_advises_the_same_exactly_where_a_diagram_of_its_own_has_the_same_advice(rulebook: Rulebook) -> None:
    diagram = DecisionDiagram(rulebook, ground=Ground(rulebook))
    yielded_to = {name for other in rulebook.rules for name in other.yields_to}
    for gone in sorted(set(rulebook.rule) - yielded_to):
        changed = replace(rulebook, rules=tuple(other for other in rulebook.rules if other.id != gone))
        whole = DecisionDiagram(changed, ground=diagram.ground)
        assert Variant(diagram, {gone: None}).advises_the_same == (advised(whole) == advised(diagram))


def advised(diagram: DecisionDiagram) -> tuple[dict[str, Function[str]], dict[Any, Where]]:
    """The advice, and the cautions that are told anywhere."""
    return dict(diagram.advice), {key: where for key, where in diagram.cautions.items() if where}


def test_two_rulebooks_on_one_ground_differ_in_the_cells_between_their_cuts() -> None:
    def cut(at: str) -> Rulebook:
        band = {"band": "size", "values": ["small", "large"], "cut_at": [at]}
        large = rule("large", **{"if": {"size": "large"}}, propose={"d": "a"})
        decisions = [decision("d", ["a", "b"], "b", "refer")]
        return written(framed(facts=[fact("n", "whole_number", bands=[band])], rules=[large], decisions=decisions))

    rulebooks_cut = cut("10"), cut("20")
    ground = Ground(*rulebooks_cut)
    one, other = (DecisionDiagram(rulebook, ground=ground).advice["d"] for rulebook in rulebooks_cut)
    assert one.differs(other) == ground.choice("n", [1])
    assert ground.cells["n"][1] == Interval(Decimal(10), Decimal(20))


def test_what_one_part_decides_takes_one_step_whatever_the_others_are() -> None:
    store = Diagrams({f"f{level}": 2 for level in range(20)})
    odd = store.leaf(False)
    for level in reversed(range(20)):  # is the number of facts in their second cell odd?
        odd = store.node(level, (odd, store.negate(odd)))
    for joined, decisive in ((store.all_of, False), (store.any_of, True)):
        before = store.steps
        assert joined((odd, store.leaf(decisive))) == store.leaf(decisive)
        assert store.steps == before + 1


def test_a_shared_ground_remembers_what_was_combined_and_one_of_its_own_forgets_it() -> None:
    rulebook = spread(3)
    for ground, is_remembered in ((None, False), (Ground(rulebook), True)):
        diagram = DecisionDiagram(rulebook, ground=ground)
        before = diagram.ground.steps
        assert diagram.proposed["d", "a"] - diagram.ruled_out["d", "a"] == diagram.stands["d", "a"]
        assert (diagram.ground.steps == before) is is_remembered


def test_a_diagram_that_takes_too_much_work_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs of facts declared far apart: each rule is small, and combining them is not."""
    monkeypatch.setattr("whytune.engine.meaning.diagram.nodes.MAX_STEPS", 5_000)
    half = 11
    facts = [fact(f"f{index}", "yes_no") for index in range(2 * half)]
    pairs = [{"if": {f"f{index}": "yes", f"f{index + half}": "yes"}} for index in range(half)]
    rules = [rule(f"r{index}", propose={"d": "b"}, **pair) for index, pair in enumerate(pairs)]
    document = framed(facts=facts, decisions=[decision("d", ["a", "b"], "a", "refer")], rules=rules)
    rulebook = written(document)
    with pytest.raises(WhytuneError) as caught:
        DecisionDiagram(rulebook, ground=Ground(rulebook))
    assert [problem.code for problem in caught.value.problems] == ["diagram-too-large"]
