"""Two options stand, and a person has to decide.

**What it finds.** For each two options that are left standing together in some task: the tasks that go to a person
because `if_several_stand` says so, or because its preference does not cover both. The finding is about
`DECISION.ONE+OTHER`, by name.

**Why it matters.** Whoever asks gets no advice. Where a preference was declared, its authors perhaps thought that it
covers every tie: an option that they left out sends all its ties to a person.

**What to do.** Let one rule rule out what does not fit, or add the missing option to `prefer`. Or accept in a waiver
that somebody decides here; it covers no tie with a third option.

---

两个方案同时成立，须由人工决定。

**查什么。** 对每两个在某些任务中同时成立的方案：列出因 `if_several_stand` 如此规定、或因优先次序未涵盖二者而交由人
工决定的任务。该发现的 `about` 写作 `决策.其一+其二`，按名称排列。

**为什么重要。** 提问者得不到建议。若已写明优先次序，作者也许以为它涵盖了所有情形；其实遗漏一个方案，与它有关的
取舍就全部交给了人工。

**怎么办。** 让规则排除不合适的方案，或把遗漏的方案补入 `prefer`；也可写一条豁免，说明此处由人工决定。豁免不涉及与
第三个方案的取舍。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both, quoted
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        prefer = examined.rulebook.decision[name].if_several_stand.prefer
        for tie in deciding.ties:
            if tie.is_referred:
                first, second = sorted(tie.options)
                missing = quoted(option for option in (first, second) if option not in prefer)
                key = "found_not_preferred" if prefer else "found_referred"
                said = in_both(key, decision=name, first=first, second=second, missing=missing)
                place = examined.place("decision", name, "if_several_stand")
                yield Found(f"{name}.{first}+{second}", place, said, tie.where)
