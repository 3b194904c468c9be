"""A row of a table as data: what its cells say, and nothing that comes from its place or from the rows around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...language.cell_text import stretches_text
from ...language.rulebook import Rulebook, RuleTable
from ...language.vocabulary import Band, Fact


class CutBand(NamedTuple):
    """A band that the cells of a column cut out of a number, with its pieces named in order."""

    fact: Fact
    band: Band


class RowData:
    """What belongs to a row itself, by the tables of its rulebook; also for a row that was given another number."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.tables = {table.table: table for table in rulebook.tables}
        self.of = {name: table for table in rulebook.tables for name in table.rules if "." not in name}
        named = {table.band(column) for table in rulebook.tables for column in table.columns}
        facts = rulebook.vocabulary.declared
        self.cut = {band.band: CutBand(fact, band) for fact in facts for band in fact.bands if band.band in named}

    def own(self, kind: str, name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a part without what its table adds: order, numbers, and the names of stretches."""
        if kind == "fact" and "bands" in data:
            return {**data, "bands": [self._own_band(band) for band in data["bands"]]}
        table = self._table(name) if kind == "rule" else None
        if table is None:
            return dict(data)
        left_out = ("yields_to",) if "title" in table.columns else ("yields_to", "title")
        own = {key: value for key, value in data.items() if key not in left_out}
        if isinstance(own.get("if"), Mapping):
            own["if"] = dict(self._condition(*condition) for condition in own["if"].items())
        return own

    def _table(self, rule: str) -> RuleTable | None:
        table, dot, _ = rule.partition(".")
        return self.tables.get(table) if dot else self.of.get(rule)

    def _own_band(self, band: Mapping[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in band.items() if key != "values" or band["band"] not in self.cut}

    def _condition(self, subject: str, named: Any) -> tuple[str, Any]:
        """The stretches of a number as their cell writes them, under the name of the number."""
        if subject not in self.cut:
            return subject, named
        fact, band = self.cut[subject]
        return fact.fact, stretches_text(fact, map(band.interval, named))
