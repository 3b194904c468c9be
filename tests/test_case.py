"""The facts of one case: typed by the vocabulary, layered, assumed, unknown or not applicable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from whytune.engine import Rulebook, WhytuneError, load
from whytune.engine.language.case import CaseFacts, complete, from_python, from_settings, resolve
from whytune.engine.language.casefile import read_case
from whytune.engine.language.source import decode, plain

RULEBOOK = load(Path(__file__).parent / "broken" / "cases" / "_rulebook.yaml")


def from_text(text: str, rulebook: Rulebook = RULEBOOK) -> CaseFacts:
    return resolve(rulebook.vocabulary, read_case(decode(text.encode(), "case")).given)


def given(**facts: Any) -> CaseFacts:
    return resolve(RULEBOOK.vocabulary, from_python(facts))


def problem(**facts: Any) -> tuple[str, str | None]:
    with pytest.raises(WhytuneError) as caught:
        given(**facts)
    return caught.value.problems[0].code, caught.value.problems[0].hint


@pytest.mark.parametrize(
    "text", ["urgent: yes", "urgent: 'yes'", "urgent: true", "urgent: YES", '{"urgent": true}', '{"urgent": "yes"}']
)
def test_yes_has_several_spellings(text: str) -> None:
    assert from_text(text).states["urgent"] == ("yes", "given")


@pytest.mark.parametrize(
    "text", ["examples: 12", "examples: '12'", '{"examples": 12}', '{\n\t"examples": "12"\n}', "examples: 12.0"]
)
def test_a_number_may_be_quoted(text: str) -> None:
    assert from_text(text).states["examples"] == (Decimal(12), "given")


@pytest.mark.parametrize("value", [12, 12.0, Decimal(12), Decimal("1.2E+1"), "12", Fraction(12)])
def test_a_number_may_be_any_number_of_python(value: object) -> None:
    assert given(examples=value).states["examples"] == (Decimal(12), "given")


@pytest.mark.parametrize(
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
        "many",
        [],
        {},
        99.5,
        2**53 + 1,
        b"12",
        object(),
        date(2026, 1, 1),
        "10e3",
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_is_no_whole_number(value: object) -> None:
    assert problem(examples=value)[0] == "wrong-type"


def test_a_coarse_arithmetic_of_the_program_changes_no_number() -> None:
    with localcontext(prec=3):
        assert given(examples=123_456, weight="999.123456") == given(examples="123456", weight=999.123456)
        assert given(examples=123_456).states["examples"].value == Decimal("123456")


def test_a_small_float_is_written_out() -> None:
    assert problem(weight=1e-5)[0] == "outside-range"
    assert problem(weight=1.0000001)[0] == "wrong-type"
    assert given(weight=0.5).states["weight"].value == Decimal("0.5")


@pytest.mark.parametrize("text", ["10,5", ",1", "1000,000", "10." + "0" * 60])
def test_a_text_that_means_no_whole_number_gets_no_hint(text: str) -> None:
    assert problem(examples=text) == ("wrong-type", None)


@pytest.mark.parametrize("number", [Decimal("10.000"), 10.0, Decimal("1E+1"), 10])
def test_a_number_of_python_is_no_text_that_could_be_read_in_two_ways(number: Any) -> None:
    assert given(examples=number).states["examples"].value == 10
    assert problem(examples="10.000") == ("wrong-type", "write 10000, or 10")


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


@pytest.mark.parametrize("text", ["calm:", "calm: ~", "calm: null", '{"calm": null}', "{}", "given:", "needs:"])
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
    states = resolve(
        RULEBOOK.vocabulary, file, from_settings(["examples=7", "needs.food=yes", "calm = unknown"])
    ).states
    assert [states[name].value for name in ("urgent", "examples", "needs.water", "needs.food", "calm")] == [
        "yes",
        7,
        "yes",
        "yes",
        None,
    ]


def test_a_setting_gives_choices_by_commas_and_none_by_nothing() -> None:
    assert resolve(RULEBOOK.vocabulary, from_settings(["needs=water, food"])).states["needs.food"].value == "yes"
    assert resolve(RULEBOOK.vocabulary, from_settings(["needs="])).states["needs.food"] == ("no", "given")
    assert resolve(RULEBOOK.vocabulary, from_settings(["calm="])).states["calm"] == ("no", "assumed")


@pytest.mark.parametrize("setting", ["examples", "=5", "", " = "])
def test_a_setting_without_a_name_and_a_value_is_refused(setting: str) -> None:
    with pytest.raises(WhytuneError, match="not of the form fact=value"):
        from_settings([setting])


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
