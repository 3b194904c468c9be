"""A rule whose last day has passed.

**What it finds.** A rule whose `valid: until` lies before the day that is looked at. It stands in the file and does
not exist.

**Why it matters.** Readers of the file see a rule that no longer speaks; perhaps it was meant to be renewed.

**What to do.** Renew it, or remove it. To see what holds on another day, use `--as-of`.

---

已过有效期的规则。

**查什么。** `valid: until` 早于所查日期的规则：文件中仍有，实际上已不存在。

**为什么重要。** 读文件的人以为它还有效；也许本应续期。

**怎么办。** 续期或删去。要查看其他日期的情况，请使用 `--as-of`。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.whole.rules:
        if rule.valid and rule.valid.last and rule.valid.last < examined.day:
            message = in_both("found_expired_rule", rule=rule.id, day=str(rule.valid.last))
            yield Found(rule.id, examined.place("rule", rule.id, "valid"), message)
