"""A rule without which the advice would be the same in every case.

**What it finds.** A rule that is in force in some tasks, but whose removal would change no advice anywhere: wherever
it speaks others say the same, or what it speaks for never wins.

**Why it matters.** Whoever edits it expects an effect and gets none. When one of the others is removed, it decides
all of a sudden.

**What to do.** Remove it. If it is there for its reason, as a second argument that readers should see, say
`keep: explanation` in the rule. Where two rules say the same, both are found: remove one, not both.

---

有没有都一样的规则。

**查什么。** 在某些任务中会生效、但删掉后所有建议都不变的规则：凡它生效之处，其他规则已给出同样结论，或它支持的方案从未
胜出。

**为什么重要。** 修改它的人以为会有效果，结果毫无变化；而一旦删掉别的规则，它又突然起决定作用。

**怎么办。** 删去它。若保留它是为了给读者多一条理由，请在规则中写 `keep: explanation`。两条规则说法相同时，两条都会报
告：只删其中一条。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.rulebook.rules:
        in_force = examined.diagram.rules[rule.id]
        if rule.keep is None and in_force and examined.advises_the_same_without(rule.id):
            message = in_both("found_never_decisive", rule=rule.id)
            yield Found(rule.id, examined.place("rule", rule.id), message, in_force)
