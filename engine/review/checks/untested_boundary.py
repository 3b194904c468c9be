"""A threshold that is not tested on both sides.

**What it finds.** A cut of a band with a piece beside it in which no case of the rulebook has a number.

**Why it matters.** Thresholds are where rulebooks go wrong: by one, by a digit, by the wrong direction.

**What to do.** Add a case directly below the cut and one at it. `whytune test --suggest` writes them.

---

没有在两侧都测试过的阈值。

**查什么。** 分段界限某一侧的那一段中没有任何案例的数值。

**为什么重要。** 规则库最容易在阈值处出错：差一、少一位、弄反方向。

**怎么办。** 在界限处和紧邻其下各补一个案例。`whytune test --suggest` 会写好草稿。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both, number
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    if (covered := examined.covered) is None:
        return
    for cut in examined.rulebook.vocabulary.cuts:
        sides = ((cut.below, covered.below), (cut.above, covered.above))
        if missing := [piece for piece, reached in sides if cut not in reached]:
            pieces = ", ".join(f"`{piece}`" for piece in missing)
            message = in_both("found_untested_boundary", cut=number(cut.at), band=cut.band, pieces=pieces)
            yield Found(cut.name, examined.place("fact", cut.fact, "bands", cut.band, "cut_at"), message)
