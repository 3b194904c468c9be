"""A fact on which nothing depends.

**What it finds.** A fact that no rule tests and no other fact waits for, unless it says `used_for:`; or one that rules
do test, though no advice depends on the answer.

**Why it matters.** People are asked for it and gather evidence for it, and it changes nothing.

**What to do.** Remove the fact, or write the rule that was meant to use it.

---

可有可无的事实。

**查什么。** 没有规则检验、也没有其他事实依赖的事实（写有 `used_for:` 的除外）；或虽有规则检验、但任何建议都不取决于
其取值的事实。

**为什么重要。** 人们被要求回答、并为此收集依据，结果毫无影响。

**怎么办。** 删去该事实，或补上本应使用它的规则。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...language.vocabulary import member
from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    rulebook = examined.rulebook
    awaited = {name for fact in rulebook.vocabulary.facts for name in examined.ground.waits_for(fact.fact)}
    decisive = frozenset().union(*(advice.facts for advice in examined.diagram.advice.values()))
    for fact in rulebook.vocabulary.declared:
        cells = {member(fact, value) for value in fact.values} if fact.kind == "choices" else {fact.fact}
        if fact.used_for or cells & (awaited | decisive):
            continue
        key = "found_undecisive_fact" if rulebook.testing(fact.fact) else "found_unused_fact"
        yield Found(fact.fact, examined.place("fact", fact.fact), in_both(key, fact=fact.fact))
