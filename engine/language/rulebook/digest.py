"""A part of a rulebook -> data that is the same however it was written, for computing a digest."""

from __future__ import annotations

import json
from typing import Any

from ..text import Written


def canonical(part: Written) -> dict[str, Any]:
    """The part as data that is the same however it was written: without defaults, sorted where order is meaningless."""
    data: dict[str, Any] = _sorted(part.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    return data


_FREE = (
    frozenset({"if", "any_of", "except_if", "only_if", "propose", "rule_out", "caution"})
    | frozenset({"yields_to", "groups", "assume", "combines"})
    | frozenset({"always", "never", "leads_away_from", "to", "where"})
)
"""Keys under which order has no meaning."""


def _sorted(part: Any, key: str = "", free: bool = False) -> Any:
    """The part with every list whose order means nothing in a canonical order."""
    free = free or key in _FREE
    if isinstance(part, dict):
        return {name: _sorted(value, name, free) for name, value in part.items()}
    if isinstance(part, list):
        items = [_sorted(item, free=free) for item in part]
        return (
            sorted(items, key=lambda item: json.dumps(item, sort_keys=True))
            if free or key in ("bands", "options")
            else items
        )
    return part
