"""Several options stand, and the preference decides.

**What it finds.** For each set of options that are left standing together in some task: the tasks in which just these
are, where `prefer` covers them all and takes the first. The finding is about `DECISION.FIRST+SECOND`, in the order of
the preference.

**Why it matters.** Rules that speak for different options of one task contradict each other. The preference settles
in silence what the authors may never have discussed.

**What to do.** Let one rule rule out what does not fit, or make its conditions narrower. Or accept this tie in a
waiver that says why this order is right; it covers no other tie, nor another order.

---

多个方案同时成立，由优先次序决定。

**查什么。** 对每一组在某些任务中同时成立的方案：列出恰好只有它们成立、且 `prefer` 涵盖全部并选取其中第一个的任
务。该发现的 `about` 写作 `决策.第一+第二`，按优先次序排列。

**为什么重要。** 对同一任务支持不同方案的规则彼此矛盾。优先次序悄悄作了取舍，而作者也许从未讨论过。

**怎么办。** 让规则排除不合适的方案，或收窄规则的条件；也可写一条豁免，说明这一次序为何正确。豁免只对这一组方案、
这一次序有效。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..examination import Examination, Found
from ..phrases import in_both, quoted

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        for tie in deciding.ties:
            if not tie.is_referred:
                said = in_both("found_several_stand", decision=name, options=quoted(tie.options), option=tie.outcome)
                place = examined.place("decision", name, "if_several_stand")
                yield Found(f"{name}.{'+'.join(tie.options)}", place, said, tie.where)
