"""An old rulebook with its rows numbered as in the new one, so that the same row has the same name in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from ...language.problems import Span
from ...language.rulebook import Place, Rule, Rulebook, RuleTable, canonical
from .row_pairs import row_pairs, rows_of

GONE = "before"
"""What is added to the name of a row that is gone if another now has its number: `grid.3.before`."""


def renumbered(old: Rulebook, new: Rulebook) -> Rulebook:
    """The old rulebook with its rows named as in the new one; the same rulebook if no name differs."""
    names = {before: after for before, after in _names(old, new) if before != after}
    if not names:
        return old
    rules = tuple(_renamed(rule, names) for rule in old.rules)
    return replace(old, rules=rules, written=partial(_places, old, names))


def _names(old: Rulebook, new: Rulebook) -> Iterator[tuple[str, str]]:
    after = {table.table: table for table in new.tables}
    for table in old.tables:
        if there := after.get(table.table):
            yield from _names_in(table, there)


def _names_in(before: RuleTable, after: RuleTable) -> Iterator[tuple[str, str]]:
    """The new name of every row of a table that is named by its number."""
    old, new = rows_of(canonical(before)), rows_of(canonical(after))
    numbers = {pair.before.number: pair.after.number for pair in row_pairs(old, new)}
    for row, name in zip(old, before.rules, strict=True):
        if not row.id:
            kept = numbers.get(row.number)
            gone = f"{name}.{GONE}" if name in after.rules else name
            yield name, after.rules[kept - 1] if kept else gone


def _renamed(rule: Rule, names: Mapping[str, str]) -> Rule:
    yields_to = tuple(names.get(other, other) for other in rule.yields_to)
    return rule.model_copy(update={"id": names.get(rule.id, rule.id), "yields_to": yields_to})


def _places(old: Rulebook, names: Mapping[str, str]) -> dict[Place, Span]:
    return {
        (kind, names.get(name, name) if kind == "rule" else name, *path): span
        for (kind, name, *path), span in old.places.items()
    }
