"""A rule that rules out what nothing proposes.

**What it finds.** A `rule_out` that is never met by a proposal: wherever the rule is in force, no rule in force
proposes the option or a kind of it.

**Why it matters.** The veto looks like a safeguard, and guards nothing. Often its conditions are narrower than meant.

**What to do.** Widen the conditions, or delete the effect. If it guards against rules that are yet to be written,
accept it in a waiver.

---

排除了本来就没人提议的方案。

**查什么。** 从未遇到提议的 `rule_out`：在该规则生效之处，没有生效的规则提议这个方案或其子类。

**为什么重要。** 这条禁令看似一道防线，其实什么也没防住；往往是条件比本意窄。

**怎么办。** 放宽条件，或删去这一效果。若它是为将来的规则预先设防，请写一条豁免。
"""

from __future__ import annotations

from collections.abc import Iterator

from ...words.phrases import in_both
from ..examination import Examination, Found

SEVERITY = "warning"


def look(examined: Examination) -> Iterator[Found]:
    diagram = examined.diagram
    for rule in examined.rulebook.rules:
        in_force = diagram.rules[rule.id]
        vetoes = ((decision, option) for decision, options in sorted(rule.rule_out.items()) for option in options)
        for decision, option in vetoes:
            kinds = {option, *examined.rulebook.decision[decision].kinds[option]}
            proposed = examined.ground.any_of(diagram.proposed[decision, kind] for kind in sorted(kinds))
            if in_force and not in_force & proposed:
                message = in_both("found_masked_veto", rule=rule.id, option=option)
                yield Found(rule.id, examined.place("rule", rule.id, "rule_out"), message, in_force)
