"""A table of small things is one test that names every row that fails."""

from __future__ import annotations

import pytest

from .looks import sampled, tabled


def test_a_table_names_the_rows_that_fail_and_asks_for_what_else_the_test_does(tmp_path: object) -> None:
    @tabled(("one", "other"), [(1, 2), pytest.param(3, 3), (4, 4)])
    def differ(one: int, other: int, tmp_path: object) -> None:
        assert one != other, tmp_path

    with pytest.raises(AssertionError, match=r"(?s)2 of 3 fail:\n\{'one': 3, 'other': 3\}.*\{'one': 4, 'other': 4\}"):
        differ(tmp_path=tmp_path)


def test_what_a_row_should_have_raised_and_did_not_is_a_failure() -> None:
    @tabled("number", [1])
    def refused(number: int) -> None:
        with pytest.raises(ValueError, match="number"):
            str(number)

    with pytest.raises(AssertionError, match="1 of 1 fail"):
        refused()


def test_of_a_sample_the_first_of_each_few_is_for_every_run() -> None:
    marks = [getattr(value, "marks", None) for value in sampled(range(5), 2)]
    assert [mark is None for mark in marks] == [True, False, True, False, True]
