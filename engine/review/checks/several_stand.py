"""Two options stand, and the preference decides.

**What it finds.** For each two options that are left standing together in some task: the tasks in which the preference
takes the one and passes over the other. The finding is about `DECISION.TAKEN+OTHER`. A task in which more stand is
found once for each that is passed over.

**Why it matters.** Rules that speak for different options of one task contradict each other. The preference settles
in silence what the authors may never have discussed.

**What to do.** Let one rule rule out what does not fit, or make its conditions narrower. Or accept this tie in a
waiver that says why this order is right; it covers no tie with a third option, nor the other order.

---

两个方案同时成立，由优先次序决定。

**查什么。** 对每两个在某些任务中同时成立的方案：列出优先次序选取其一、放弃另一个的任务。该发现的 `about` 写作
`决策.选取的+放弃的`。若有更多方案成立，则每放弃一个报告一次。

**为什么重要。** 对同一任务支持不同方案的规则彼此矛盾。优先次序悄悄作了取舍，而作者也许从未讨论过。

**怎么办。** 让规则排除不合适的方案，或收窄规则的条件；也可写一条豁免，说明这一次序为何正确。豁免不涉及与第三个方
案的取舍，也不适用于相反的次序。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        for tie in deciding.ties:
            if not tie.is_referred:
                first, second = tie.options
                said = in_both("found_several_stand", decision=name, first=first, second=second)
                place = examined.place("decision", name, "if_several_stand")
                yield Found(f"{name}.{first}+{second}", place, said, tie.where)
