"""What a rulebook means for one case: the definition, in small tables."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook
from whytune.engine.language.rulebook import REFER, Condition, Decision
from whytune.engine.meaning.semantics import (
    Meaning,
    Truth,
    advise,
    all_of,
    any_of,
    meaning,
    negate,
    outcome,
    ranked,
    rule_state,
    state_of,
)
from whytune.engine.meaning.semantics import test as holds

from .generated import decision, fact, framed, rule, rulebooks, written
from .looks import tabled

YES, NO, OPEN = True, False, None


@tabled(
    ("a", "b", "both", "either"),
    [
        (YES, YES, YES, YES),
        (YES, NO, NO, YES),
        (YES, OPEN, OPEN, YES),
        (NO, YES, NO, YES),
        (NO, NO, NO, NO),
        (NO, OPEN, NO, OPEN),
        (OPEN, YES, OPEN, YES),
        (OPEN, NO, NO, OPEN),
        (OPEN, OPEN, OPEN, OPEN),
    ],
)
def test_kleene(a: Truth, b: Truth, both: Truth, either: Truth) -> None:
    assert all_of([a, b]) is both
    assert any_of([a, b]) is either
    assert any_of([negate(a), negate(b)]) is negate(both)


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert all_of([]) is True
    assert any_of([]) is False


@pytest.mark.parametrize(("truth", "state"), [(YES, "in_force"), (NO, "not_in_force"), (OPEN, "open")])
def test_states_of_a_rule(truth: Truth, state: str) -> None:
    assert rule_state(truth) == state


@tabled(
    ("value", "truth"),
    [
        ("x", YES),
        ("z", NO),
        ({"x"}, YES),
        ({"x", "y"}, YES),
        ({"z"}, NO),
        ({"y", "z"}, OPEN),
        ({"x", "y", "z"}, OPEN),
        (None, OPEN),
    ],
)
def test_a_condition_is_true_if_it_accepts_all_that_may_be_and_false_if_none_of_it(value: Any, truth: Truth) -> None:
    condition = Condition(subject="f", accepts=frozenset("xy"), named=("x", "y"))
    may_be = frozenset(value) if isinstance(value, set) else value
    assert holds(condition, {} if value is None else {"f": may_be}) is truth


def book(
    *rules: dict[str, Any], several: Any = "refer", none: str = "refer", options: Any = None, **more: Any
) -> Rulebook:
    """Rules over yes_no facts f, g and h, and a decision between `a`, `b` and `c`, `c` a kind of `b`."""
    rows = options or ["a", "b", {"option": "c", "kind_of": "b"}]
    decisions = [decision("d", rows, none, several), *more.pop("later", [])]
    facts = [fact(name, "yes_no") for name in "fgh"]
    return written(framed(facts=facts, rules=list(rules), decisions=decisions, **more))


def means(rulebook: Rulebook, case: str) -> Meaning:
    """The meaning where facts in capitals are yes, in small letters no, and those left out unknown."""
    return meaning(rulebook, {letter.lower(): "yes" if letter.isupper() else "no" for letter in case})


@tabled(("case", "state"), [("FG", YES), ("Fg", NO), ("fG", NO), ("F", OPEN), ("f", NO), ("g", NO), ("", OPEN)])
def test_all_of_if_must_hold(case: str, state: Truth) -> None:
    rulebook = book(rule("r", **{"if": {"f": "yes", "g": "yes"}}, propose={"d": "a"}))
    assert means(rulebook, case).rules["r"] is state


@tabled(
    ("case", "state"),
    [("FG", YES), ("Fh", YES), ("F", OPEN), ("FgH", NO), ("Fg", OPEN), ("fG", NO), ("G", OPEN), ("f", NO)],
)
def test_one_of_any_of_must_hold(case: str, state: Truth) -> None:
    rulebook = book(rule("r", **{"if": {"f": "yes"}}, any_of=[{"g": "yes"}, {"h": "no"}], propose={"d": "a"}))
    assert means(rulebook, case).rules["r"] is state


@tabled(
    ("case", "state"),
    [("FGH", NO), ("FGh", YES), ("Fg", YES), ("FG", OPEN), ("F", OPEN), ("GH", NO), ("f", NO), ("h", OPEN)],
)
def test_except_if_switches_off_where_all_of_it_holds(case: str, state: Truth) -> None:
    rulebook = book(rule("r", **{"if": {"f": "yes"}}, except_if={"g": "yes", "h": "yes"}, propose={"d": "a"}))
    assert means(rulebook, case).rules["r"] is state


def test_except_if_switches_off_its_own_rule_only() -> None:
    rulebook = book(
        rule("r", **{"if": {"f": "yes"}}, except_if={"g": "yes"}, propose={"d": "a"}),
        rule("s", **{"if": {"f": "yes"}}, propose={"d": "a"}),
    )
    assert means(rulebook, "FG").rules == {"r": NO, "s": YES}
    assert means(rulebook, "FG").advice == {"d": "a"}


@tabled(
    ("proposed", "ruled_out", "state"),
    [
        (YES, YES, "ruled_out"),
        (YES, NO, "stands"),
        (YES, OPEN, "proposed"),
        (NO, YES, "ruled_out"),
        (NO, NO, "not_proposed"),
        (NO, OPEN, "not_proposed"),
        (OPEN, YES, "ruled_out"),
        (OPEN, NO, "open"),
        (OPEN, OPEN, "open"),
    ],
)
def test_states_of_an_option(proposed: Truth, ruled_out: Truth, state: str) -> None:
    assert state_of(proposed, ruled_out) == state


@tabled(
    ("case", "state", "advice"),
    [
        ("FG", "ruled_out", "refer"),
        ("Fg", "stands", "a"),
        ("F", "proposed", None),
        ("fg", "not_proposed", "refer"),
        ("f", "not_proposed", "refer"),
        ("G", "ruled_out", "refer"),
        ("g", "open", None),
    ],
)
def test_an_option_stands_if_proposed_and_not_ruled_out(case: str, state: str, advice: str | None) -> None:
    rulebook = book(
        rule("for_a", **{"if": {"f": "yes"}}, propose={"d": "a"}),
        rule("against_a", **{"if": {"g": "yes"}}, rule_out={"d": "a"}),
    )
    assert means(rulebook, case).options["d", "a"] == state
    assert means(rulebook, case).advice["d"] == advice


@tabled(
    ("case", "states", "advice"),
    [
        ("FGh", ("stands", "stands"), "c"),
        ("Fgh", ("stands", "not_proposed"), "b"),
        ("fGh", ("not_proposed", "stands"), "c"),
        ("FGH", ("ruled_out", "ruled_out"), "refer"),
        ("Fh", ("stands", "open"), None),
        ("Gh", ("open", "stands"), "c"),
    ],
)
def test_kinds(case: str, states: tuple[str, str], advice: str | None) -> None:
    """A kind that stands replaces its parent; a parent ruled out takes its kinds along."""
    rulebook = book(
        rule("for_b", **{"if": {"f": "yes"}}, propose={"d": "b"}),
        rule("for_c", **{"if": {"g": "yes"}}, propose={"d": "c"}),
        rule("against_b", **{"if": {"h": "yes"}}, rule_out={"d": "b"}),
    )
    found = means(rulebook, case)
    assert (found.options["d", "b"], found.options["d", "c"]) == states
    assert found.advice["d"] == advice


def test_a_kind_that_is_ruled_out_leaves_its_parent() -> None:
    rulebook = book(
        rule("for_both", **{"if": {"f": "yes"}}, propose={"d": ["b", "c"]}),
        rule("against_c", **{"if": {"g": "yes"}}, rule_out={"d": "c"}),
    )
    assert means(rulebook, "FG").advice["d"] == "b"
    assert means(rulebook, "Fg").advice["d"] == "c"


def test_kinds_of_kinds() -> None:
    rulebook = book(
        rule("for_all", **{"if": {"f": "yes"}}, propose={"d": ["a", "b", "c"]}),
        rule("against_a", **{"if": {"g": "yes"}}, rule_out={"d": "a"}),
        options=["a", {"option": "b", "kind_of": "a"}, {"option": "c", "kind_of": "b"}],
    )
    assert means(rulebook, "Fg").advice["d"] == "c"
    assert set(means(rulebook, "FG").options.values()) == {"ruled_out"}


@tabled(
    ("several", "case", "advice"),
    [
        ("refer", "fgh", "b"),  # the fallback
        ("refer", "Fgh", "x"),
        ("refer", "FGh", REFER),
        ("refer", "FGH", REFER),
        (["y", "x"], "FGh", "y"),
        (["y", "x"], "FgH", REFER),
        (["y", "x"], "FGH", REFER),
        (["y", "x"], "fgH", "z"),
        (["z", "y", "x"], "FGH", "z"),
        (["z", "y", "x"], "FGh", "y"),
        (["z", "y", "x"], "GH", "z"),  # two stand, and the third cannot change that
        ("refer", "FG", REFER),
        (["y", "x"], "FG", None),
        (["y", "x"], "F", None),
        (["y", "x"], "", None),
    ],
)
def test_policies(several: Any, case: str, advice: str | None) -> None:
    rulebook = book(
        *(
            rule(f"for_{option}", **{"if": {name: "yes"}}, propose={"d": option})
            for name, option in zip("fgh", "xyz", strict=True)
        ),
        options=["x", "y", "z", "b"],
        none="b",
        several=several,
    )
    assert means(rulebook, case).advice["d"] == advice


@tabled(
    ("case", "conclusion", "state"),
    [("F", YES, YES), ("G", YES, YES), ("fg", NO, NO), ("f", OPEN, OPEN), ("", OPEN, OPEN)],
)
def test_a_conclusion_is_no_when_no_rule_draws_it(case: str, conclusion: Truth, state: Truth) -> None:
    rulebook = book(
        rule("one", **{"if": {"f": "yes"}}, conclude="c1"),
        rule("two", **{"if": {"g": "yes"}}, conclude="c1"),
        rule("then", **{"if": {"c1": "yes"}}, propose={"d": "a"}),
        rule("else", **{"if": {"c1": "no"}}, propose={"d": "b"}),
        conclusions=[{"conclusion": "c1", "label": "c1"}],
    )
    found = means(rulebook, case)
    assert found.conclusions["c1"] is conclusion
    assert found.rules["then"] is state
    assert found.rules["else"] is negate(state)


@tabled(
    ("case", "first", "exact", "with_kinds", "referred"),
    [
        ("Fgh", "a", NO, NO, NO),
        ("fGh", "b", YES, YES, NO),
        ("fgH", "c", NO, YES, NO),
        ("FGh", "refer", NO, NO, YES),
        ("fG", None, OPEN, OPEN, OPEN),
    ],
)
def test_a_later_decision_tests_the_advice(
    case: str, first: str | None, exact: Truth, with_kinds: Truth, referred: Truth
) -> None:
    """An option named in a condition accepts its kinds; `exact` tells them apart by excluding the kind."""
    rulebook = book(
        rule("for_a", **{"if": {"f": "yes"}}, propose={"d": "a"}),
        rule("for_b", **{"if": {"g": "yes"}}, propose={"d": "b"}),
        rule("for_c", **{"if": {"h": "yes"}}, propose={"d": "c"}),
        rule("exact", **{"if": {"d": "b"}}, except_if={"d": "c"}, propose={"e": "x"}),
        rule("with_kinds", **{"if": {"d": "b"}}, propose={"e": "x"}),
        rule("referred", **{"if": {"d": "refer"}}, propose={"e": "y"}),
        later=[decision("e", ["x", "y", "z"], "z", "refer")],
    )
    found = means(rulebook, case)
    assert found.advice["d"] == first
    assert [found.rules[name] for name in ("exact", "with_kinds", "referred")] == [exact, with_kinds, referred]
    assert found.advice["e"] == (None if first is None else "y" if referred else "x" if with_kinds else "z")


def subsets(decision: Decision) -> list[tuple[str, ...]]:
    names = ranked(decision)
    return [left for size in range(len(names) + 1) for left in combinations(names, size)]


@pytest.mark.slow
@given(rulebook=rulebooks)
def test_the_first_two_that_remain_give_the_outcome_of_all(rulebook: Rulebook) -> None:
    for decided in rulebook.decisions:
        assert sorted(ranked(decided)) == sorted(option.option for option in decided.options)
        for left in subsets(decided):
            assert outcome(decided, left[:2]) == outcome(decided, left)


@given(rulebook=rulebooks, data=st.data())
def test_advice_under_unknowns_is_that_of_every_completion(rulebook: Rulebook, data: st.DataObject) -> None:
    """What Kleene's logic decides stays so whatever the unknowns turn out to be."""
    for decided in rulebook.decisions:
        names = [option.option for option in decided.options]
        stands = {name: data.draw(st.sampled_from([YES, NO, OPEN])) for name in names}
        applies = data.draw(st.sampled_from([YES, NO, OPEN]))
        known = advise(decided, stands, applies)
        unknown = [name for name in names if stands[name] is None]
        completions = {
            advise(decided, {**stands, **dict.fromkeys(unknown, NO), **dict.fromkeys(chosen, YES)}, whether)
            for whether in ([YES, NO] if applies is OPEN else [applies])
            for size in range(len(unknown) + 1)
            for chosen in combinations(unknown, size)
        }
        assert None not in completions
        assert known is None or completions == {known}


