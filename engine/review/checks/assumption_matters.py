"""An assumption that decides.

**What it finds.** A fact that is assumed where a case does not give it, and in how many tasks the advice would not be
what the assumption leads to.

**Why it matters.** Whoever leaves the fact out gets advice for a task that may not be theirs. Such advice is marked
provisional; here you see how much rests on the guess.

**What to do.** Nothing, if the assumption is the ordinary case. Otherwise drop `assume:`, so that the question has to
be answered. This is a note: it never fails a check.

---

起决定作用的假设。

**查什么。** 未给出时按假设处理的事实，以及有多少任务的建议与按假设得出的不同。

**为什么重要。** 没有给出该事实的人，得到的建议也许并不适合自己的任务。这样的建议会标明“暂定”；这里则显示有多少结果
建立在猜测之上。

**怎么办。** 若假设就是通常情形，无须处理；否则去掉 `assume:`，让这个问题必须回答。本项只是提示，不会使检查失败。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...language.case import read_value
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "note"


def look(examined: Examination) -> Iterator[Found]:
    diagram = examined.diagram
    for fact in examined.rulebook.vocabulary.facts:
        if fact.assume is None:
            continue
        cell = diagram.domains[fact.fact].cell_of(read_value(fact, fact.assume[0]))
        otherwise = examined.ground.any_of(
            advice.differs(advice.at(fact.fact, cell)) for advice in diagram.advice.values()
        )
        if otherwise:
            message = in_both("found_assumption_matters", fact=fact.fact, value=fact.assume[0])
            declared, _, _ = fact.fact.partition(".")  # where the members of `choices` are assumed, too
            place = examined.place("fact", declared, "assume")
            yield Found(fact.fact, place, message, examined.ground.in_some_way(otherwise))
