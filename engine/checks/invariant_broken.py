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

import operator
from collections.abc import Iterator, Mapping
from itertools import combinations

from ..diagram import Node
from ..examination import Examination, Found
from ..phrases import LANGUAGES, in_both, interval
from ..rulebook import Invariant
from ..vocabulary import Interval

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for invariant in examined.rulebook.invariants:
        span = examined.place("invariant", invariant.invariant)
        broken = _growing(examined, invariant) if invariant.more else _advised(examined, invariant)
        for message, where in broken:
            yield Found(invariant.invariant, span, message, where)


def _advised(examined: Examination, invariant: Invariant) -> Iterator[tuple[Mapping[str, str], Node]]:
    """For each decision: where the advice is what it must never be, or not what it must always be."""
    store = examined.diagram.store
    for decision, options in (invariant.always or invariant.never).items():
        is_one = _is_one_of(examined, decision, options)
        where = store.all_of((_applies(examined, invariant), store.negate(is_one) if invariant.always else is_one))
        if examined.is_ever(where):
            key = "found_not_always" if invariant.always else "found_not_never"
            yield in_both(key, invariant=invariant.invariant, decision=decision, options=" | ".join(options)), where


def _growing(examined: Examination, invariant: Invariant) -> Iterator[tuple[Mapping[str, str], Node]]:
    """For each decision: the first two pieces of the number between which its advice goes the forbidden way."""
    fact = str(invariant.more)
    cells = examined.diagram.domains[fact].cells
    for decision, options in invariant.leads_away_from.items():
        ways = ((pair, _going(examined, invariant, decision, *pair)) for pair in combinations(range(len(cells)), 2))
        first = next(((pair, where) for pair, where in ways if examined.is_ever(where)), None)
        if first is not None:
            (low, high), where = first
            message = in_both(
                "found_leads_away",
                invariant=invariant.invariant,
                decision=decision,
                fact=fact,
                low=_said(cells[low]),
                high=_said(cells[high]),
                before=" | ".join(options),
                after=" | ".join(invariant.to[decision]),
            )
            yield message, where


def _going(examined: Examination, invariant: Invariant, decision: str, low: int, high: int) -> Node:
    """Where the number is in the lower piece, and in the higher one the advice would be what it must not become."""
    store, fact, advice = examined.diagram.store, str(invariant.more), examined.diagram.advice[decision]
    before = _is_one_of(examined, decision, invariant.leads_away_from[decision])
    after = _is_one_of(examined, decision, invariant.to[decision])
    changed = store.combine(operator.ne, store.fixed(advice, {fact: low}), store.fixed(advice, {fact: high}))
    here = (examined.ground.choice(fact, [low]), _applies(examined, invariant), before)
    return examined.ground.in_some_way(store.all_of((*here, changed, store.fixed(after, {fact: high}))))


def _applies(examined: Examination, invariant: Invariant) -> Node:
    """Where the conditions of the invariant hold."""
    return examined.diagram.all_hold(examined.rulebook.conditions(invariant.all_of))


def _is_one_of(examined: Examination, decision: str, options: tuple[str, ...]) -> Node:
    """Where one of these options, or a kind of one, is advised."""
    return examined.diagram.test(decision, examined.rulebook.decision[decision].subject.accepts(options))


def _said(cell: str | Interval) -> Mapping[str, str]:
    return {language: interval(cell, language) if isinstance(cell, Interval) else cell for language in LANGUAGES}