@tabled(
    ("names", "rests_on", "order"),
    [("zya", {}, "zya"), ("azy", {}, "azy"), ("zya", {"z": "a"}, "azy"), ("zya", {"y": "a", "z": "y"}, "yaz")],
)
def test_where_no_decision_is_named_the_last_on_which_no_other_rests_is_meant(
    names: str, rests_on: dict[str, str], order: str
) -> None:
    rules = [
        rule(f"{top}_after_{below}", **{"if": {below: "p"}}, propose={top: "p"}) for top, below in rests_on.items()
    ]
    rows = [decision(name, ["p", "q"], "q", "refer") for name in names]
    parts = framed(facts=[fact("f", "yes_no")], rules=rules, decisions=rows)
    assert "".join(written(parts).decision_order) == order


@pytest.mark.parametrize(("main", "order"), [("z", "ayz"), ("y", "azy"), ("a", "zya")])
def test_the_main_decision_is_meant_where_none_is_named_whatever_rests_on_it(main: str, order: str) -> None:
    rows = [decision(name, ["p", "q"], "q", "refer") for name in "zya"]
    above = rule("z_after_a", **{"if": {"a": "p"}}, propose={"z": "p"})
    parts = framed(facts=[fact("f", "yes_no")], rules=[above], decisions=rows)
    parts["rulebook"]["main"] = main
    assert "".join(written(parts).decision_order) == order
    assert written(parts).final_decisions == ("z", "y")
