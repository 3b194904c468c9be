"""The engine answers as a second reading of the rule language does, over all completions of what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from whytune.engine import Advisor
from whytune.engine.language.case import CaseFacts, complete
from whytune.engine.language.vocabulary import Vocabulary

from .generated import applicable, documents, partial_facts, representative, tabled, written
from .laws import tries
from .second_answers import MOST
from .second_opinion import Document, Given, Opinions, rulebooks_with_cases
from .second_reading import Reading

Known = Mapping[str, int | frozenset[int]]


def completions(vocabulary: Vocabulary, known: Known) -> Iterator[dict[str, str | Decimal]]:
    """A value of every fact for each combination of cells in which the facts may be."""
    cells = {name: _cells(known, name, len(domain.cells)) for name, domain in vocabulary.domains.items()}
    assume(prod(map(len, cells.values())) <= MOST)
    for chosen in product(*cells.values()):
        pairs = zip(vocabulary.domains.items(), chosen, strict=True)
        yield {name: representative(domain.cells[cell]) for (name, domain), cell in pairs}


def _cells(known: Known, name: str, count: int) -> list[int]:
    cells = known.get(name, frozenset(range(count)))
    return [cells] if isinstance(cells, int) else sorted(cells)


def possible(document: dict[str, Any], facts: CaseFacts, known: Known) -> dict[str, set[str]]:
    """The outcomes of each decision over all completions."""
    readings = [Reading(document, values) for values in completions(facts.vocabulary, known)]
    names = [decision["decision"] for decision in document["decisions"]]
    return {name: {reading.advice(name) for reading in readings} for name in names}


@tries(120)
@given(document=documents(most_rules=6).flatmap(tabled), data=st.data())
def test_what_can_come_out_is_what_a_second_reading_finds(document: dict[str, Any], data: st.DataObject) -> None:
    advisor = Advisor(written(document))
    for _ in range(3):
        facts = data.draw(partial_facts(advisor.rulebook.vocabulary))
        as_assumed = possible(document, facts, facts.places)
        certain = possible(document, facts, facts.given_places)
        for name, outcome in advisor.recommend(facts).decisions.items():
            assert set(outcome.possible_as_assumed) == as_assumed[name]
            assert set(outcome.possible) == certain[name]
            assert (outcome.status == "settled") == (len(certain[name]) == 1)


@tries(60)
@given(drawn=rulebooks_with_cases(most=3))
def test_what_a_case_says_in_any_way_is_answered_as_a_second_reading_answers_it(
    drawn: tuple[Document, list[Given]],
) -> None:
    assert list(Opinions().of(*drawn)) == []


@tries(60)
@given(document=documents(most_rules=6).flatmap(tabled), data=st.data())
def test_advice_and_cautions_of_a_full_cell_are_those_of_a_second_reading(
    document: dict[str, Any], data: st.DataObject
) -> None:
    advisor = Advisor(written(document))
    vocabulary = advisor.rulebook.vocabulary
    for _ in range(3):
        cells = {name: data.draw(st.integers(0, len(domain.cells) - 1)) for name, domain in vocabulary.domains.items()}
        (values,) = completions(vocabulary, cells)
        reading = Reading(document, values)
        facts = complete(vocabulary, applicable(vocabulary, cells))
        for name, outcome in advisor.recommend(facts).decisions.items():
            assert outcome.outcome == reading.advice(name)
            assert set(outcome.cautions) == reading.cautions(name)
