"""Facts cut the world into cells: bands are half-open, `choices` have members, conditional facts come after."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from whytune.engine.language.intervals import Interval
from whytune.engine.language.text import read_number
from whytune.engine.language.vocabulary import Vocabulary

from .generated import fact, framed, written
from .looks import tabled

BANDS = [
    {"band": "volume", "cut_at": [100, 10000], "values": ["scarce", "moderate", "large"]},
    {"band": "rough", "cut_at": [1000], "values": ["small", "big"]},
]


def vocabulary(*facts: dict[str, Any]) -> Vocabulary:
    return written(framed(facts=list(facts))).vocabulary


@tabled(
    ("number", "piece"),
    [(0, "scarce"), (99, "scarce"), (100, "moderate"), (9999, "moderate"), (10000, "large"), (2**53, "large")],
)
def test_a_cut_is_the_first_number_of_the_next_piece(number: int, piece: str) -> None:
    words = vocabulary(fact("examples", "whole_number", bands=BANDS))
    domain = words.domains["examples"]
    assert words.bands["volume"].piece(Decimal(number)) == piece
    assert domain.subjects["volume"][domain.cell_of(Decimal(number))] == piece
    assert words.bands["volume"].interval(piece).holds(Decimal(number))


def test_a_hairbreadth_below_a_cut_is_below_it() -> None:
    words = vocabulary(
        fact("weight", "number", bands=[{"band": "load", "cut_at": [0.3], "values": ["light", "heavy"]}])
    )
    assert words.bands["load"].piece(Decimal("0.299999")) == "light"
    assert words.bands["load"].piece(Decimal("0.3")) == "heavy"


def test_the_cuts_of_all_bands_make_the_cells() -> None:
    domain = vocabulary(fact("examples", "whole_number", bands=BANDS)).domains["examples"]
    assert domain.cells == tuple(
        Interval(low, high)
        for low, high in [
            (None, Decimal(100)),
            (Decimal(100), Decimal(1000)),
            (Decimal(1000), Decimal(10000)),
            (Decimal(10000), None),
        ]
    )
    assert domain.subjects["volume"] == ("scarce", "moderate", "moderate", "large")
    assert domain.subjects["rough"] == ("small", "small", "big", "big")


def test_a_number_without_bands_is_one_cell() -> None:
    domain = vocabulary(fact("weight", "number")).domains["weight"]
    assert domain.cells == (Interval(None, None),)
    assert domain.subjects == {}


def needs(**more: Any) -> dict[str, Any]:
    return fact("needs", "choices", values=["food", "water"], labels={"food": "Food", "water": "Water"}, **more)


def test_each_member_of_choices_is_a_yes_no_fact() -> None:
    words = vocabulary(needs(assume=["water"]))
    assert [(one.fact, one.kind, one.assume) for one in words.facts] == [
        ("needs.food", "yes_no", ("no",)),
        ("needs.water", "yes_no", ("yes",)),
    ]
    assert words.facts[0].ask == {"en": "needs? — Food"}
    assert words.facts[0].label == {"en": "Food"}
    assert list(words.by_name) == ["needs", "needs.food", "needs.water"]


def test_a_conditional_fact_is_asked_after_those_it_waits_for() -> None:
    words = vocabulary(
        fact("third", "yes_no", only_if={"second": "yes"}),
        fact("other", "yes_no"),
        fact("second", "yes_no", only_if={"first": "yes"}),
        fact("first", "yes_no"),
    )
    assert [one.fact for one in words.facts] == ["first", "second", "third", "other"]
    assert words.applies_if["third"] == (("first", frozenset({"yes"})), ("second", frozenset({"yes"})))


def test_a_group_stands_for_its_values() -> None:
    colour = fact(
        "colour",
        "choice",
        values=["red", "blue", "green"],
        labels=dict.fromkeys(["red", "blue", "green"], "x"),
        groups=[{"group": "cold", "values": ["blue", "green"], "label": "Cold"}],
    )
    subject = vocabulary(colour).subjects["colour"]
    assert subject.accepts(["cold", "red"]) == {"red", "blue", "green"}
    assert subject.named == ("red", "blue", "green", "cold")


@tabled(
    ("text", "number"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("+7", "7"),
        ("007", "7"),
        (" 5 ", "5"),
        ("5.0", "5"),
        ("0.1234560", "0.123456"),
        ("1.000000000000000000000000000000", "1"),
        ("100", "100"),
        ("9007199254", "9007199254"),
    ],
)
def test_a_number_is_plain_decimals(text: str, number: str) -> None:
    assert str(read_number(text, whole=False)) == number


@tabled(
    "text",
    [
        "",
        "1e3",
        "1E3",
        "inf",
        "-inf",
        "nan",
        ".5",
        "5.",
        "1,000",
        "1_000",
        "0x10",
        "１２",
        "٣",
        "1 000",
        "--1",
        "1.0.0",
        "0.1234567",
        "1.00000000000000000000000000000000001",
        "9007199255",
        "9" * 41,
        "9" * 1_000_000,
    ],
)
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|decimal places|beyond") as caught:
        read_number(text, whole=False)
    assert len(str(caught.value)) < 100


def test_a_whole_number_reaches_two_to_the_53_and_has_no_fraction() -> None:
    assert read_number(str(2**53), whole=True) == 2**53
    for text in (str(2**53 + 1), "0.5", "1.000000000000000000000000000000000001"):
        with pytest.raises(ValueError, match=r"beyond|not a whole number"):
            read_number(text, whole=True)
