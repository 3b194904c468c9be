"""A rule that nobody has looked at for too long.

**What it finds.** Where the rulebook says `review_every_months:`, each rule whose `reviewed_on` lies further back
than that, or which has none.

**Why it matters.** Prices, models and laws change, and rules go on speaking as if they had not.

**What to do.** Read the rule and its source once more; then set `reviewed_on` to the day on which you did.

---

太久无人复核的规则。

**查什么。** 若规则库写有 `review_every_months:`，则列出 `reviewed_on` 已超过该期限或根本没有填写的规则。

**为什么重要。** 价格、模型和法规都在变，而规则却仍沿用旧内容。

**怎么办。** 重读规则及其出处，然后把 `reviewed_on` 改为复核当天。
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    months = examined.whole.review_every_months
    if months is None:
        return
    for rule in examined.rulebook.rules:
        if rule.reviewed_on is None:
            yield Found(rule.id, examined.place("rule", rule.id), in_both("found_never_reviewed", rule=rule.id))
        elif (due := _later(rule.reviewed_on, months)) < examined.day:
            message = in_both("found_review_overdue", rule=rule.id, reviewed=str(rule.reviewed_on), due=str(due))
            yield Found(rule.id, examined.place("rule", rule.id, "reviewed_on"), message)


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
