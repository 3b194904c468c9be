"""A day from which the advice is another, without any edit.

**What it finds.** Among the next 12 days on which a rule's `valid` begins or has ended: each from which some task
gets other advice than on the day before, with the rules that begin or end, what becomes of what in how many tasks,
the invariants that break, and how many of the rulebook's own cases fail. The finding is about that day, like
`2027-01-01`.

**Why it matters.** Nobody commits anything on that day, so no comparison, test or review stands between the change
and those whom it concerns.

**What to do.** Tell those concerned beforehand. `whytune check` and `whytune test` say with `--as-of` what is found,
and which cases fail, on that day.

---

从某日起，无人修改，建议也会改变。

**查什么。** 在今后 12 个有规则生效或失效（`valid`）的日期中，找出从当天起某些任务的建议与前一天不同的日期，并列出当
日生效或失效的规则、在多少种任务中由什么建议变为什么建议，以及因此被违反的不变式与失败的案例数。
该发现的 `about` 即该日期，如 `2027-01-01`。

**为什么重要。** 那一天没有任何提交，因此在改变与受影响的人之间，没有比较，没有测试，也没有审核。

**怎么办。** 事先告知有关人员。`whytune check` 与 `whytune test` 加上 `--as-of`，可以看到那一天会有哪些发现、哪些案例
会失败。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ...language.rulebook import Rule
from ...meaning.diagram import Where
from ...meaning.promises import broken
from ...words.phrases import in_both, listed, quoted
from ..casebook import Case, fails
from ..examination import Examination, Found

SEVERITY = "note"
MOST_DAYS = 12
"""Days on which rules begin or end that are looked at, the next first."""


def look(examined: Examination) -> Iterator[Found]:
    days = sorted({day for rule in examined.whole.rules for day in rule.turns if day > examined.day})
    for earlier, day in pairwise((examined.day, *days[:MOST_DAYS])):
        before = Examination(examined.whole, earlier, cases=examined.cases)  # a ground for each two: they stay small
        after = before.on(day)
        changed = _changed(before, after)
        if changed:
            rules = [rule for rule in examined.whole.rules if day in rule.turns]
            place = examined.place("rule", rules[0].id, "valid")
            where = examined.ground.copied(changed)
            yield Found(str(day), place, _message(before, after, rules), where, day)


def _changed(before: Examination, after: Examination) -> Where:
    """Where the advice on some decision is another."""
    advised, advice = before.diagram.advice, after.diagram.advice
    return before.ground.any_of(advised[name].differs(advice[name]) for name in advice)


def _message(before: Examination, after: Examination, rules: Iterable[Rule]) -> Mapping[str, str]:
    begin_or_end = (in_both("rule_begins" if rule.holds_on(after.day) else "rule_ends", rule=rule.id) for rule in rules)
    broken_before, broken_then = (
        dict.fromkeys(each.invariant.invariant for each in broken(on.diagram)) for on in (before, after)
    )
    breaks = [name for name in broken_then if name not in broken_before]
    failing = [case for case in after.cases if not case.day and _begins_to_fail(case, before, after)]
    day, changes = str(after.day), listed(_changes(before, after))
    parts = [in_both("found_coming_change", day=day, rules=listed(begin_or_end), changes=changes)]
    parts += [in_both("coming_breach", invariants=quoted(breaks))] if breaks else []
    parts += [in_both("coming_failure", cases=str(len(failing)), of=str(len(after.cases)))] if failing else []
    return listed(parts, "semicolon")


def _begins_to_fail(case: Case, before: Examination, after: Examination) -> bool:
    return fails(case, after.diagram) and not fails(case, before.diagram)


def _changes(before: Examination, after: Examination) -> Iterator[Mapping[str, str]]:
    """What becomes of what, and in how many tasks, those with the most tasks first."""
    changes = []
    for decision, advice in after.diagram.advice.items():
        pairs = before.diagram.advice[decision].combined(_pair, advice)
        for pair in sorted(pair for pair in pairs.values() if pair):
            changes.append((-before.atlas.share(pairs.being(pair)).tasks, decision, pair))
    for tasks, decision, (old, new) in sorted(changes):
        yield in_both("option_becomes", decision=decision, before=old, after=new, tasks=f"{-tasks:,}")


def _pair(before: str, after: str) -> tuple[str, str] | None:
    """What changes; None where nothing does."""
    return None if before == after else (before, after)
