"""What the hit policy of a table means for its rows and results, and which of them a rulebook can say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from whytune.engine.language.problems import Sentence

from .feel import NULL, FeelValue, Unsayable
from .model import DecisionTable

ANOTHER_TABLE = Sentence("give each result a table of its own, with one row that hits")
COMPUTED = Sentence("give what comes out as a fact")

Column = Sequence[FeelValue]
"""The results of one output, row by row, or the values that it may have."""


def policy_problems(table: DecisionTable, listed: Sequence[Column]) -> Iterator[Unsayable]:
    """What a rulebook cannot say about how the table counts hits; `listed` are the values of its outputs in order."""
    policy, how = table.hit_policy, table.aggregation
    if not table.rows or not table.outputs:
        yield Unsayable(Sentence("a table without rows or without results"), COMPUTED)
    elif policy in ("RULE ORDER", "OUTPUT ORDER") or (policy == "COLLECT" and not how):
        yield Unsayable(Sentence("hit policy {policy} answers with a list of results", policy=policy), ANOTHER_TABLE)
    elif policy == "COLLECT" and (how not in ("MIN", "MAX") or len(table.outputs) > 1):
        yield Unsayable(Sentence("hit policy COLLECT {how} reckons with the results", how=how), COMPUTED)
    elif policy == "PRIORITY" and not any(listed):
        what = Sentence("PRIORITY without a list of the output's values in their order")
        yield Unsayable(what, Sentence("list the allowed values of the output, the first that counts first"))
    elif policy not in ("UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT"):
        yield Unsayable(Sentence("there is no hit policy {policy}", policy=policy), ANOTHER_TABLE)


def mixed(column: Column, table: DecisionTable) -> bool:
    """Does a column have results of several types or, if numbers are compared, anything but numbers?"""
    kinds = {type(value) for value in column if value is not NULL}
    return len(kinds) > 1 or (table.hit_policy == "COLLECT" and (kinds != {Decimal} or NULL in column))


def in_order(allowed: Column, results: Column, table: DecisionTable) -> Column:
    """The values of an output in order of priority if several rows can hit, else as listed, then as they come."""
    if table.hit_policy == "COLLECT":
        numbers = sorted({value for value in results if isinstance(value, Decimal)})
        return numbers[::-1] if table.aggregation == "MAX" else numbers
    truths = (True, False) if any(isinstance(value, bool) for value in results) else ()
    return list(dict.fromkeys((*allowed, *truths, *results)))


def row_order(rows: Sequence[Column], listed: Sequence[Column], table: DecisionTable) -> Sequence[int]:
    """The rows in the order in which they count: if PRIORITY has several outputs, by these from left to right."""
    numbers = range(len(rows))
    if table.hit_policy != "PRIORITY" or len(listed) == 1:
        return numbers
    ranks = [{value: rank for rank, value in enumerate(values)} for values in listed]
    return sorted(
        numbers, key=lambda row: [rank.get(value, len(rank)) for rank, value in zip(ranks, rows[row], strict=True)]
    )
