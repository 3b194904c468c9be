"""An option that is never the advice.

**What it finds.** An option that no task leads to: neither the option itself nor a kind of it is ever advised.

**Why it matters.** Readers see a choice that does not exist.

**What to do.** Write the rule that proposes it, correct the one that should, or remove the option.

---

永远不会成为建议的方案。

**查什么。** 任何任务都得不出的方案：它本身及其子类都从不成为建议。

**为什么重要。** 读者看到的是一个并不存在的选择。

**怎么办。** 补上提议它的规则，改正本应提议它的规则，或删去该方案。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for decision in examined.rulebook.decisions:
        advised = examined.diagram.advice[decision.decision].values()
        for option in (each.option for each in decision.options):
            if not advised & {option, *decision.kinds[option]}:
                message = in_both("found_dead_option", option=option, decision=decision.decision)
                place = examined.place("decision", decision.decision, "options", option)
                yield Found(f"{decision.decision}.{option}", place, message)
