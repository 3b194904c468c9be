"""One meaning, three spellings: the reference, durable-rules and the diagram agree on every case."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice, product

from hypothesis import given, settings
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.meaning.semantics import meaning

from .generated import documents, full_cells, partial_facts, rulebooks, shuffled, written


def agree(advisor: Advisor, facts: CaseFacts) -> None:
    """`recommend` raises if durable-rules and the reference differ; here the diagram is held against both."""
    answer = advisor.recommend(facts)
    reference = meaning(advisor.rulebook, facts.values)
    known = facts.cells
    for rule, truth in reference.rules.items():
        assert truth is None or advisor.diagram.rules[rule].values(known) == {truth}
    for decision, advice in reference.advice.items():
        found = advisor.diagram.advice[decision].values(known)
        assert advice is None or found == {advice}
        assert answer.decisions[decision].possible_as_assumed == tuple(sorted(map(str, found)))


@settings(max_examples=150)
@given(rulebook=rulebooks, seed=st.integers(0, 2**32))
def test_all_three_agree_in_full_cells(rulebook: Rulebook, seed: int) -> None:
    advisor = Advisor(rulebook)
    cells = list(islice(full_cells(rulebook.vocabulary), 2_000))
    for values in random.Random(seed).sample(cells, min(len(cells), 25)):
        facts = complete(rulebook.vocabulary, values)
        agree(advisor, facts)
        assert all(advice is not None for advice in meaning(rulebook, facts.values).advice.values())


@settings(max_examples=150)
@given(rulebook=rulebooks, data=st.data())
def test_all_three_agree_where_facts_are_unknown(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    for _ in range(5):
        agree(advisor, data.draw(partial_facts(rulebook.vocabulary)))


@settings(max_examples=60)
@given(rulebook=rulebooks, data=st.data())
def test_possible_outcomes_are_those_of_all_completions(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    answer = Advisor(rulebook).recommend(facts)
    given_cells = facts.given_cells
    ranges = [
        [given_cells[name]] if name in given_cells else range(len(domain.cells))
        for name, domain in rulebook.vocabulary.domains.items()
    ]
    found: dict[str, set[str | None]] = {name: set() for name in answer.decisions}
    for cells in islice(product(*ranges), 3_000):
        values = {
            subject: values[cell]
            for domain, cell in zip(rulebook.vocabulary.domains.values(), cells, strict=True)
            for subject, values in domain.subjects.items()
        }
        for name, advice in meaning(rulebook, values).advice.items():
            found[name].add(advice)
    for name, outcomes in found.items():
        assert outcomes <= set(answer.decisions[name].possible)
    if len(list(islice(product(*ranges), 3_000))) < 3_000:
        assert {name: tuple(sorted(map(str, outcomes))) for name, outcomes in found.items()} == {
            name: decision.possible for name, decision in answer.decisions.items()
        }


@settings(max_examples=60)
@given(document=documents(), seed=st.integers(0, 2**32), data=st.data())
def test_orders_without_meaning_change_nothing(document: dict[str, object], seed: int, data: st.DataObject) -> None:
    rulebook, other = written(document), written(shuffled(document, seed))
    assert other.digest == rulebook.digest
    facts = data.draw(partial_facts(rulebook.vocabulary))
    same = replace(facts, vocabulary=other.vocabulary)
    assert Advisor(other).recommend(same).to_dict() == Advisor(rulebook).recommend(facts).to_dict()
