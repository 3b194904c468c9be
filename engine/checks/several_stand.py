"""Several options stand: the preference decides, or a person.

**What it finds.** The tasks in which more than one option of a decision is left standing, so that `if_several_stand`
chooses one or refers the task to a person.

**Why it matters.** Rules that speak for different options of one task contradict each other. The preference settles
in silence what the authors may never have discussed.

**What to do.** Let one rule rule out what does not fit, or make its conditions narrower. Or accept the tie by name,
in a waiver that says why this order is right.

---

多个方案同时成立：由优先次序或人工决定。

**查什么。** 某项决策中有不止一个方案成立、只能由 `if_several_stand` 选出或交由人工决定的任务。

**为什么重要。** 对同一任务支持不同方案的规则彼此矛盾。优先次序悄悄作了取舍，而作者也许从未讨论过。

**怎么办。** 让规则排除不合适的方案，或收窄规则的条件；也可写一条豁免，说明这一次序为何正确。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..examination import Examination, Found
from ..phrases import in_both

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, where in examined.deciding.items():
        if examined.is_ever(where.several_stand):
            yield Found(
                name,
                examined.place("decision", name, "if_several_stand"),
                in_both("found_several_stand", decision=name),
                where.several_stand,
            )
