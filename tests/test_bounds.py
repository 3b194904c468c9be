"""Bounds as people write and read them: at a number, or just above it."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Advisor, Rulebook
from whytune.engine.language.bounds import FINEST, Bound, bound_at, roundest, start_of
from whytune.engine.language.case import fitting
from whytune.engine.language.intervals import Interval
from whytune.engine.language.loading import loads
from whytune.engine.meaning.study import Study
from whytune.engine.words.values import interval, within

from .generated import fact
from .laws import tries
from .looks import tabled

BARE = {"title": "t", "because": "b", "source": {"document": "d", "place": "p"}}
numbers = st.builds(lambda units, places: Decimal(units).scaleb(-places), st.integers(-9999, 9999), st.integers(0, 6))


def graded(cuts: list[Any], kind: str = "number", **more: Any) -> Rulebook:
    """A rulebook in which each piece of one number, `p0` upwards, leads to an option of its own, `o0` upwards."""
    pieces = [f"p{index}" for index in range(len(cuts) + 1)]
    score = fact("score", kind, bands=[{"band": "size", "cut_at": cuts, "values": pieces}], **more)
    rules = [
        {**BARE, "id": f"r{index}", "if": {"size": piece}, "propose": {"grade": f"o{index}"}}
        for index, piece in enumerate(pieces)
    ]
    options = [{"option": f"o{index}", "label": f"O{index}"} for index in range(len(pieces))]
    decision = {
        "decision": "grade",
        "ask": "?",
        "options": options,
        "if_none_stands": "o0",
        "if_several_stand": "refer",
    }
    document = {
        "rulebook": {"name": "graded", "version": "1.0.0", "title": "t", "languages": ["en"]},
        "documents": [{"document": "d", "title": "d"}],
        "facts": [score],
        "decisions": [decision],
        "rules": rules,
    }
    return loads({"a.yaml": json.dumps(document).encode()})


@tries(60)
@given(number=numbers, above=st.booleans(), whole=st.booleans())
def test_a_bound_comes_back_as_it_was_written(number: Decimal, above: bool, whole: bool) -> None:
    number = number.to_integral_value() if whole else number
    start = start_of(Bound(number, above), whole=whole)
    assert start - number == (0 if not above else 1 if whole else FINEST)
    shortest = bound_at(start)
    assert start_of(shortest, whole=False) == start
    assert len(str(shortest.number)) <= len(str(start))


@tries(60)
@given(ends=st.lists(numbers, min_size=2, max_size=2).map(sorted), near_high=st.booleans())
def test_a_round_number_lies_between_and_none_there_has_fewer_decimals(ends: list[Decimal], near_high: bool) -> None:
    low, high = ends
    chosen = roundest(low, high, near_high=near_high)
    assert low <= chosen <= high
    coarser = Decimal(10) * Decimal(1).scaleb(min(int(chosen.as_tuple().exponent), 0))
    assert chosen == chosen.to_integral_value() or _none(low, high, coarser)


def _none(low: Decimal, high: Decimal, step: Decimal) -> bool:
    """Is there no multiple of this step between the two?"""
    first = (low / step).to_integral_value(rounding="ROUND_CEILING") * step
    return first > high


@tabled(
    ("number", "grade"),
    [("119.999999", "o0"), ("120", "o1"), ("130", "o1"), ("130.000001", "o2"), ("4", "o0"), ("5000", "o2")],
)
def test_above_a_number_begins_behind_it(number: str, grade: str) -> None:
    rulebook = graded([120, {"above": 130}])
    answer = Advisor(rulebook).recommend(fitting(rulebook.vocabulary, {"score": Decimal(number)}))
    assert answer.decisions["grade"].possible == (grade,)


def test_whole_numbers_above_one_begin_at_the_next() -> None:
    assert graded([5, {"above": 5}], "whole_number").vocabulary.bands["size"].cut_at == (Decimal(5), Decimal(6))
    assert graded([5, {"above": 5}], "whole_number").digest == graded([5, 6], "whole_number").digest


TOLD = [
    ("number", None, "120", "below 120", "低于 120"),
    ("number", "120", None, "120 or more", "120 及以上"),
    ("number", "130.000001", None, "above 130", "高于 130"),
    ("number", None, "130.000001", "at most 130", "不超过 130"),
    ("number", "120", "130.000001", "120 to 130", "120 至 130"),
    ("number", "120", "130", "120 to below 130", "120 及以上、低于 130"),
    ("number", "120.000001", "130", "above 120 and below 130", "高于 120、低于 130"),
    ("number", "0.500001", "1.500001", "above 0.5, up to 1.5", "高于 0.5、不超过 1.5"),
    ("number", "5", "5.000001", "5", "5"),
    ("number", "-1", "-0.999999", "-1", "-1"),
    ("whole_number", "5", "6", "5", "5"),
    ("whole_number", "5", "9", "5 to below 9", "5 及以上、低于 9"),
    ("whole_number", "120", "131", "120 to 130", "120 至 130"),
    ("whole_number", "131", None, "above 130", "高于 130"),
    ("whole_number", None, "131", "at most 130", "不超过 130"),
    ("whole_number", "101", "2001", "above 100, up to 2,000", "高于 100、不超过 2,000"),
    ("whole_number", "100", "10000", "100 to below 10,000", "100 及以上、低于 10,000"),
    ("whole_number", None, "1", "below 1", "低于 1"),
    ("whole_number", "-9", None, "above -10", "高于 -10"),
]


@tabled(("kind", "low", "high", "english", "chinese"), TOLD)
def test_stretches_are_told_by_the_numbers_that_people_write(
    kind: str, low: str | None, high: str | None, english: str, chinese: str
) -> None:
    score = graded([1], kind).vocabulary.by_name["score"]
    stretch = Interval(*(None if end is None else Decimal(end) for end in (low, high)))
    assert (interval(score, stretch, "en"), interval(score, stretch, "zh")) == (english, chinese)
    assert not re.search("[0-9]99999|00001", within(score, stretch, "en"))


@tries(30)
@given(cuts=st.sets(st.integers(1, 40), min_size=1, max_size=4).map(sorted), data=st.data())
def test_witnesses_are_round_where_the_cuts_are(cuts: list[int], data: st.DataObject) -> None:
    written = [{"above": str(cut)} if data.draw(st.booleans()) else str(cut) for cut in cuts]
    study = Study(rulebook := graded(written))
    for rule, where in study.diagram.rules.items():
        witness = study.atlas.witness(where)
        assert witness is not None
        number = witness["score"]
        assert isinstance(number, Decimal)
        assert rulebook.vocabulary.bands["size"].piece(number) == rule.replace("r", "p")
        assert -int(number.as_tuple().exponent) <= 1, number
