"""A rule that no case of the rulebook brings into force.

**What it finds.** A rule that is in force in none of the cases in the rulebook's `cases/` folder.

**Why it matters.** Nobody would notice if it broke.

**What to do.** Add a case. `whytune test --suggest` writes one, ready to be confirmed.

---

没有案例触及的规则。

**查什么。** 在规则库 `cases/` 文件夹的任何案例中都没有生效的规则。

**为什么重要。** 它坏了也没有人知道。

**怎么办。** 补一个案例。`whytune test --suggest` 会写好草稿，确认即可。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    if (covered := examined.covered) is None:
        return
    for rule in examined.rulebook.rules:
        in_force = examined.diagram.rules[rule.id]
        if in_force and rule.id not in covered.rules:
            message = in_both("found_untested_rule", rule=rule.id)
            yield Found(rule.id, examined.place("rule", rule.id), message, in_force)
