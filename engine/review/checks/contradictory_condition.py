"""Conditions that can never hold together.

**What it finds.** A rule whose `if` asks for what cannot be, such as two pieces of the same band, or an alternative
of `any_of` that contradicts the rest. The conditions that contradict each other are named, and none besides.

**Why it matters.** The rule, or the alternative, can never have an effect, though it reads as if it had.

**What to do.** Correct the condition, or delete the rule or the alternative.

---

永远不可能同时满足的条件。

**查什么。** `if` 提出不可能满足的要求（例如同时要求同一分段的两段）的规则，或与其余条件矛盾的 `any_of` 分支。报告只列
出相互矛盾的那几个条件。

**为什么重要。** 这条规则或分支读起来有用，实际上永远不起作用。

**怎么办。** 改正条件，或删去该规则或分支。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...meaning.conflicts import conflicts
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.rulebook.rules:
        for conflict in conflicts(examined.diagram, rule):
            if conflict.alternative:
                parts = {"rule": rule.id, "number": str(conflict.alternative), "conditions": str(conflict)}
                message = in_both("found_contradictory_alternative", **parts)
                yield Found(rule.id, examined.place("rule", rule.id, "any_of"), message)
            elif len(conflict.conditions) > 1:  # a single one that never holds is the matter of never-in-force
                message = in_both("found_contradictory_condition", rule=rule.id, conditions=str(conflict))
                yield Found(rule.id, examined.place("rule", rule.id, "if"), message)
