"""A day from which the advice differs, without any edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from ...language.rulebook import Rule
from ...meaning.diagram import Where
from ...meaning.promises import broken
from ...words.catalogue import in_both, listed, quoted
from ..casebook import CheckedCase, fails
from ..examination import Examination, Found

SEVERITY = "note"
MOST_DAYS = 12
"""How many days on which rules begin or end are looked at, the next first."""


def look(examined: Examination) -> Iterator[Found]:
    days = sorted({day for rule in examined.whole.rules for day in rule.turns if day > examined.day})
    for earlier, day in pairwise((examined.day, *days[:MOST_DAYS])):
        before = Examination(examined.whole, earlier, cases=examined.cases)  # a ground for every two: small ones
        after = before.on(day)
        changed = _changed(before, after)
        if changed:
            rules = [rule for rule in examined.whole.rules if day in rule.turns]
            place = examined.place("rule", rules[0].id, "valid")
            where = examined.ground.narrowed(changed, {})
            yield Found(str(day), place, _message(before, after, rules), where, day)


def _changed(before: Examination, after: Examination) -> Where:
    """Where the advice on some decision differs."""
    advised, advice = before.diagram.advice, after.diagram.advice
    return before.ground.any_of(advised[name].differs(advice[name]) for name in advice)


def _message(before: Examination, after: Examination, rules: Iterable[Rule]) -> Mapping[str, str]:
    begin_or_end = (in_both("rule_begins" if rule.holds_on(after.day) else "rule_ends", rule=rule.id) for rule in rules)
    broken_before, broken_then = (
        dict.fromkeys(breach.invariant.invariant for breach in broken(on.diagram)) for on in (before, after)
    )
    breaks = [name for name in broken_then if name not in broken_before]
    failing = [case for case in after.cases if not case.day and _begins_to_fail(case, before, after)]
    day, changes = str(after.day), listed(_changes(before, after))
    parts = [in_both("found_coming_change", day=day, rules=listed(begin_or_end), changes=changes)]
    parts += [in_both("coming_breach", invariants=quoted(breaks))] if breaks else []
    parts += [in_both("coming_failure", cases=str(len(failing)), of=str(len(after.cases)))] if failing else []
    return listed(parts, "semicolon")


def _begins_to_fail(case: CheckedCase, before: Examination, after: Examination) -> bool:
    return fails(case, after.diagram) and not fails(case, before.diagram)


def _changes(before: Examination, after: Examination) -> Iterator[Mapping[str, str]]:
    """What changes to what, and in how many tasks, the most tasks first."""
    changes = []
    for decision, advice in after.diagram.advice.items():
        pairs = before.diagram.advice[decision].combined(_pair, advice)
        for pair in sorted(pair for pair in pairs.values() if pair):
            changes.append((-before.atlas.share(pairs.being(pair)).tasks, decision, pair))
    for tasks, decision, (old, new) in sorted(changes):
        yield in_both("option_becomes", decision=decision, before=old, after=new, tasks=f"{-tasks:,}")


def _pair(before: str, after: str) -> tuple[str, str] | None:
    """What changes to what; None if nothing does."""
    return None if before == after else (before, after)
