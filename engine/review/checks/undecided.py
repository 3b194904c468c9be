"""No rule decides: only the fallback answers.

**What it finds.** The tasks in which no option of a decision stands, so that `if_none_stands` gives the advice. They
are told as regions, each with its share of all tasks and a case to try.

**Why it matters.** Either the authors wanted the fallback there, or they forgot these tasks. A fallback answers both
in the same voice, so nobody notices the difference.

**What to do.** Write a rule that decides these tasks. Or accept them by name, in a waiver with a reason; narrow it
with `where:`, so that a gap that opens elsewhere is still found.

---

没有规则作出决定，只有后备方案。

**查什么。** 某项决策中没有任何方案成立、只能由 `if_none_stands` 给出建议的任务。按区域列出，并给出各自占全部任
务的比例和一个可以直接运行的案例。

**为什么重要。** 要么作者本来就想用后备方案，要么是遗漏了这些任务。后备方案对两者的回答一模一样，因此无人察觉。

**怎么办。** 为这些任务补上规则；或写一条豁免（waiver）并说明理由，予以接受。请用 `where:` 限定范围，这样别处出
现的新缺口仍会被发现。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        if deciding.nothing_stands:
            advice = examined.rulebook.decision[name].if_none_stands.advise or "refer"
            yield Found(
                name,
                examined.place("decision", name, "if_none_stands"),
                in_both("found_undecided", decision=name, option=advice),
                deciding.nothing_stands,
            )
