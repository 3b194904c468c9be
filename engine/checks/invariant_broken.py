"""A promise that the rules do not keep.

**What it finds.** An invariant of the rulebook that some task breaks, with a smallest case that shows it. Where none
is found the invariant is proved: every task has been looked at, not a sample.

**Why it matters.** Invariants say what must stay true whatever else is edited.

**What to do.** Correct the rules. If the promise itself is out of date, change it, with its owner's consent.

---

规则没有遵守的承诺。

**查什么。** 被某些任务违反的不变式（invariant），并给出最小的例证。没有报告即为已证明：检查的是全部任务，而非抽样。

**为什么重要。** 不变式规定了无论怎样修改都必须成立的内容。

**怎么办。** 改正规则；若承诺本身已过时，请征得负责人同意后修改。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..diagram import Node
from ..examination import Examination, Found
from ..phrases import in_both, interval
from ..rulebook import Invariant
from ..vocabulary import Interval

SEVERITY = "error"


def look(examined: Examination) -> Iterator[Found]:
    for invariant in examined.rulebook.invariants:
        broken = _growing(examined, invariant) if invariant.more else _advised(examined, invariant)
        for message, where in broken:
            inside = examined.diagram.store.all_of((_applies(examined, invariant), where))
            if examined.is_ever(inside):
                span = examined.place("invariant", invariant.invariant)
                yield Found(invariant.invariant, span, message, inside)
                break


def _applies(examined: Examination, invariant: Invariant) -> Node:
    """Where the conditions of the invariant hold."""
    return examined.diagram.all_hold(examined.rulebook.conditions(invariant.all_of))


def _advised(examined: Examination, invariant: Invariant) -> Iterator[tuple[Mapping[str, str], Node]]:
    """Where the advice is what it must never be, or not what it must always be."""
    for decision, options in (invariant.always or invariant.never).items():
        is_one = _is_one_of(examined, decision, options)
        where = examined.diagram.store.negate(is_one) if invariant.always else is_one
        key = "found_not_always" if invariant.always else "found_not_never"
        parts = {"invariant": invariant.invariant, "decision": decision, "options": " | ".join(options)}
        yield in_both(key, **parts), where


def _growing(examined: Examination, invariant: Invariant) -> Iterator[tuple[Mapping[str, str], Node]]:
    """For each two pieces of the number: where the advice goes the forbidden way from the lower to the higher."""
    fact, store = str(invariant.more), examined.diagram.store
    cells = examined.diagram.domains[fact].cells
    for decision, options in invariant.leads_away_from.items():
        before = _is_one_of(examined, decision, options)
        after = _is_one_of(examined, decision, invariant.to[decision])
        for low in range(len(cells)):
            for high in range(low + 1, len(cells)):
                here = examined.ground.choice(fact, [low])
                where = store.all_of((here, store.fixed(before, {fact: low}), store.fixed(after, {fact: high})))
                yield (
                    in_both(
                        "found_leads_away",
                        invariant=invariant.invariant,
                        decision=decision,
                        fact=fact,
                        low=_said(cells[low]),
                        high=_said(cells[high]),
                        before=" | ".join(options),
                        after=" | ".join(invariant.to[decision]),
                    ),
                    where,
                )


def _is_one_of(examined: Examination, decision: str, options: tuple[str, ...]) -> Node:
    """Where one of these options, or a kind of one, is advised."""
    return examined.diagram.test(decision, examined.rulebook.decision[decision].subject.accepts(options))


def _said(cell: str | Interval) -> Mapping[str, str]:
    return {language: interval(cell, language) if isinstance(cell, Interval) else cell for language in ("en", "zh")}
