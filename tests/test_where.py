"""Sets of cells, and functions of cells, held against plain sets of cells that list them all."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whytune.engine import Rulebook
from whytune.engine.meaning.diagram import Function, Ground, Where
from whytune.engine.meaning.diagram.where import differ

from .generated import decision, fact, framed, rule, written
from .looks import tabled

Cell = tuple[int, ...]
NAMES = ("colour", "size", "is_new")


def ground() -> Ground:
    """Three facts, of three, two and two cells."""
    facts = [
        fact(
            "colour", "choice", values=["red", "blue", "grey"], labels={name: name for name in ("red", "blue", "grey")}
        ),
        fact("size", "choice", values=["small", "large"], labels={name: name for name in ("small", "large")}),
        fact("is_new", "yes_no"),
    ]
    rules = [rule("r", propose={"d": "a"}, **{"if": {"colour": "red", "size": "small", "is_new": "yes"}})]
    return Ground(written(framed(facts=facts, rules=rules, decisions=[decision("d", ["a", "b"], "b", ["a", "b"])])))


CELLS: tuple[Cell, ...] = tuple(product(range(3), range(2), range(2)))


def where_of(ground: Ground, cells: frozenset[Cell]) -> Where:
    """The set put together cell by cell."""
    return ground.any_of(
        ground.all_of(ground.choice(name, [at]) for name, at in zip(NAMES, cell, strict=True)) for cell in sorted(cells)
    )


def cells_of(where: Where) -> frozenset[Cell]:
    return frozenset(cell for cell in CELLS if where.holds(dict(zip(NAMES, cell, strict=True))))


def function_of(ground: Ground, table: dict[Cell, int]) -> Function[int]:
    function = ground.constant(0)
    for cell, value in table.items():
        function = where_of(ground, frozenset((cell,))).combined(
            lambda here, before, value=value: value if here else before, function, name=("put", value)
        )
    return function


sets_of_cells = st.frozensets(st.sampled_from(CELLS))
tables = st.fixed_dictionaries({cell: st.integers(0, 2) for cell in CELLS})


@given(one=sets_of_cells, other=sets_of_cells, third=sets_of_cells)
def test_the_signs_mean_what_they_mean_for_sets(
    one: frozenset[Cell], other: frozenset[Cell], third: frozenset[Cell]
) -> None:
    on = ground()
    a, b, c = (where_of(on, cells) for cells in (one, other, third))
    assert cells_of(a & b) == one & other
    assert cells_of(a | b) == one | other
    assert cells_of(a ^ b) == one ^ other
    assert cells_of(a - b) == one - other
    assert cells_of(~a) == frozenset(CELLS) - one
    assert cells_of(on.all_of((a, b, c))) == one & other & third
    assert cells_of(on.any_of((a, b, c))) == one | other | third
    assert bool(a) == bool(one)
    assert bool(a & b - c) == bool(one & other - third)


@given(one=sets_of_cells, other=sets_of_cells)
def test_equal_sets_are_equal_values_however_they_were_made(one: frozenset[Cell], other: frozenset[Cell]) -> None:
    on = ground()
    a, b = where_of(on, one), where_of(on, other)
    assert (a == b) == (one == other)
    assert ~(a & b) == ~a | ~b
    assert hash(~~a) == hash(a)
    assert len({a, a & a, a | a, a - on.nowhere, a & on.everywhere}) == 1
    assert a - b == a & ~b
    assert a ^ b == (a | b) - (a & b)


@given(cells=sets_of_cells, name=st.sampled_from(range(3)), at=st.integers(0, 1))
def test_at_a_cell_of_a_fact_the_fact_no_longer_matters(cells: frozenset[Cell], name: int, at: int) -> None:
    where = where_of(ground(), cells)
    there = where.at(NAMES[name], at)
    assert cells_of(there) == {cell for cell in CELLS if (*cell[:name], at, *cell[name + 1 :]) in cells}
    assert NAMES[name] not in there.facts


@given(table=tables, other=tables)
def test_a_function_is_told_by_where_it_has_which_value(table: dict[Cell, int], other: dict[Cell, int]) -> None:
    on = ground()
    function, changed = function_of(on, table), function_of(on, other)
    assert function.values() == set(table.values())
    for value in range(3):
        assert cells_of(function.being(value)) == {cell for cell in CELLS if table[cell] == value}
    assert cells_of(function.among(frozenset((0, 2)))) == {cell for cell in CELLS if table[cell] != 1}
    assert cells_of(function.differs(changed)) == {cell for cell in CELLS if table[cell] != other[cell]}
    assert (function == changed) == (table == other)


@given(table=tables)
def test_walking_down_a_function_comes_to_the_value_of_each_cell(table: dict[Cell, int]) -> None:
    function = function_of(ground(), table)
    for cell, value in table.items():
        part = function
        while not part.is_constant:
            part = part.parts[cell[NAMES.index(part.fact)]]
        assert part.value == value
    down, up = list(function.below()), list(function.upward())
    assert set(down) == set(up)
    assert len(down) == len(up) == len(set(up))
    assert all(up.index(below) < up.index(part) for part in up for below in part.parts)
    assert down[0] == up[-1] == function


@given(table=tables, other=tables, is_least=st.booleans())
def test_functions_differ_if_some_cell_has_another_outcome(
    table: dict[Cell, int], other: dict[Cell, int], is_least: bool
) -> None:
    on = ground()
    of_both: Any = min if is_least else max
    one: Any = function_of(on, table)
    two: Any = function_of(on, other)
    switched = [of_both(table[cell], 1) != of_both(other[cell], 1) for cell in CELLS]
    always_one: Any = on.constant(1)
    assert differ([one, always_one], [two, always_one], of_both) is any(switched)
    assert differ([one, two], [two, one], of_both) is False


@given(table=tables, possible=sets_of_cells.filter(bool), fixed=st.dictionaries(st.sampled_from(NAMES), st.just(0)))
def test_a_function_narrowed_to_what_is_possible_has_its_values_there_and_no_others(
    table: dict[Cell, int], possible: frozenset[Cell], fixed: dict[str, int]
) -> None:
    on = ground()
    function = function_of(on, table)
    narrowed = function.narrowed(fixed, where_of(on, possible))
    inside = [cell for cell in CELLS if fixed.items() <= dict(zip(NAMES, cell, strict=True)).items()]
    left = [cell for cell in inside if cell in possible] or inside  # where nothing is possible, as if all were
    assert {cell: narrowed.values(dict(zip(NAMES, cell, strict=True))) for cell in left} == {
        cell: {table[cell]} for cell in left
    }
    assert narrowed.values() == {table[cell] for cell in left}
    assert not narrowed.facts & set(fixed)


def of_facts(*facts: dict[str, Any]) -> Rulebook:
    a = rule("a", propose={"d": "a"}, **{"if": {"is_new": "yes"}})
    decisions = [decision("d", ["a", "b"], "b", "refer")]
    return written(framed(facts=[*facts, fact("is_new", "yes_no")], rules=[a], decisions=decisions))


def test_a_number_is_raised_to_the_one_that_bounds_it_from_below() -> None:
    on = Ground(of_facts(fact("low", "whole_number", at_most="high"), fact("high", "whole_number")))
    three, five = Decimal(3), Decimal(5)
    assert on.in_order({"low": five, "high": three}) == {"low": five, "high": five}
    assert on.in_order({"low": three, "high": five}) == {"low": three, "high": five}
    assert on.in_order({"high": three}) == {"high": three}


def test_a_value_that_one_rulebook_alone_knows_counts_as_one_that_both_know() -> None:
    def coloured(*values: str) -> Rulebook:
        return of_facts(fact("colour", "choice", values=[*values], labels={name: name for name in values}))

    on = Ground(coloured("red", "blue"), coloured("red", "blue", "grey"))
    for cell, cells in ((0, [0, 2]), (1, [1]), (2, [])):
        assert on.in_common(on.choice("colour", [cell])).being(True) == on.choice("colour", cells)


MIXED: tuple[Callable[[Where, Where], Any], ...] = (
    lambda one, other: one & other,
    lambda one, other: one | other,
    lambda one, other: one ^ other,
    lambda one, other: one - other,
    lambda one, other: one.differs(other),
    lambda one, other: one.combined(max, other),
    lambda one, other: differ([one, one], [other, one], any),
)


@tabled("mixed", MIXED)
def test_what_stands_on_two_grounds_cannot_be_mixed(mixed: Callable[[Where, Where], Any]) -> None:
    """Even if the grounds are alike: a number of the one would be a wrong answer on the other."""
    one, other = ground(), ground()
    with pytest.raises(ValueError, match="different grounds"):
        mixed(one.everywhere, other.everywhere)
    assert one.everywhere != other.everywhere
    for sets in combinations((one.everywhere, other.everywhere), 2):
        with pytest.raises(ValueError, match="different grounds"):
            one.any_of(sets)
        with pytest.raises(ValueError, match="different grounds"):
            one.all_of(sets)
    assert one.narrowed(other.choice("size", [1]), {}) == one.choice("size", [1])


def test_a_case_set_apart_leaves_the_ground_as_it_was() -> None:
    on = ground()
    where = on.choice("colour", [0]) | on.choice("size", [1])
    before = len(on.diagrams)
    assert where.narrowed({"colour": 1}, on.everywhere).facts == {"size"}
    assert len(on.diagrams) == before
