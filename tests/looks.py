"""Which looks at one behaviour every run takes, which only a slow one, and which are one test together."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any

import pytest


def sampled(values: Iterable[Any], each: int) -> list[Any]:
    """Parameters of a test: the first and every so many after it for every run, the others for a slow one."""
    return [value if place % each == 0 else _later(value) for place, value in enumerate(values)]


def _later(value: Any) -> Any:
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)


def tabled(names: str | Sequence[str], rows: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test that is tried on every row and names those that fail: one test, where `parametrize` makes as many as rows
    and each takes milliseconds by itself. The rows share what else the test asks for."""
    rows = list(rows)
    assert rows, "a table without rows tries nothing"
    assert not any(getattr(row, "marks", ()) for row in rows), "the rows of a table are one test, and have no marks"
    columns = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    table = [dict(zip(columns, _values(row, len(columns)), strict=True)) for row in rows]

    def over_rows(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def tried(**others: Any) -> None:
            failures = [(row, error) for row in table if (error := _failure(test, row | others))]
            if failures:
                told = "\n\n".join(f"{row}\n{type(error).__name__}: {error}" for row, error in failures)
                raise AssertionError(f"{len(failures)} of {len(table)} fail:\n{told}") from failures[0][1]

        asked = inspect.signature(test)
        others = [parameter for name, parameter in asked.parameters.items() if name not in columns]
        tried.__dict__["__signature__"] = asked.replace(parameters=others)
        return tried

    return over_rows


def _values(row: Any, count: int) -> Sequence[Any]:
    if isinstance(row, type(pytest.param())):
        return row.values
    return row if count > 1 else (row,)


def _failure(test: Callable[..., None], given: dict[str, Any]) -> BaseException | None:
    try:
        test(**given)
    except (Exception, pytest.fail.Exception) as error:
        return error
    return None
