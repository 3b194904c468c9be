"""Which looks at one behaviour every run takes, and which only a slow one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(values: Iterable[Any], each: int) -> list[Any]:
    """Parameters of a test: the first and every so many after it for every run, the others for a slow one."""
    return [value if place % each == 0 else _later(value) for place, value in enumerate(values)]


def _later(value: Any) -> Any:
    return pytest.param(*(value if isinstance(value, tuple) else (value,)), marks=pytest.mark.slow)
