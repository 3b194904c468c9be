"""What a reader types: numbers, ids and labels of any language are the same answer; ids win, ambiguity is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from whytune.cli import replies
from whytune.engine import load
from whytune.engine.language.text import BadValue
from whytune.engine.language.value import Value
from whytune.engine.language.vocabulary import Fact

from .looks import tabled

GUIDE = load("guide").vocabulary.by_name
LABELS = {
    "back": {"en": "Going back", "zh": "返回"},
    "quit": {"en": "Leaving", "zh": "离开"},
    "calm": {"en": "Quiet", "zh": "安静"},
    "still": {"en": "Quiet", "zh": "Calm"},
    "third": {"en": "2", "zh": "第三"},
}
BOTH = {"en": "Mood", "zh": "心情"}
MOOD = Fact.model_validate(
    {"fact": "mood", "kind": "choice", "ask": BOTH, "label": BOTH, "values": list(LABELS), "labels": LABELS},
    context={"languages": ["en", "zh"]},
)


@tabled(
    ("fact", "said", "value"),
    [
        ("need", "output_format", "output_format"),
        ("need", "Domain terms", "domain_terms"),
        ("need", "domain-terms", "domain_terms"),
        ("need", "3", "domain_terms"),
        ("need", "３", "domain_terms"),
        ("need", " 领域术语理解 ", "domain_terms"),
        ("need", "Understanding of Domain Terms", "domain_terms"),
        ("prompt_enough", "不够", "no"),
        ("prompt_enough", "Not enough", "no"),
        ("prompt_enough", "否", "no"),
        ("prompt_enough", "Y", "yes"),
        ("private_data", "是", "yes"),
        ("private_data", "不是", "no"),
        ("private_data", "n", "no"),
        ("examples", "10,000", Decimal(10000)),
        ("examples", "１０，０００", Decimal(10000)),
        ("examples", "10k", Decimal(10000)),
        ("examples", "about 3000", Decimal(3000)),
        ("examples", "~3,000 examples", Decimal(3000)),
        ("examples", "三千", Decimal(3000)),
        ("examples", "大约三千条", Decimal(3000)),
        ("examples", "3000 左右", Decimal(3000)),
        ("examples", "3000条左右", Decimal(3000)),
        ("examples", "3000 左右条", Decimal(3000)),
        ("examples", "3,000 or so examples", Decimal(3000)),
        ("examples", "about 3,000 Examples or so", Decimal(3000)),
        ("private_data", "不需要", "no"),
        ("private_data", "Yes.", "yes"),
    ],
)
def test_an_answer_is_taken_by_number_id_or_label(fact: str, said: str, value: Value) -> None:
    assert replies.command(GUIDE[fact], said) is None
    assert replies.answer(GUIDE[fact], said) == value


@tabled(
    ("said", "is_rough"),
    [
        *((text, True) for text in ("3,000 or so examples", "3000 examples or so", "3000条左右", "3000 左右条")),
        *((text, True) for text in ("~3000", "大约三千条", "About 3,000 examples")),
        *((text, False) for text in ("3,000 examples", "3000条", "3000")),
    ],
)
def test_a_number_is_said_roughly_wherever_its_unit_stands(said: str, is_rough: bool) -> None:
    assert replies.is_said_roughly(GUIDE["examples"], said) is is_rough


@pytest.mark.parametrize("fact", ["need", "private_data", "examples"])
def test_whoever_does_not_know_may_say_so_in_many_ways(fact: str) -> None:
    ways = ["I don't know", "i don’t know.", "no idea", "Not sure", "不知道", "未知", "不清楚。"]
    assert {said: replies.command(GUIDE[fact], said) for said in ways} == dict.fromkeys(ways, "unknown")


@tabled(("fact", "said"), [("need", "0"), ("need", "6"), ("need", "yes"), ("private_data", "1"), ("examples", "1,5")])
def test_what_is_no_answer_is_refused(fact: str, said: str) -> None:
    with pytest.raises(BadValue):
        replies.answer(GUIDE[fact], said)


def test_an_id_wins_over_a_label_and_what_is_ambiguous_is_refused() -> None:
    assert replies.answer(MOOD, "calm") == "calm"
    assert replies.answer(MOOD, "安静") == "calm"
    for said, meant in (("quiet", "calm, still"), ("2", "quit, third")):
        with pytest.raises(BadValue, match="several values of `mood`") as refused:
            replies.answer(MOOD, said)
        assert refused.value.hint == f"give one of {meant}"


@tabled(
    ("said", "command"),
    [
        *(("?", "?"), ("？", "?"), ("Why", "why"), ("为什么", "why")),
        *(("unknown", "unknown"), ("不知道", "unknown"), ("退出", "quit")),
        *(("back", None), ("返回", None), ("quit", None), ("", None)),
    ],
)
def test_a_command_is_known_in_each_language_unless_a_value_is_called_so(said: str, command: str | None) -> None:
    assert replies.command(MOOD, said) == command
