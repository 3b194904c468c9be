"""A rulebook -> a function that its module offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..row_answers import Bulk
from .module import module


def function_of(bulk: Bulk, language: str, *, columns: bool = False) -> Callable[[Mapping[str, Any]], Any]:
    """The `advise` of the module for this rulebook, or its `advise_columns`; raises WhytuneError: diagram-too-large."""
    names: dict[str, Any] = {"__name__": "whytune_advice"}
    exec(compile(module(bulk, language), f"<{bulk.identity}>", "exec", dont_inherit=True), names)
    function: Callable[[Mapping[str, Any]], Any] = names["advise_columns" if columns else "advise"]
    return function
