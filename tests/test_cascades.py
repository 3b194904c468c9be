"""One mistake is reported once, at its place: what names the faulty part is not reported as naming nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import Problem, WhytuneError
from whytune.engine.costs.comparison import comparison
from whytune.engine.costs.price_file import prices
from whytune.engine.language.loading import loads, rulebook_files
from whytune.engine.language.loading.shape import CONNECTIVES
from whytune.engine.language.source import decode, plain

from .looks import sampled, tabled

GUIDE = Path(__file__).parent.parent / "rules" / "guide"
SMALL = Path(__file__).parent / "broken" / "cases" / "_rulebook.yaml"


def read(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = plain(decode(path.read_bytes(), path.name))
    return data


def problems(load: Callable[[bytes], object], document: dict[str, Any]) -> tuple[Problem, ...]:
    with pytest.raises(WhytuneError) as caught:
        load(json.dumps(document).encode())
    return caught.value.problems


def guide() -> dict[str, Any]:
    """The guide in one file."""
    whole: dict[str, Any] = {}
    for path in rulebook_files(GUIDE):
        for key, value in read(path).items():
            if key != "section":
                whole[key] = whole[key] + value if isinstance(value, list) and key in whole else value
    return whole


DOCUMENTS: dict[str, tuple[Callable[[], dict[str, Any]], Callable[[bytes], object]]] = {
    "rulebook": (guide, lambda data: loads({"a.yaml": data})),
    "prices": (lambda: read(GUIDE / "prices.yaml"), lambda data: prices(decode(data, "a.yaml"))),
    "comparison": (lambda: read(GUIDE / "comparison.yaml"), lambda data: comparison(decode(data, "a.yaml"))),
}


def with_one_mistake(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The document with a key that means nothing in one item, for every item of every list."""
    for name, items in document.items():
        for index in range(len(items) if isinstance(items, list) else 0):
            broken = [item | {"zzz": "1"} if at == index else item for at, item in enumerate(items)]
            yield {**document, name: broken}


@pytest.mark.slow
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_mistake_within_a_part_is_the_only_one_told(kind: str) -> None:
    make, load = DOCUMENTS[kind]
    documents = list(with_one_mistake(make()))
    assert len(documents) >= 20
    for document in documents:
        assert [problem.code for problem in problems(load, document)] == ["unknown-key"]


@pytest.mark.parametrize("kind", sampled(DOCUMENTS, 2))
def test_a_list_that_is_none_makes_no_name_unknown(kind: str) -> None:
    make, load = DOCUMENTS[kind]
    whole = make()
    for name in (name for name, items in whole.items() if isinstance(items, list)):
        told = problems(load, {**whole, name: {"a": "b"}})
        assert [problem.code for problem in told] == ["wrong-type"], name


@tabled("price", ["2,50", "-2.5", "€2.50", ".5", "free", ["2.5"]])
def test_a_price_that_is_none_is_the_only_mistake_told(price: object) -> None:
    whole = read(GUIDE / "prices.yaml")
    references = {*whole["prices"]["reference"]}
    rows = [row for row in whole["tuning"] if references & {row["model"], *row.get("also", ())}]
    assert rows
    for row in rows:
        row["training"] = price
    told = problems(DOCUMENTS["prices"][1], whole)
    assert len(told) == len(rows)
    assert all(problem.code == "wrong-type" for problem in told)


@pytest.mark.parametrize(
    ("key", "below"),
    sampled(product(["if", "any_of", "except_if"], ["yes", ["yes"], {"urgent": "yes"}, [{"urgent": "yes"}]]), 3),
    ids=str,
)
def test_a_word_that_joins_conditions_is_told_as_none_whatever_stands_below(below: object, key: str) -> None:
    for word in CONNECTIVES:
        whole = read(SMALL)
        conditions = {"urgent": "yes", word: below}
        whole["rules"][0][key] = [conditions] if key == "any_of" else conditions
        (told,) = problems(DOCUMENTS["rulebook"][1], whole)
        assert told.code == "misplaced-key", word
        assert f"`{word}`" in told.message
        assert told.hint, word


@tabled(
    ("cuts", "values", "plain"),
    [
        (["1", "000", "5000"], 3, "1000"),
        (["1", "500", "5000"], 3, "1500"),
        (["1", "500", "2", "500"], 3, "1500"),
        (["10", "000"], 2, "10000"),
        (["1", "000", "000"], 2, "1000000"),
    ],
)
def test_a_comma_for_thousands_among_cuts_is_told_as_that(cuts: list[str], values: int, plain: str) -> None:
    (told,) = problems(DOCUMENTS["rulebook"][1], cut_at(cuts, values))
    assert told.hint == f"if one number is meant, write {plain}"


def test_cuts_of_three_digits_are_cuts() -> None:
    loads({"a.yaml": json.dumps(cut_at(["10", "500", "900"], 4)).encode()})
    told = problems(DOCUMENTS["rulebook"][1], cut_at(["100", "500", "900"], 3))
    assert [problem.message for problem in told] == ["`cut_at` makes 4 pieces, but `values` names 3"]


def cut_at(cuts: list[str], values: int) -> dict[str, Any]:
    """A small rulebook with a number that is cut so."""
    band = {"band": "size_class", "cut_at": cuts, "values": [f"v{index}" for index in range(values)]}
    fact = {"fact": "size", "kind": "whole_number", "ask": "How large?", "label": "Size", "bands": [band]}
    whole = read(SMALL)
    return {**whole, "facts": [*whole["facts"], fact]}
