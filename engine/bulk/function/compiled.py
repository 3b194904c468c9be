"""A rulebook -> the function that its module offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..row_answers import Bulk
from .module import module

Advise = Callable[[Mapping[str, Any]], dict[str, Any]]


def advise_of(bulk: Bulk, language: str) -> Advise:
    """The `advise` of the module for this rulebook; raises WhytuneError: diagram-too-large."""
    names: dict[str, Any] = {"__name__": "whytune_advice"}
    exec(compile(module(bulk, language), f"<{bulk.identity}>", "exec", dont_inherit=True), names)
    advise: Advise = names["advise"]
    return advise
