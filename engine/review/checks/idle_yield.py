"""A rule that yields to others where that changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial

from ...language.rulebook import Rule
from ...words.catalogue import in_both, quoted
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rows = {name for table in examined.rulebook.tables if table.hit == "first" for name in table.rules}
    return examined.looked_at_rules(partial(_found, examined, rows))


def _found(examined: Examination, rows: Collection[str], rule: Rule) -> Iterator[Found]:
    """What is found if all of `yields_to` could go; of rows, their table says it."""
    if not rule.yields_to or rule.id in rows:
        return
    in_force, premise = examined.in_force(rule.id), examined.rulebook.premises[rule.id]
    bare = examined.diagram.premise(premise._replace(yields_to=()))
    switched_off = examined.atlas.among_tasks(bare) - in_force
    names: dict[str, str | Mapping[str, str]] = {"rule": rule.id, "others": quoted(rule.yields_to)}
    span = examined.place("rule", rule.id, "yields_to")
    if premise.yields_to and in_force and not switched_off:
        yield Found(rule.id, span, in_both("found_idle_yield", **names))
    elif switched_off and rule.keep is None and examined.advises_the_same_with(_yielding_to_none(rule)):
        yield Found(rule.id, span, in_both("found_yield_without_effect", **names), switched_off)


def _yielding_to_none(rule: Rule) -> Rule:
    return rule.model_copy(update={"yields_to": ()})
