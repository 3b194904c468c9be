"""An option that combines others: where it stands, what gives way to it, what rules it out, how it is explained."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from hypothesis import example
from hypothesis import given as given_any
from hypothesis import strategies as st

from whytune.engine import Advisor, WhytuneError
from whytune.engine.advice.explanations import why, why_not
from whytune.engine.language.case import from_python, resolve
from whytune.engine.words.speaker import Speaker
from whytune.prose.why import why as why_told

from .generated import decision, fact, framed, rule, written
from .looks import tabled

FACTS = ("rag", "tune", "lora", "no_rag", "no_tune", "no_lora", "no_both")
OPTIONS: list[Any] = [
    "prompt",
    "rag",
    "tune",
    {"option": "lora", "kind_of": "tune"},
    {"option": "both", "combines": ["rag", "tune"]},
]


def advisor(options: Sequence[Any] = OPTIONS) -> Advisor:
    """Each option is proposed by a fact of its name, and ruled out by one with `no_` before it."""
    rules = [rule(name, **{"if": {name: "yes"}}, **_effect(name)) for name in FACTS]
    row = decision("approach", list(options), "prompt", "refer")
    return Advisor(written(framed(facts=[fact(name, "yes_no") for name in FACTS], decisions=[row], rules=rules)))


def _effect(name: str) -> dict[str, Any]:
    option = name.removeprefix("no_")
    return {"rule_out": {"approach": option}} if name != option else {"propose": {"approach": option}}


def given(*true: str) -> dict[str, bool]:
    return {name: name in true for name in FACTS}


@tabled(
    ("true", "advice", "state"),
    [
        ([], "prompt", "not_proposed"),
        (["rag"], "rag", "not_proposed"),
        (["rag", "tune"], "both", "stands"),
        (["rag", "lora"], "both", "stands"),  # some form of each part
        (["rag", "tune", "lora"], "both", "stands"),
        (["rag", "tune", "no_rag"], "tune", "ruled_out"),
        (["rag", "tune", "no_tune"], "rag", "ruled_out"),
        (["rag", "lora", "no_tune"], "rag", "ruled_out"),  # what rules out an option rules out its kinds
        (["rag", "lora", "no_lora"], "rag", "not_proposed"),  # but not the other way round
        (["rag", "tune", "lora", "no_lora"], "both", "stands"),
        (["rag", "tune", "no_both"], None, "ruled_out"),  # the halves stand side by side
        (["tune", "no_rag"], "tune", "ruled_out"),
    ],
)
def test_a_combination_stands_where_all_that_it_combines_does(true: list[str], advice: str | None, state: str) -> None:
    outcome = advisor().advise(given(*true)).decisions["approach"]
    assert (outcome.advice, outcome.options["both"].state) == (advice, state)


def test_the_reasons_for_a_combination_are_those_for_what_it_combines() -> None:
    outcome = advisor().advise(given("rag", "lora", "tune", "no_lora")).decisions["approach"]
    assert outcome.decided_by == ("rag", "tune")
    assert outcome.options["both"].speaks_for == ("rag", "tune")


def test_what_rules_out_half_of_it_is_a_reason_only_where_that_was_proposed() -> None:
    outcome = advisor().advise(given("rag", "tune", "no_tune", "no_lora")).decisions["approach"]
    assert outcome.reasons == ("rag", "no_tune")
    assert outcome.options["both"].speaks_against == ("no_tune",)


def test_a_combination_is_open_while_one_part_of_it_is() -> None:
    known = {**given("rag"), "tune": "unknown"}
    outcome = advisor().advise(known).decisions["approach"]
    assert (outcome.possible, outcome.options["both"].state) == (("both", "rag"), "open")


def test_a_combination_of_a_combination_displaces_it() -> None:
    options = [*OPTIONS, {"option": "all", "combines": ["both", "prompt"]}]
    assert advisor(options).advise(given("rag", "tune")).decisions["approach"].advice == "both"
    more = rule("prompted", **{"if": {"rag": "yes"}}, propose={"approach": "prompt"})
    document = framed(
        facts=[fact("rag", "yes_no"), fact("tune", "yes_no")],
        decisions=[decision("approach", options, "prompt", "refer")],
        rules=[more, *(rule(name, **{"if": {name: "yes"}}, propose={"approach": name}) for name in ("rag", "tune"))],
    )
    assert Advisor(written(document)).advise({"rag": True, "tune": True}).decisions["approach"].advice == "all"


def test_to_name_what_is_combined_is_to_name_the_combination() -> None:
    tested = rule("after", **{"if": {"approach": "rag"}}, propose={"then": "index"})
    row = decision("then", ["index", "nothing"], "nothing", "refer")
    rules = [tested, *(rule(name, **{"if": {name: "yes"}}, propose={"approach": name}) for name in ("rag", "tune"))]
    facts = [fact("rag", "yes_no"), fact("tune", "yes_no")]
    parts = framed(facts=facts, decisions=[decision("approach", OPTIONS, "prompt", "refer"), row], rules=rules)
    decisions = Advisor(written(parts)).advise({"rag": True, "tune": True}).decisions
    assert (decisions["approach"].advice, decisions["then"].advice) == ("both", "index")


@tabled(
    ("true", "sentence"),
    [
        (["rag"], "“both” stands only where all that it combines does; what does not: tune"),
        (["rag", "tune"], "“rag” holds as well; where both do, “both” is preferred"),
        (["rag", "lora"], "“both”, the advice, includes “tune”"),
        (["rag", "tune", "no_tune"], "Ruled out by “no_tune”: tune, lora, both"),
    ],
)
def test_why_says_how_a_combination_stands_to_its_parts(true: list[str], sentence: str) -> None:
    asked = advisor()
    facts = resolve(asked.rulebook.vocabulary, from_python(given(*true)))
    blocks = why_told(why(asked, facts, "approach"), Speaker(asked.rulebook, "en"), "full")
    assert any(sentence in getattr(block, "text", "") for block in blocks)


def test_why_not_asks_the_rules_for_what_it_combines() -> None:
    asked = advisor()
    facts = resolve(asked.rulebook.vocabulary, from_python(given("rag")))
    rules = why_not(asked, facts, "approach", "both").rules_for
    assert [standing.rule for standing in rules] == ["lora", "rag", "tune"]


@st.composite
def tangled(draw: st.DrawFn) -> list[Any]:
    """Options that are kinds of each other, and combine each other, at will."""
    names = [f"o{index}" for index in range(draw(st.integers(2, 5)))]
    others = st.sampled_from(names)
    return [
        {
            "option": name,
            **draw(st.fixed_dictionaries({}, optional={"kind_of": others})),
            **draw(st.fixed_dictionaries({}, optional={"combines": st.lists(others, min_size=1, max_size=3)})),
        }
        for name in names
    ]


@given_any(tangled())
@example([{"option": "o0"}, {"option": "o1", "kind_of": "x0"}, {"option": "x0", "combines": ["o0", "o1"]}])
@example(
    [{"option": "o0"}, {"option": "x0", "kind_of": "o0", "combines": ["o0", "x1"]}, {"option": "x1", "kind_of": "x0"}]
)
def test_options_in_a_tangle_are_refused_or_loaded(options: list[Any]) -> None:
    document = framed(facts=[fact("f", "yes_no")], decisions=[decision("d", options, "refer", "refer")])
    with suppress(WhytuneError):
        assert written(document)
