"""A waiver that waives nothing.

**What it finds.** A waiver that names a check that does not exist, or for which there is no finding any more. A
waiver narrowed with `where:` is for findings about tasks only. This finding cannot be waived itself.

**Why it matters.** An old waiver would silence the same finding when it comes back, for other reasons.

**What to do.** Delete it, or correct its `finding`, `about` or `where`.

---

不起作用的豁免。

**查什么。** 写错检查名称、或所对应的问题已不存在的豁免。用 `where:` 限定范围的豁免只适用于涉及任务的问题。本项本身不
能豁免。

**为什么重要。** 同样的问题日后因别的原因再次出现时，旧豁免会使它不被察觉。

**怎么办。** 删去，或改正其 `finding`、`about` 或 `where`。
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination, used: Collection[str], checks: Collection[str]) -> Iterator[Found]:
    """The waivers not among those used on the findings of these checks, which are all others."""
    for waiver in examined.whole.waivers:
        if waiver.waiver not in used:
            parts = {"waiver": waiver.waiver, "finding": waiver.finding, "about": waiver.about}
            key = "found_idle_waiver" if waiver.finding in checks else "found_waiver_of_no_check"
            yield Found(waiver.waiver, examined.place("waiver", waiver.waiver), in_both(key, **parts))
