"""A rulebook with several final decisions that does not say which of them it is there for."""

from __future__ import annotations

from collections.abc import Iterator

from ...words.catalogue import in_both, quoted
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rulebook = examined.whole
    final = rulebook.final_decisions
    if rulebook.main is None and len(final) > 1:
        message = in_both("found_no_main", decisions=quoted(final), last=rulebook.decision_order[-1])
        yield Found(rulebook.name, examined.place("rulebook", rulebook.name), message)
