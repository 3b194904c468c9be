"""A day from which the advice differs, without any edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from ...language.rulebook import Rule
from ...meaning.diagram import Where
from ...meaning.promises import broken
from ...meaning.study import common_ground
from ...words.catalogue import in_both, listed, quoted
from ..casebook import CheckedCase, fails
from ..examination import Examination, Found

SEVERITY = "note"
MOST_DAYS = 12
"""How many days on which rules begin or end are looked at, the next first."""


def look(examined: Examination) -> Iterator[Found]:
    days = sorted({day for rule in examined.whole.rules for day in rule.turns if day > examined.day})
    for earlier, day in pairwise((examined.day, *days[:MOST_DAYS])):
        after = (before := _on(examined, earlier)).on(day)
        changed = _changed(before, after)
        if changed:
            rules = [rule for rule in examined.whole.rules if day in rule.turns]
            place = examined.place("rule", rules[0].id, "valid")
            where = changed if examined.ground.is_in_clauses else examined.ground.narrowed(changed, {})
            yield Found(str(day), place, _message(before, after, rules), where, day)


def _on(examined: Examination, day: date) -> Examination:
    """The same on another day; in diagrams on a ground of its own, since every two days make small ones."""
    shared = examined.ground if examined.ground.is_in_clauses else common_ground(examined.whole.as_of(day))
    return Examination(examined.whole, day, cases=examined.cases, shared=shared)


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
            share = before.atlas.share(pairs.being(pair))
            changes.append((-share.tasks if share else 0, decision, pair))
    for tasks, decision, (old, new) in sorted(changes):
        parts = {"decision": decision, "before": old, "after": new}
        yield in_both("option_becomes", **parts, tasks=f"{-tasks:,}") if tasks else in_both("becomes_in_some", **parts)


def _pair(before: str, after: str) -> tuple[str, str] | None:
    """What changes to what; None if nothing does."""
    return None if before == after else (before, after)
