"""Hypothesis strategies: tables under every hit policy, with cells of every form that the language has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

Cell = Any
Tests = Mapping[str, Sequence[str]]
"""What a column may test, with the values that its cells may name; none of a number, whose cells compare."""

ANYTHING = "-"


@st.composite
def tables(draw: st.DrawFn, name: str, decision: Mapping[str, Any], tests: Tests, most_rows: int = 4) -> dict[str, Any]:
    """A table of this name about the decision, with up to three columns of conditions."""
    columns = draw(st.lists(st.sampled_from(sorted(tests)), min_size=1, max_size=3, unique=True))
    effects = draw(st.sampled_from((["propose"], ["propose"], ["propose", "rule_out"], ["rule_out", "caution"])))
    options = {effect: _options(decision, effect) for effect in effects}
    rows = [
        [*(draw(cell_of(tests[column])) for column in columns), *(draw(_effect(options, effect)) for effect in effects)]
        for _ in range(draw(st.integers(1, most_rows)))
    ]
    return {
        "table": name,
        "decision": decision["decision"],
        "hit": draw(st.sampled_from(("one", "first", "first", "any"))),
        "because": f"{name} says so",
        "source": {"document": "memo", "place": "page 3"},
        "columns": [*columns, *effects],
        "rows": rows,
    }


def _options(decision: Mapping[str, Any], effect: str) -> list[str]:
    """What the cells of an effect may name: rules propose no combination."""
    options = decision["options"]
    return [option["option"] for option in options if effect != "propose" or "combines" not in option]


def _effect(options: Mapping[str, list[str]], effect: str) -> st.SearchStrategy[Cell]:
    """An option, or several; nothing too, but in the first column of effects, so that each row does something."""
    some = st.lists(st.sampled_from(options[effect]), min_size=1, max_size=2, unique=True).map(" | ".join)
    return some if effect == next(iter(options)) else st.just(ANYTHING) | some


def cell_of(values: Sequence[str]) -> st.SearchStrategy[Cell]:
    """A cell that tests something with these values; with none, a number."""
    return st.just(ANYTHING) | (_naming(values) if values else stretches())


def _naming(values: Sequence[str]) -> st.SearchStrategy[Cell]:
    one = st.sampled_from(values)
    some = st.lists(one, min_size=1, max_size=2, unique=True)
    return one | one.map("not {}".format) | some.map(" | ".join) | some


@st.composite
def stretches(draw: st.DrawFn) -> str:
    """Stretches of numbers, with ends of every kind."""
    low = draw(st.integers(1, 200))
    high = low + draw(st.integers(2, 100))
    one = st.sampled_from(
        (
            *(f">= {low}", f"> {low}", f"< {high}", f"<= {high}", str(low), f"{low}..{high}", f"< {low} | > {high}"),
            *(f"{opening}{low}..{high}{closing}" for opening in "[(]" for closing in "])["),
        )
    )
    return draw(st.sampled_from(("", "", "not "))) + draw(one)
