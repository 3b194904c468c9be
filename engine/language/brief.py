"""A value on one line, for a reader at a prompt or in a debugger: what it is, and how much it holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

MOST = 160
"""Letters of a line, and"""
MOST_OF_A_PART = 48
"""letters of one of its parts."""


def brief(value: Any) -> str:
    """`Why(decision='approach', outcome=DecisionOutcome(...), rivals=[4 Rival], ...)`: for `__repr__`."""
    shown = f"{type(value).__name__}({', '.join(f'{name}={_part(part)}' for name, part in _parts(value))})"
    return shown if len(shown) <= MOST else f"{shown[: MOST - 4]}...)"


def as_many_as_fit(begun: str, parts: Sequence[str]) -> str:
    """`<Decision approach: prompt (Prompt engineering), 3 more>`: the parts that a line holds, and how many others."""
    for shown in range(len(parts), 0, -1):
        others = [f"{len(parts) - shown} more"] if shown < len(parts) else []
        line = f"<{begun}: {', '.join([*parts[:shown], *others])}>"
        if len(line) <= MOST:
            return line
    return f"<{begun}: {len(parts)}>"


def _parts(value: Any) -> Iterable[tuple[str, Any]]:
    """The fields of a named tuple, a dataclass, or a part of a rulebook (here those that its author wrote)."""
    names = getattr(value, "_fields", None) or getattr(value, "model_fields_set", None)
    if names is None:
        names = [field.name for field in fields(value) if field.repr]
    elif isinstance(names, set):
        names = [name for name in type(value).model_fields if name in names]
    return ((name, getattr(value, name)) for name in names)


def _part(part: Any) -> str:
    if isinstance(part, Decimal):
        return f"{part:f}"
    if isinstance(part, Mapping | frozenset | list) or type(part) is tuple:
        return _collection(part)
    shown = repr(part)
    if len(shown) <= MOST_OF_A_PART:
        return shown
    return f"{shown[: MOST_OF_A_PART - 4]}...'" if isinstance(part, str) else f"{type(part).__name__}(...)"


def _collection(parts: Any) -> str:
    """A short collection in full, a long one as how many items of what type it holds."""
    values: list[Any] = [*(parts.values() if isinstance(parts, Mapping) else parts)]
    if all(isinstance(part, str | int | Decimal) for part in values) and len(shown := repr(parts)) <= MOST_OF_A_PART:
        return shown
    kinds = {type(part).__name__ for part in values}
    return f"[{len(values)} {kinds.pop() if len(kinds) == 1 else 'values'}]"
