"""Columns of a Parquet file -> SQL expressions that tell rows apart that may be answered otherwise.

A whole number counts as the cell it lies in, or as its piece (`orders.pieces`) if it bounds another. Where numbers
contradict each other, each counts as itself: what is said of them tells their values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from whytune.engine.bulk.row_answers import Bulk
from whytune.engine.language.orders import ordered, pieces
from whytune.engine.language.vocabulary import Fact

LARGEST = 10**15
"""Larger numbers are looked at one by one."""

WHOLE = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"})
"""DuckDB's types of whole numbers."""


class RowKeys:
    """Tells rows of a table called `tasks` apart, whose columns have these types."""

    def __init__(self, types: Mapping[str, str], answering: Bulk) -> None:
        self._types, self._answering, self._vocabulary = types, answering, answering.vocabulary
        self._bounding = {name for pair in self._vocabulary.orders for name in pair}

    def of(self, column: str) -> str:
        """The expression for a column that gives a fact."""
        value = f"tasks.{quoted(column)}"
        domain = self._vocabulary.domains.get(self._answering.fact_of(column) or "")
        if domain is None or not domain.fact.is_number or self._types[column] not in WHOLE:
            return value
        if domain.fact.fact not in self._bounding:
            return _place(domain.fact, domain.cuts, value)
        if any(self._types[number] not in WHOLE for number in self._numbers.values()):
            return value
        starts = [piece.low for _, piece in pieces(self._vocabulary, domain.fact.fact) if piece.low is not None]
        alone = f"CASE WHEN {' OR '.join(self._contradictions) or 'FALSE'} THEN CAST({value} AS VARCHAR)"
        return f"{alone} ELSE {_place(domain.fact, starts, value)} END"

    @cached_property
    def _numbers(self) -> Mapping[str, str]:
        """The column of each number that bounds another, or is bounded."""
        named = {self._answering.fact_of(column): column for column in self._types}
        return {fact: column for fact, column in named.items() if fact in self._bounding}

    @property
    def _contradictions(self) -> Iterator[str]:
        """When numbers contradict each other, or one the range of another."""
        by_name = self._vocabulary.by_name
        for low, high in ordered(self._vocabulary):
            lower, upper = (
                f"tasks.{quoted(self._numbers[name])}" if name in self._numbers else "" for name in (low, high)
            )
            least, greatest = by_name[low].least, by_name[high].greatest
            if lower and upper:
                yield f"{lower} > {upper}"
            if lower and greatest is not None:
                yield f"{lower} > {greatest:f}"
            if upper and least is not None:
                yield f"{upper} < {least:f}"


def quoted(column: str) -> str:
    """The name of a column, quoted."""
    return '"' + column.replace('"', '""') + '"'


def _place(fact: Fact, starts: Iterable[Decimal], value: str) -> str:
    """The stretch that a whole number lies in, as text; for a number that the fact cannot be, the number itself."""
    low = -LARGEST if fact.least is None else fact.least
    high = LARGEST if fact.greatest is None else fact.greatest
    ways = "".join(f" WHEN {value} < {start:f} THEN 'below {start:f}'" for start in starts)
    outside = f"CASE WHEN {value} < {low:f} OR {value} > {high:f} THEN CAST({value} AS VARCHAR)"
    return f"{outside}{ways} WHEN {value} IS NOT NULL THEN 'above' END"
