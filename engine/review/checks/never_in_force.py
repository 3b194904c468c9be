"""A rule that is never in force.

**What it finds.** A rule that no task can bring into force, although its conditions do not contradict each other: its
exception switches it off wherever it would hold, or it waits for a conclusion or an advice that never comes, on the
day that is looked at.

**Why it matters.** Readers count on it, and it never speaks.

**What to do.** Narrow the exception, complete what the rule waits for, or delete the rule.

---

永远不会生效的规则。

**查什么。** 条件之间并不矛盾、却没有任何任务能使其生效的规则：例外情形把它完全关掉，或它所等待的结论、建议在所查日
期永远不会出现。

**为什么重要。** 读者以为它在起作用，其实从不生效。

**怎么办。** 收窄例外、补全它所等待的内容，或删去该规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.conflicts import conflicts
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.rulebook.rules:
        if examined.diagram.rules[rule.id]:
            continue
        contradictions = list(conflicts(examined.diagram, rule))
        if contradictions and not contradictions[0].alternative:
            if len(contradictions[0].conditions) == 1:  # else conditions contradict each other, which says more
                message = in_both("found_never_met", rule=rule.id, condition=str(contradictions[0]))
                yield Found(rule.id, examined.place("rule", rule.id, "if"), message)
        elif not contradictions or len(contradictions) < len(rule.any_of):
            message = in_both("found_never_in_force", rule=rule.id)
            yield Found(rule.id, examined.place("rule", rule.id, "except_if"), message)
