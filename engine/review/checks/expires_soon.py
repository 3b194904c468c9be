"""A rule or a waiver that ends within 30 days.

**What it finds.** Each rule whose `valid: until`, and each waiver whose `until`, is the day that is looked at or one of
the 30 days after it.

**Why it matters.** On the day after, the rule is gone, or the finding that the waiver covers comes back and may fail
the build: of somebody whose edit has nothing to do with it.

**What to do.** Renew it, or prepare for its end. Days are counted from `--as-of`, by default from today.

---

30 天内到期的规则或豁免。

**查什么。** 规则的 `valid: until` 或豁免的 `until` 是所查日期当天，或其后 30 天中的某一天。

**为什么重要。** 次日规则即告失效，或被豁免的发现重新出现，可能使构建失败，而当时的修改者与此毫无关系。

**怎么办。** 续期，或为到期做好准备。日期从 `--as-of` 起算，默认从今天起算。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "note"
DAYS = 30


def look(examined: Examination) -> Iterator[Found]:
    for rule in examined.whole.rules:
        last = rule.valid.last if rule.valid else None
        if _is_soon(last, examined.day):
            message = in_both("found_rule_ends_soon", rule=rule.id, day=str(last))
            yield Found(rule.id, examined.place("rule", rule.id, "valid"), message)
    for waiver in examined.whole.waivers:
        if _is_soon(waiver.until, examined.day):
            message = in_both("found_waiver_ends_soon", waiver=waiver.waiver, day=str(waiver.until))
            yield Found(waiver.waiver, examined.place("waiver", waiver.waiver, "until"), message)


def _is_soon(last: date | None, day: date) -> bool:
    return last is not None and 0 <= (last - day).days <= DAYS
