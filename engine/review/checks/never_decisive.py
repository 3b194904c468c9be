"""A rule without which the advice would be the same in every case."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.rulebook.rules:
        in_force = examined.diagram.rules[rule.id]
        only_cautions = rule.caution and not (rule.conclude or rule.propose or rule.rule_out)  # is another check's
        if rule.keep is None and not only_cautions and in_force and examined.advises_the_same_without(rule.id):
            message = in_both("found_never_decisive", rule=rule.id)
            yield Found(rule.id, examined.place("rule", rule.id), message, in_force)
