"""How often each outcome, deciding rule and month occurs among records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from .record import Record, vetoes_of
from .record_shape import PlainTexts

Key = TypeVar("Key", str, tuple[str, str])


class Statistics(NamedTuple):
    """How many records there are for each outcome and status of a decision, each rule or policy that decided it, and
    each rule that ruled out what others proposed.

    `months` counts records by month (2026-03), `rulebooks` by name, version and the beginning of its digest; `titles`
    tells what an outcome is called, and `rule_titles` what a rule is, as the last of the records did.
    """

    records: int
    advice: Mapping[tuple[str, str], int]
    status: Mapping[tuple[str, str], int]
    rules: Mapping[tuple[str, str], int]
    vetoes: Mapping[tuple[str, str], int]
    months: Mapping[str, int]
    rulebooks: Mapping[str, int]
    titles: Mapping[tuple[str, str], PlainTexts] = {}
    rule_titles: Mapping[str, PlainTexts] = {}

    def to_dict(self) -> dict[str, Any]:
        def nested(counts: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
            by_decision: dict[str, dict[str, int]] = {}
            for (decision, name), count in counts.items():
                by_decision.setdefault(decision, {})[name] = count
            return by_decision

        return {
            "records": self.records,
            "advice": nested(self.advice),
            "status": nested(self.status),
            "rules": nested(self.rules),
            "vetoes": nested(self.vetoes),
            "months": dict(self.months),
            "rulebooks": dict(self.rulebooks),
        }


def statistics(
    records: Iterable[Record], titles_of: Callable[[Record], Mapping[str, PlainTexts]] = attrgetter("rule_titles")
) -> Statistics:
    """The counts by decision, the main one of the last record first, the largest first; and months in order.

    `titles_of` says what the rules that decided a record are called.
    """
    total = 0
    advice: Counter[tuple[str, str]] = Counter()
    status: Counter[tuple[str, str]] = Counter()
    rules: Counter[tuple[str, str]] = Counter()
    vetoes: Counter[tuple[str, str]] = Counter()
    months: Counter[str] = Counter()
    rulebooks: Counter[str] = Counter()
    titles: dict[tuple[str, str], PlainTexts] = {}
    rule_titles: dict[str, PlainTexts] = {}
    decisions: dict[str, None] = {}
    for record in records:
        total += 1
        decisions = dict.fromkeys((*reversed(record.titles), *decisions))
        outcomes, named = record.outcomes, record.titles
        titles |= {(name, outcome): named[name] for name, outcome in outcomes.items() if name in named}
        rule_titles |= titles_of(record)
        for name, decision in record.data["recommendation"]["decisions"].items():
            advice[name, outcomes[name]] += 1
            status[name, decision["status"]] += 1
            rules.update((name, rule) for rule in decision["decided_by"])
            vetoes.update((name, rule) for rule in vetoes_of(decision))
        months[record.time[:7]] += 1
        identity = record.data["rulebook"]
        rulebooks[f"{identity['name']} {identity['version']} {identity['digest'][:8]}"] += 1
    return Statistics(
        total,
        _by_decision(advice, decisions),
        _by_decision(status, decisions),
        _by_decision(rules, decisions),
        _by_decision(vetoes, decisions),
        dict(sorted(months.items())),
        _frequent(rulebooks),
        titles,
        rule_titles,
    )


def _by_decision(counts: Counter[tuple[str, str]], decisions: Iterable[str]) -> Mapping[tuple[str, str], int]:
    """The counts in the order of their decisions, those of each as `_frequent` has them."""
    places = {decision: place for place, decision in enumerate(decisions)}
    return dict(sorted(_frequent(counts).items(), key=lambda item: places.get(item[0][0], len(places))))


def _frequent(counts: Counter[Key]) -> Mapping[Key, int]:
    """The counts, the largest first; equal ones by name."""
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
