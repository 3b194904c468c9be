"""What may be written in short means what it stands for, and readers see which part of it keeps a rule out of force."""

from __future__ import annotations

from typing import Any

from whytune.engine import Advisor, Rulebook
from whytune.engine.advice.standing import standing
from whytune.engine.language.case import resolve
from whytune.engine.language.settings import from_settings
from whytune.engine.meaning.semantics import meaning

from .generated import decision, fact, framed, rule, written
from .looks import tabled

FACTS = [
    fact(
        "colour",
        "choice",
        values=["red", "blue", "green"],
        labels={"red": "Red", "blue": "Blue", "green": "Green"},
        groups=[{"group": "cold", "values": ["blue", "green"], "label": "Cold"}],
    ),
    fact(
        "needs",
        "choices",
        values=["style", "form", "facts"],
        labels={"style": "Style", "form": "Form", "facts": "Facts"},
        groups=[{"group": "outer", "values": ["style", "form"], "label": "Outer"}],
    ),
    fact("size", "number", bands=[{"band": "sizes", "cut_at": ["5"], "values": ["small", "big"]}]),
    fact("hurry", "yes_no"),
]


def book(facts: Any = FACTS, **premise: Any) -> Rulebook:
    """A rulebook with one rule of this premise."""
    decided = decision("d", ["a", "b"], "a", "refer")
    return written(framed(facts=facts, decisions=[decided], rules=[rule("r", propose={"d": "b"}, **premise)]))


@tabled(
    ("short", "long"),
    [
        ({"if": {"colour": {"not": "red"}}}, {"if": {"colour": ["blue", "green"]}}),
        ({"if": {"colour": {"not": ["cold"]}}}, {"if": {"colour": "red"}}),
        ({"if": {"colour": "not red | blue"}}, {"if": {"colour": "green"}}),
        ({"if": {"colour": "red | blue"}}, {"if": {"colour": ["red", "blue"]}}),
        ({"if": {"sizes": {"not": ["small"]}}}, {"if": {"sizes": "big"}}),
        ({"if": {"hurry": {"not": ["yes"]}}}, {"if": {"hurry": "no"}}),
        ({"any_of": [[{"hurry": "yes"}, {"colour": "red"}]]}, {"any_of": [{"hurry": "yes"}, {"colour": "red"}]}),
        (
            {"if": {"hurry": "yes"}, "except_if": [{"colour": "red"}]},
            {"if": {"hurry": "yes"}, "except_if": {"colour": "red"}},
        ),
        ({"if": {"needs.outer": "no"}}, {"if": {"needs.style": "no", "needs.form": "no"}}),
        ({"if": {"needs.outer": "yes"}}, {"any_of": [{"needs.style": "yes"}, {"needs.form": "yes"}]}),
        (
            {"if": {"hurry": "yes"}, "except_if": {"needs.outer": {"not": "no"}, "colour": "red"}},
            {
                "if": {"hurry": "yes"},
                "except_if": [{"needs.style": "yes", "colour": "red"}, {"needs.form": "yes", "colour": "red"}],
            },
        ),
        (
            {"any_of": [{"hurry": "yes"}, {"needs.outer": "yes", "needs.style": "no"}]},
            {"any_of": [{"hurry": "yes"}, {"needs.style": "no", "needs.form": "yes"}]},
        ),
    ],
)
def test_what_is_written_in_short_is_what_it_stands_for(short: dict[str, Any], long: dict[str, Any]) -> None:
    assert book(**short).premises == book(**long).premises
    assert book(**short).digest == book(**long).digest


def test_a_single_cut_may_stand_alone() -> None:
    bands = [{"band": "sizes", "cut_at": "5", "values": ["small", "big"]}]
    alone = [*FACTS[:2], {**FACTS[2], "bands": bands}, FACTS[3]]
    assert book(alone, **{"if": {"sizes": "big"}}).digest == book(**{"if": {"sizes": "big"}}).digest


@tabled(
    ("given", "obstacles"),
    [
        (["hurry=yes", "needs.style=yes", "size=9", "colour=red"], {("except_if", "colour")}),
        (["hurry=yes", "needs.style=yes", "size=9", "colour=blue"], {("except_if", "sizes"), ("except_if", "colour")}),
        (["hurry=no", "needs.style=yes", "size=9", "colour=green"], {("if", "hurry")}),
        (["hurry=yes", "needs.style=no", "size=9", "colour=green"], {("any_of", "needs.style")}),
        (["hurry=yes", "needs.style=yes", "size=9", "colour=green"], set()),
    ],
)
def test_only_what_keeps_a_rule_back_is_named(given: list[str], obstacles: set[tuple[str, str]]) -> None:
    rulebook = book(
        **{
            "if": {"hurry": "yes"},
            "any_of": [[{"needs.style": "yes"}], [{"sizes": "big"}, {"colour": "red"}]],
            "except_if": [{"colour": "red"}, {"sizes": "big", "colour": "blue"}],
        }
    )
    facts = resolve(rulebook.vocabulary, from_settings(given, rulebook.vocabulary))
    failed = standing(Advisor(rulebook).diagram, "r", facts, meaning(rulebook, facts.knowledge)).failed
    assert {(condition.part, condition.subject) for condition in failed} == obstacles
