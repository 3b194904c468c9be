"""A promise that the rules do not keep.

**What it finds.** An invariant of the rulebook that some task breaks, with a smallest case that shows it. Where none
is found the invariant is proved: every task has been looked at, not a sample. A promise about growing numbers is
broken only where the advice changes on the way; its `if` is asked of the case with the lower number.

**Why it matters.** Invariants say what must stay true whatever else is edited.

**What to do.** Correct the rules. If the promise itself is out of date, change it, with its owner's consent.

---

规则没有遵守的承诺。

**查什么。** 被某些任务违反的不变式（invariant），并给出最小的例证。没有报告即为已证明：检查的是全部任务，而非抽样。
关于数值增大的承诺，只有建议随之改变才算违反；其 `if` 针对数值较小的那个案例。

**为什么重要。** 不变式规定了无论怎样修改都必须成立的内容。

**怎么办。** 改正规则；若承诺本身已过时，请征得负责人同意后修改。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...language.vocabulary import Interval
from ...meaning.promises import Broken, Cell, broken
from ...words.phrases import LANGUAGES, in_both, interval
from ..examination import Examination, Found

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for each in broken(examined.diagram):
        name = each.invariant.invariant
        yield Found(name, examined.place("invariant", name), _message(each), each.where)


def _message(breach: Broken) -> Mapping[str, str]:
    invariant, decision = breach.invariant, breach.decision
    if breach.pieces:
        low, high = map(_said, breach.pieces)
        return in_both(
            "found_leads_away",
            invariant=invariant.invariant,
            decision=decision,
            fact=str(invariant.more),
            low=low,
            high=high,
            before=" | ".join(invariant.leads_away_from[decision]),
            after=" | ".join(invariant.to[decision]),
        )
    return in_both(
        "found_not_always" if invariant.always else "found_not_never",
        invariant=invariant.invariant,
        decision=decision,
        options=" | ".join((invariant.always or invariant.never)[decision]),
        advice=" | ".join(breach.advice),
    )


def _said(cell: Cell) -> Mapping[str, str]:
    return {language: interval(cell, language) if isinstance(cell, Interval) else cell for language in LANGUAGES}
