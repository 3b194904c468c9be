"""Two rows of a table that hold together and differ."""

from __future__ import annotations

from collections.abc import Iterator

from ...language.rulebook import Rule, RuleTable
from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for table in examined.rulebook.tables:
        if table.hit == "one":
            place = examined.place("table", table.table)
            yield from examined.looked(table.table, place, _overlaps(examined, table))


def _overlaps(examined: Examination, table: RuleTable) -> Iterator[Found]:
    above: list[Rule] = []
    covered = examined.ground.nowhere
    for row in (examined.rulebook.rule[name] for name in table.rules if name in examined.rulebook.rule):
        in_force = examined.in_force(row.id)
        for other in above if in_force & covered else ():
            both = in_force & examined.diagram.rules[other.id]
            if both and other.effects != row.effects:
                message = in_both("found_overlapping_rows", table=table.table, first=other.id, second=row.id)
                yield Found(f"{other.id}+{row.id}", examined.place("rule", row.id), message, both)
        above.append(row)
        covered |= in_force
