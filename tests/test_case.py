"""The facts of one case: typed by the vocabulary, layered, assumed, unknown or not applicable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import Rulebook, WhytuneError, load
from whytune.engine.language.case import CaseFacts, complete, from_python, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.settings import from_settings
from whytune.engine.language.source import decode, plain

from .generated import decision, fact, framed, rule, written
from .looks import tabled

RULEBOOK = load(Path(__file__).parent / "broken" / "cases" / "_rulebook.yaml")


def from_text(text: str, rulebook: Rulebook = RULEBOOK) -> CaseFacts:
    return resolve(rulebook.vocabulary, read_case(decode(text.encode(), "case")).given)


def given(**facts: Any) -> CaseFacts:
    return resolve(RULEBOOK.vocabulary, from_python(facts))


def problem(**facts: Any) -> tuple[str, str | None]:
    with pytest.raises(WhytuneError) as caught:
        given(**facts)
    return caught.value.problems[0].code, caught.value.problems[0].hint


@tabled(
    "text", ["urgent: yes", "urgent: 'yes'", "urgent: true", "urgent: YES", '{"urgent": true}', '{"urgent": "yes"}']
)
def test_yes_has_several_spellings(text: str) -> None:
    assert from_text(text).states["urgent"] == ("yes", "given")


@tabled("text", ["examples: 12", "examples: '12'", '{"examples": 12}', '{\n\t"examples": "12"\n}', "examples: 12.0"])
def test_a_number_may_be_quoted(text: str) -> None:
    assert from_text(text).states["examples"] == (Decimal(12), "given")


@tabled("value", [12, 12.0, Decimal(12), Decimal("1.2E+1"), "12", Fraction(12)])
def test_a_number_may_be_any_number_of_python(value: object) -> None:
    assert given(examples=value).states["examples"] == (Decimal(12), "given")


@tabled(
    "value",
    [
        float("nan"),
        float("inf"),
        -float("inf"),
        Decimal("NaN"),
        Decimal("1E+9999"),
        10**5_000,
        1e300,
        True,
        "heaps",
        [],
        {},
        99.5,
        2**53 + 1,
        b"12",
        object(),
        date(2026, 1, 1),
        "10e3",
    ],
)
def test_anything_else_is_no_whole_number(value: object) -> None:
    assert problem(examples=value)[0] == "wrong-type"


def test_a_coarse_arithmetic_of_the_program_changes_no_number() -> None:
    with localcontext(prec=3):
        assert given(examples=123_456, weight="999.123456") == given(examples="123456", weight=999.123456)
        assert given(examples=123_456).states["examples"].value == Decimal("123456")
        for text in ("123456..123456", ">= 123456 and < 123457", "> 123455 and <= 123456"):
            assert given(examples=text).states["examples"].value == Decimal("123456")


def test_a_small_float_is_written_out() -> None:
    assert problem(weight=1e-5)[0] == "outside-range"
    assert problem(weight=1.0000001)[0] == "wrong-type"
    assert given(weight=0.5).states["weight"].value == Decimal("0.5")


@tabled("text", ["10,5", ",1", "1000,000", "10." + "0" * 60])
def test_a_text_that_means_no_whole_number_gets_no_hint(text: str) -> None:
    assert problem(examples=text) == ("wrong-type", None)


@tabled("number", [Decimal("10.000"), 10.0, Decimal("1E+1"), 10])
def test_a_number_of_python_is_no_text_that_could_be_read_in_two_ways(number: Any) -> None:
    assert given(examples=number).states["examples"].value == 10
    assert problem(examples="10.000") == ("wrong-type", "write 10000, or 10")


def test_who_writes_several_values_otherwise_is_told_how_and_what_is_told_is_read() -> None:
    for between in ("|", " | "):
        either = "`|` means one of these, and `needs` may have several; where all of them are meant: `water,food`"
        assert problem(needs=f"water{between}food") == ("unknown-value", either)
    for between in (";", "/", " + ", " & ", " ", " and ", " or ", "、", "，"):
        code, hint = problem(needs=f"water{between}food")
        assert (code, hint) == ("unknown-value", "several values are written with commas: `water,food`"), between
    assert given(needs="water,food").states == given(needs=["water", "food"]).states
    for text in ("water|fule", "water and", "watr food"):
        assert "several" not in str(problem(needs=text)), text


def test_who_names_several_values_of_a_choice_otherwise_is_told_how_and_what_is_told_is_read() -> None:
    colours = fact("colour", "choice", values=["red", "blue", "green"], labels={c: c for c in ("red", "blue", "green")})
    vocabulary = written(framed(facts=[colours])).vocabulary
    for start in ("", "not "):
        for text in ("red, blue", "red,blue", "[red, blue]", "red or blue", "red、blue", "red / blue"):
            with pytest.raises(WhytuneError) as caught:
                resolve(vocabulary, from_python({"colour": start + text}))
            told = caught.value.problems[0].hint
            either = "`colour` takes one value; where it is one of these, not known which"
            others = "several values are written with `|`"
            assert told == f"{others if start else either}: `{start}red|blue`", text
        several = resolve(vocabulary, from_python({"colour": f"{start}red|blue"}))
        assert several.states["colour"].state == "given"


def test_a_list_gives_every_member_of_choices() -> None:
    states = given(needs=["water"]).states
    assert (states["needs.water"].value, states["needs.food"].value) == ("yes", "no")
    assert given(needs=[]).states["needs.water"] == ("no", "given")
    assert given(needs={"water"}).states == states
    assert (
        from_text("needs: water").states
        == from_text("needs: [water]").states
        == from_text("needs.water: yes\nneeds.food: no").states
    )


def test_a_member_may_be_given_alone() -> None:
    states = from_text("needs.water: yes").states
    assert states["needs.water"] == ("yes", "given")
    assert states["needs.food"] == (None, "unknown")


def test_the_same_thing_said_twice_is_no_contradiction() -> None:
    assert from_text("needs: [water]\nneeds.water: yes").states["needs.water"] == ("yes", "given")


@tabled("text", ["calm:", "calm: ~", "calm: null", '{"calm": null}', "{}", "given:", "needs:"])
def test_a_blank_is_as_good_as_left_out(text: str) -> None:
    assert from_text(text).states == from_text("{}").states


def test_a_fact_left_out_is_assumed_and_one_said_to_be_unknown_is_not() -> None:
    assert given().states["calm"] == ("no", "assumed")
    assert given(calm=None).states["calm"] == ("no", "assumed")
    assert given(calm="unknown").states["calm"] == (None, "unknown")
    assert given(needs="unknown").states["needs.water"] == (None, "unknown")
    assert given(urgent="unknown").states == given().states


def test_what_does_not_apply_has_no_value() -> None:
    assert given(urgent=False).states["deadline"] == (None, "not_applicable")
    assert given(urgent=True).states["deadline"] == (None, "unknown")
    assert given().states["deadline"] == (None, "unknown")
    assert given(urgent=True, deadline=3).states["deadline"] == (Decimal(3), "given")
    assert given(urgent=False, deadline="unknown").states["deadline"] == (None, "not_applicable")


def test_an_assumption_may_make_a_fact_not_applicable() -> None:
    assert given().states["asleep"] == (None, "not_applicable")
    assert problem(asleep=True)[0] == "not-applicable"


def test_a_chain_of_conditions_falls_together(tmp_path: Path) -> None:
    text = (Path(__file__).parent / "broken" / "cases" / "_rulebook.yaml").read_text()
    text = text.replace(
        "conclusions:",
        "  - {fact: dreams, kind: yes_no, ask: Does it dream?, label: Dreams, only_if: {asleep: yes}}\n\nconclusions:",
        1,
    )
    (tmp_path / "chain.yaml").write_text(text)
    rulebook = load(tmp_path / "chain.yaml")
    assert from_text("calm: no", rulebook).states["dreams"].state == "not_applicable"
    assert from_text("calm: yes", rulebook).states["dreams"].state == "unknown"
    assert from_text("calm: yes\nasleep: no", rulebook).states["dreams"].state == "not_applicable"
    assert from_text("{calm: yes, asleep: yes, dreams: yes}", rulebook).states["dreams"] == ("yes", "given")


def test_a_later_layer_wins_fact_by_fact() -> None:
    file = read_case(decode(b"urgent: yes\nexamples: 5\nneeds: [water]", "case")).given
    given = from_settings(["examples=7", "needs.food=yes", "calm = unknown"], RULEBOOK.vocabulary)
    states = resolve(RULEBOOK.vocabulary, file, given).states
    assert [states[name].value for name in ("urgent", "examples", "needs.water", "needs.food", "calm")] == [
        "yes",
        7,
        "yes",
        "yes",
        None,
    ]


def test_a_setting_gives_choices_by_commas_and_nothing_by_nothing() -> None:
    given = from_settings(["needs=water, food"], RULEBOOK.vocabulary)
    assert resolve(RULEBOOK.vocabulary, given).states["needs.food"].value == "yes"
    for setting in ("needs=", "calm= "):
        with pytest.raises(WhytuneError, match="is given no value"):
            from_settings([setting], RULEBOOK.vocabulary)


@tabled("setting", ["examples", "=5", "", " = "])
def test_a_setting_without_a_name_and_a_value_is_refused(setting: str) -> None:
    with pytest.raises(WhytuneError, match="not of the form fact=value"):
        from_settings([setting], RULEBOOK.vocabulary)


def test_the_cells_of_a_case_are_those_of_its_values() -> None:
    facts = given(urgent=True, examples=99)
    assert facts.values["volume"] == "few"
    assert given(examples=100).values["volume"] == "many"
    assert facts.given_cells == {"urgent": 0, "examples": 0}
    assert facts.cells == {**facts.given_cells, "calm": 1}


def test_every_mistake_in_the_facts_is_reported_at_once() -> None:
    with pytest.raises(WhytuneError) as caught:
        given(urgnet=True, colour="rad", examples=-1, calm="maybe")
    assert [problem.code for problem in caught.value.problems] == [
        "unknown-value",
        "unknown-value",
        "outside-range",
        "unknown-fact",
    ]


def test_facts_of_python_are_checked_too_where_they_are_completed() -> None:
    with pytest.raises(WhytuneError, match="does not apply"):
        complete(RULEBOOK.vocabulary, {"urgent": "no", "deadline": Decimal(3)})


def test_a_case_file_may_have_a_title_and_expectations() -> None:
    case = read_case(decode(b"case: One\ngiven: {urgent: yes}\nexpect: {approach: drive}", "case"))
    assert (case.title, plain(case.expect)) == ("One", {"approach": "drive"})
    blank = read_case(decode(b"case:\ngiven:\nexpect:", "case"))
    assert (blank.title, blank.given.entries, blank.expect.entries) == (None, (), ())


BOUNDED = written(
    framed(
        facts=[
            fact("examples", "whole_number", bands=[{"band": "volume", "cut_at": [100], "values": ["few", "many"]}]),
            fact(
                "good",
                "whole_number",
                at_most="examples",
                assume=50,
                bands=[{"band": "quality", "cut_at": [50], "values": ["low", "high"]}],
            ),
            fact(
                "best",
                "whole_number",
                at_most="good",
                bands=[{"band": "top", "cut_at": [10, 30], "values": ["none", "some", "all"]}],
            ),
        ],
        decisions=[decision("d", ["a", "b"], "a", "refer")],
        rules=[rule("r", **{"if": {"quality": "high"}}, propose={"d": "b"})],
    )
)


def bound(**facts: Any) -> CaseFacts:
    return resolve(BOUNDED.vocabulary, from_python(facts))


@tabled(
    "facts",
    [
        {"examples": 40, "good": 90},
        {"examples": 40, "best": 41},
        {"examples": "10..40", "good": ">= 41"},
        {"examples": "few", "good": 100},
        {"good": {"at_most": 3}, "best": "some"},
    ],
)
def test_a_number_beyond_one_that_bounds_it_is_a_contradiction_told_at_its_place(facts: dict[str, Any]) -> None:
    with pytest.raises(WhytuneError) as caught:
        bound(**facts)
    [problem] = caught.value.problems
    low, high = sorted(facts, key=["best", "good", "examples"].index)
    assert problem.code == "contradiction"
    assert problem.span is not None
    assert problem.span.source == low
    assert f"more than `{high}`" in problem.message
    assert problem.hint is None  # where the other stands says no more than its name


def test_of_several_numbers_only_those_count_that_others_leave() -> None:
    facts = bound(best=35, good="20 | 60", examples="10 | 70..80")
    assert facts.cells["good"] == facts.vocabulary.domains["good"].cell_of(Decimal(60))
    assert facts.knowledge["volume"] == bound(examples=70).knowledge["volume"]


def test_several_numbers_of_which_others_leave_none_are_a_contradiction() -> None:
    with pytest.raises(WhytuneError) as caught:
        bound(best=35, good="20 | 60", examples=50)
    [problem] = caught.value.problems
    assert problem.code == "contradiction"
    assert problem.message == "`best` is 35, but the numbers that bound it leave nothing of that"
    assert problem.hint == "it is bound by examples, good"


def test_what_is_given_limits_what_is_certain_of_an_assumed_number_too() -> None:
    high = bound(best=50)
    assert high.states["good"] == (Decimal(50), "assumed")
    assert high.given_places["good"] == high.places["good"] == 1
    either = bound(best=35)
    assert either.states["good"].state == "assumed"
    assert "good" not in either.given_places


def test_a_number_is_limited_by_the_range_of_what_bounds_it() -> None:
    made = written(
        framed(
            facts=[
                fact("some", "whole_number", at_most="all", used_for="costs"),
                fact("all", "whole_number", range={"max": 200}, used_for="costs"),
            ]
        )
    )
    assert resolve(made.vocabulary, from_python({"some": "20 | 250"})).limits["some"].high == Decimal(21)
    with pytest.raises(WhytuneError, match="`some` is 250, but the numbers that bound it leave nothing of that"):
        resolve(made.vocabulary, from_python({"some": 250}))


def test_an_assumption_beyond_what_is_given_does_not_stand() -> None:
    assert bound(examples=50).states["good"] == (Decimal(50), "assumed")
    implied = bound(examples=49)
    assert implied.states["good"].state == "implied"
    assert str(implied.states["good"].value) == "<= 49"
    assert implied.values["quality"] == "low"
    assert "best" not in implied.places


def test_a_number_follows_from_others_in_both_directions_and_through_one_between() -> None:
    facts = bound(best=35, examples=120)
    assert facts.knowledge["quality"] == "high"  # the assumed 50 is still possible
    assert bound(best=60).states["good"].state == "implied"
    assert bound(best=60).knowledge["quality"] == "high"
    assert bound(best=120).knowledge["volume"] == "many"
    assert bound(examples=20).knowledge["top"] == frozenset({"none", "some"})


@tabled(
    ("value", "cells"),
    [
        ("red|blue", {0, 1}),
        ("not red", {1, 2}),
        ("cold", {1, 2}),
        ({"one_of": ["red", "blue"]}, {0, 1}),
        ({"not": "red"}, {1, 2}),
        ({"not": ["red", "blue"]}, {2}),
        ("cold|red", None),
    ],
)
def test_a_choice_may_be_known_in_part(value: Any, cells: set[int] | None) -> None:
    place = given(colour=value).places.get("colour")
    assert (place if not isinstance(place, int) else {place}) == cells


@tabled(
    ("value", "text", "volume"),
    [
        ("1000..5000", "1000..5000", "many"),
        ("99..100", "99..100", {"few", "many"}),
        ({"at_least": 99, "below": 100}, None, "few"),
        ({"above": 99}, "> 99", "many"),
        ({"at_least": 10, "at_most": 99}, "10..99", "few"),
        (">= 50 and < 100", ">= 50 and < 100", "few"),
        ("few", "few", "few"),
        ("not few", "not few", "many"),
        (">= 0", "unknown", None),
        ("not < 0", "unknown", None),
        ("2 | 500", "2 | 500", {"few", "many"}),
        ({"one_of": [2, "20..30"]}, "2|20..30", "few"),
        ("1..5 | 3..20 | 7", "1..5 | 3..20 | 7", "few"),
        ("few | 100", "few | 100", {"few", "many"}),
        ("[100..200)", "[100..200)", "many"),
        ("(98..99]", "99", "few"),
        ({"not": 99}, "not 99", {"few", "many"}),
        ("not >= 100", "not >= 100", "few"),
    ],
)
def test_a_number_may_be_known_in_part_and_what_is_kept_reads_the_same(
    value: Any, text: str | None, volume: Any
) -> None:
    facts = given(examples=value)
    known = facts.knowledge.get("volume")
    assert (set(known) if isinstance(known, frozenset) else known) == volume
    if text is not None:
        assert str(facts.states["examples"].value or "unknown") == text
        assert given(examples=text).states["examples"] == facts.states["examples"]


@tabled(
    ("text", "hint"),
    [
        ("mnay", "did you mean `many`?"),
        ("not fwe", "did you mean `few`?"),
        ("20-30", "if only part of it is known"),
        ("20 to 30", "if only part of it is known"),
        ("at least 20", "if only part of it is known"),
        ("10k", "write 10000"),
        ("5.5", None),
    ],
)
def test_what_is_no_number_is_told_with_what_may_be_meant(text: str, hint: str | None) -> None:
    with pytest.raises(WhytuneError) as refused:
        given(examples=text)
    (problem,) = refused.value.problems
    assert str(problem.hint or "").startswith(hint or "")
    assert (problem.hint is None) == (hint is None)


def test_a_choice_known_in_part_is_no_number_that_could_be_beyond_another() -> None:
    colours = fact("colour", "choice", values=["red", "blue", "green"], labels={c: c for c in ("red", "blue", "green")})
    numbers = [
        fact("low", "whole_number", at_most="high", used_for="costs"),
        fact("high", "whole_number", used_for="costs"),
    ]
    made = written(framed(facts=[*numbers, colours]))
    case = resolve(made.vocabulary, from_python({"colour": "red|blue", "low": 3, "high": "3..9"}))
    assert case.places["colour"] == frozenset({0, 1})


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"prompt_result": "bad", "signal": "nothing", "examples": 10}, ["not-applicable", "unknown-value"]),
        ({"signal": "bad", "examples": 10}, ["unknown-value"]),
        ({"goals": ["bad"], "goals.format": False, "schema_can_be_enforced": True}, ["unknown-value"]),
        ({"lokup": True, "knowledge_tokens": 10}, ["unknown-fact"]),
    ],
)
def test_beside_a_mistake_nothing_is_assumed_but_what_does_not_apply_is_told(
    facts: dict[str, Any], codes: list[str]
) -> None:
    with pytest.raises(WhytuneError) as caught:
        resolve(load("practice").vocabulary, from_python(facts))
    assert [problem.code for problem in caught.value.problems] == codes
