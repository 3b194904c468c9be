"""Columns and remarks that are told beside a file -> headers that fit, and how many are left out of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate

from whytune.engine.language.problems import short

MOST = 4 * 1024
"""The most bytes of columns and remarks together: many clients and proxies refuse headers of more than 8 KiB in all."""


def of_columns(facts: Mapping[str, str | None], most: int) -> dict[str, str]:
    """Columns, each with the fact that it gave, as a JSON object in ASCII of at most so many bytes."""
    named = {short(column): fact for column, fact in facts.items()}
    members = [f"{json.dumps(column)}: {json.dumps(fact)}" for column, fact in named.items()]
    return _headers("Whytune-Columns", members, "{}", len(facts), most)


def of_remarks(remarks: Sequence[str], most: int = MOST) -> dict[str, str]:
    """Remarks as a JSON list in ASCII of at most so many bytes."""
    return _headers("Whytune-Remarks", [json.dumps(remark) for remark in remarks], "[]", len(remarks), most)


def _headers(name: str, members: Sequence[str], brackets: str, count: int, most: int) -> dict[str, str]:
    """The first members as far as they fit, and how many of `count` are left out."""
    ends = accumulate(len(f"{member}, ") for member in members)
    shown = [member for member, end in zip(members, ends, strict=True) if end <= most]
    whole = ", ".join(shown).join(brackets)
    return {name: whole, f"{name}-Left-Out": str(count - len(shown))}
