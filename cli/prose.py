"""Sentences that several commands share: conditions as they stand, changes, sets of answers."""

from __future__ import annotations

from collections.abc import Iterable

from whytune.engine.explanations import Change
from whytune.engine.phrases import interval, number
from whytune.engine.speaker import Speaker
from whytune.engine.standing import ConditionStanding, RuleStanding
from whytune.engine.vocabulary import Interval


def quoted_rules(speaker: Speaker, rules: Iterable[str]) -> str:
    return speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in rules)


def condition(speaker: Speaker, standing: ConditionStanding) -> str:
    """A condition, whether it is so, and what the case has instead."""
    said = speaker.condition(standing.subject, standing.named)
    if standing.part == "except_if":
        said = speaker.pair(speaker.say("except_if"), said)
    return speaker.say("judged", condition=said, truth=_truth(speaker, standing))


def obstacles(speaker: Speaker, rule: RuleStanding) -> str:
    """The conditions that keep a rule from being in force, or that it waits for."""
    found = rule.failed if rule.truth is False else rule.open
    return speaker.say("semicolon").join(condition(speaker, each) for each in found or rule.conditions)


def rule(speaker: Speaker, standing: RuleStanding) -> str:
    """A rule's title and state."""
    state = {True: "state_in_force", False: "state_not_in_force", None: "state_open"}[standing.truth]
    return speaker.pair(speaker.rule(standing.rule), speaker.say(state))


def changes(speaker: Speaker, found: Iterable[Change]) -> str:
    return speaker.say("and").join(_change(speaker, change) for change in found)


def _change(speaker: Speaker, change: Change) -> str:
    """A change in words; for a number not known so far, the whole stretch that would do."""
    fact = speaker.fact(change.fact)
    if change.before is None:
        domain = speaker.rulebook.vocabulary.domains[change.fact]
        after = cells(speaker, change.fact, [domain.cells[domain.cell_of(change.after)]])
        return speaker.say("change", fact=fact, before=speaker.say("unknown"), after=after)
    before, after = (speaker.value(change.fact, value) for value in (change.before, change.after))
    return speaker.say("change", fact=fact, before=before, after=after)


def cells(speaker: Speaker, fact: str, found: Iterable[str | Interval]) -> str:
    """Values or stretches of numbers of one fact."""
    return speaker.say("or").join(
        interval(cell, speaker.language) if isinstance(cell, Interval) else speaker.value(fact, cell) for cell in found
    )


def _truth(speaker: Speaker, standing: ConditionStanding) -> str:
    if standing.truth is None:
        return speaker.say("waits_for", facts=speaker.listed(map(speaker.fact, standing.waits_for)))
    said = speaker.say("is_so" if standing.truth else "is_not_so")
    if standing.number is not None and standing.distance:
        fact = speaker.rulebook.vocabulary.fact_of[standing.subject].fact
        band = speaker.rulebook.vocabulary.bands[standing.subject]
        below = any(
            low is not None and standing.number < low for low in (band.interval(name).low for name in standing.named)
        )
        key = "short_by" if below else "over_by"
        return speaker.say(
            "within",
            value=said,
            bounds=speaker.say(key, value=speaker.value(fact, standing.number), distance=number(standing.distance)),
        )
    if standing.truth is False and standing.value is not None:
        return speaker.say("within", value=said, bounds=speaker.subject_value(standing.subject, standing.value))
    return said
