"""One meaning, three spellings: the reference, durable-rules and the diagram agree on every case."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import islice, product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.internal.conjecture.providers import HypothesisProvider

from whytune.engine import Advisor, Rulebook
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.language.intervals import Interval, PartlyKnown
from whytune.engine.language.vocabulary import Domain, Vocabulary
from whytune.engine.meaning.diagram.nodes import cells_of
from whytune.engine.meaning.semantics import meaning

from .generated import bounded, documents, full_cells, partial_facts, rulebooks, shuffled, written
from .laws import tries


def agree(advisor: Advisor, facts: CaseFacts) -> None:
    """`recommend` raises if durable-rules and the reference differ; here the diagram is held against both."""
    answer = advisor.recommend(facts)
    reference = meaning(advisor.rulebook, facts.knowledge)
    known = facts.places
    for rule, truth in reference.rules.items():
        assert truth is None or advisor.diagram.rules[rule].values(known) == {truth}
    for caution, told in reference.cautions.items():
        assert told is None or advisor.diagram.cautions[caution].values(known) == {told}
    for decision, advice in reference.advice.items():
        found = advisor.diagram.within(advisor.diagram.advice[decision], known).values()
        assert advice is None or found == {advice}
        assert answer.decisions[decision].possible_as_assumed == tuple(sorted(map(str, found)))


@tries(150)
@given(rulebook=rulebooks, seed=st.integers(0, 2**32))
def test_all_three_agree_in_full_cells(rulebook: Rulebook, seed: int) -> None:
    advisor = Advisor(rulebook)
    cells = list(islice(full_cells(rulebook.vocabulary), 2_000))
    for values in random.Random(seed).sample(cells, min(len(cells), 25)):
        facts = complete(rulebook.vocabulary, values)
        agree(advisor, facts)
        assert all(advice is not None for advice in meaning(rulebook, facts.values).advice.values())


@tries(150)
@given(rulebook=rulebooks, data=st.data())
def test_all_three_agree_where_facts_are_unknown(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    for _ in range(5):
        agree(advisor, data.draw(partial_facts(rulebook.vocabulary)))


@pytest.mark.slow
@tries(60)
@given(rulebook=bounded(), data=st.data())
def test_all_three_agree_where_numbers_bound_each_other(rulebook: Rulebook, data: st.DataObject) -> None:
    advisor = Advisor(rulebook)
    for _ in range(4):
        agree(advisor, data.draw(partial_facts(rulebook.vocabulary)))


@tries(60)
@given(rulebook=bounded(), data=st.data())
def test_what_can_come_out_is_what_some_numbers_in_order_lead_to(rulebook: Rulebook, data: st.DataObject) -> None:
    """Every number that bounds another is tried at all places where one of them may begin or end."""
    facts = data.draw(partial_facts(rulebook.vocabulary))
    advisor, vocabulary = Advisor(rulebook), rulebook.vocabulary
    domains = vocabulary.domains
    tied = {name for pair in vocabulary.orders for name in pair}
    ends = {Decimal(0), Decimal(1_000), *(end for name in tied for end in _ends(facts, domains[name]))}
    choices = {name: [*_choices(facts, domain, ends if name in tied else ())] for name, domain in domains.items()}
    assume(prod(map(len, choices.values())) <= 20_000)
    came: dict[str, set[str]] = {name: set() for name in rulebook.decision}
    for chosen in set(_in_order(vocabulary, choices)):
        for name, advice in advisor.diagram.advice.items():
            came[name] |= advice.values(dict(chosen))
    answer = advisor.recommend(facts)
    assert {name: tuple(sorted(outcomes)) for name, outcomes in came.items()} == {
        name: decision.possible for name, decision in answer.decisions.items()
    }


Choice = tuple[int, Decimal | None]
"""A cell, and the number that is tried in it where numbers bound each other."""


def _in_order(vocabulary: Vocabulary, choices: dict[str, list[Choice]]) -> Iterator[tuple[tuple[str, int], ...]]:
    """The cells of every combination in which no number is beyond one that bounds it."""
    for chosen in product(*choices.values()):
        at = dict(zip(choices, chosen, strict=True))
        numbers = {name: number for name, (_, number) in at.items()}
        pairs = ((numbers[low], numbers[high]) for low, high in vocabulary.orders)
        if all(low is not None and high is not None and low <= high for low, high in pairs):
            yield tuple((name, cell) for name, (cell, _) in at.items())


def _choices(facts: CaseFacts, domain: Domain, ends: Collection[Decimal]) -> Iterator[Choice]:
    """The cells in which a fact may be by what is given of it, each with the numbers that are tried there."""
    given_value = facts.given.get(domain.fact.fact)
    if not ends:
        cells = range(len(domain.cells)) if given_value is None else domain.cells_of(given_value)
        yield from ((cell, None) for cell in cells)
        return
    for number in ends:
        if isinstance(given_value, PartlyKnown) and not given_value.holds(number):
            continue
        if not isinstance(given_value, Decimal) or number == given_value:
            yield domain.cell_of(number), number


def _ends(facts: CaseFacts, domain: Domain) -> Iterator[Decimal]:
    """Where the cells of a whole number begin and end, and what is given of it."""
    given_value = facts.given.get(domain.fact.fact)
    if isinstance(given_value, Decimal):
        yield given_value
    intervals = given_value.intervals if isinstance(given_value, PartlyKnown) else ()
    for interval in (*(cell for cell in domain.cells if isinstance(cell, Interval)), *intervals):
        yield from () if interval.low is None else (interval.low,)
        yield from () if interval.high is None else (interval.high - 1,)


@tries(60)
@given(rulebook=rulebooks, data=st.data())
def test_possible_outcomes_are_those_of_all_completions(rulebook: Rulebook, data: st.DataObject) -> None:
    facts = data.draw(partial_facts(rulebook.vocabulary))
    answer = Advisor(rulebook).recommend(facts)
    places = facts.given_places
    ranges = [
        cells_of(places[name]) if name in places else range(len(domain.cells))
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


@tries(60)
@given(document=documents(), seed=st.integers(0, 2**32), data=st.data())
def test_orders_without_meaning_change_nothing(document: dict[str, object], seed: int, data: st.DataObject) -> None:
    rulebook, other = written(document), written(shuffled(document, seed))
    assert other.digest == rulebook.digest
    facts = data.draw(partial_facts(rulebook.vocabulary))
    same = replace(facts, vocabulary=other.vocabulary)
    assert Advisor(other).recommend(same).to_dict() == Advisor(rulebook).recommend(facts).to_dict()


def test_what_a_law_is_tried_on_depends_on_no_module_that_happens_to_be_imported() -> None:
    assert not len(HypothesisProvider(None)._local_constants)
