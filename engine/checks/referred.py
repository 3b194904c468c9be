"""Several options stand, and a person has to decide.

**What it finds.** For each set of options that are left standing together in some task: the tasks in which just these
are, where `if_several_stand` refers them to a person, or its preference does not cover them all. The finding is about
`DECISION.ONE+OTHER`, by name.

**Why it matters.** Whoever asks gets no advice. Where a preference was declared, its authors perhaps thought that it
covers every tie: an option that they left out sends all its ties to a person.

**What to do.** Let one rule rule out what does not fit, or add the missing option to `prefer`. Or accept in a waiver
that somebody decides here; it covers no other tie.

---

多个方案同时成立，须由人工决定。

**查什么。** 对每一组在某些任务中同时成立的方案：列出恰好只有它们成立、而 `if_several_stand` 将其交由人工，或优先
次序未涵盖全部的任务。该发现的 `about` 写作 `决策.其一+其二`，按名称
排列。

**为什么重要。** 提问者得不到建议。若已写明优先次序，作者也许以为它涵盖了所有情形；其实遗漏一个方案，与它有关的
取舍就全部交给了人工。

**怎么办。** 让规则排除不合适的方案，或把遗漏的方案补入 `prefer`；也可写一条豁免，说明此处由人工决定。豁免只对这
一组方案有效。
"""

from __future__ import annotations

from collections.abc import Iterator

from ..examination import Examination, Found
from ..phrases import in_both, quoted

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for name, deciding in examined.deciding.items():
        prefer = examined.rulebook.decision[name].if_several_stand.prefer
        for tie in deciding.ties:
            if tie.is_referred:
                options = sorted(tie.options)
                missing = quoted(option for option in options if option not in prefer)
                key = "found_not_preferred" if prefer else "found_referred"
                said = in_both(key, decision=name, options=quoted(options), missing=missing)
                place = examined.place("decision", name, "if_several_stand")
                yield Found(f"{name}.{'+'.join(options)}", place, said, tie.where)
