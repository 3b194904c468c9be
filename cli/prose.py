"""Sentences that several commands share: conditions as they stand, changes, sets of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from whytune.engine.advice.explanations import Change, Flip
from whytune.engine.advice.recommendation import Firing, Recommendation, Use
from whytune.engine.advice.standing import ConditionStanding, RuleStanding
from whytune.engine.language.case import FactState
from whytune.engine.language.vocabulary import Fact, Interval, joined_cells
from whytune.engine.meaning.semantics import rule_state
from whytune.engine.words.phrases import interval, number
from whytune.engine.words.speaker import Speaker

MOST_ASSUMED = 3
"""Assumed facts that a reason names; a policy may rest on all there are."""


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
    return speaker.pair(speaker.rule(standing.rule), speaker.say(f"state_{rule_state(standing.truth)}"))


def changes(speaker: Speaker, found: Iterable[Change]) -> str:
    return speaker.say("and").join(_change(speaker, change) for change in found)


def flip(speaker: Speaker, found: Flip) -> str:
    """The changes of a flip, and which given facts then no longer apply."""
    said = changes(speaker, found.changes)
    if not found.leaves_out:
        return said
    idle = speaker.listed(map(speaker.fact, found.leaves_out))
    return speaker.say("within", value=said, bounds=speaker.say("leaves_out", facts=idle))


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
    """Values or stretches of numbers of one fact, neighbouring stretches as one."""
    return speaker.say("or").join(
        interval(cell, speaker.language) if isinstance(cell, Interval) else speaker.value(fact, cell)
        for cell in joined_cells(found)
    )


def reason(speaker: Speaker, text: str, firing: Firing, answer: Recommendation) -> str:
    """The reason that a firing gives, which says in the same sentence what it rests on that nobody gave."""
    assumed = answer.assumed_behind(firing)
    if not assumed:
        return text
    pairs = [speaker.pair(speaker.fact(name), speaker.value(name, answer.facts[name].value)) for name in assumed]
    named = speaker.say("semicolon").join(pairs[:MOST_ASSUMED])
    if len(pairs) > MOST_ASSUMED:
        named = speaker.say("and_more", value=named, count=str(len(pairs) - MOST_ASSUMED))
    bare = text.rstrip(".。")
    return speaker.say("reason_assumed", reason=bare, facts=named) + text[len(bare) :]


def reason_of_rule(speaker: Speaker, rule: str, answer: Recommendation) -> str:
    """The reason that a rule gives, as `reason` says it."""
    text = speaker.text(speaker.rulebook.rule[rule].because)
    firing = next((each for each in answer.trace if each.kind == "rule" and each.name == rule), None)
    return reason(speaker, text, firing, answer) if firing else text


def rests_on(speaker: Speaker, uses: Iterable[Use], facts: Mapping[str, FactState]) -> str:
    """What a firing rests on: facts with their values, the assumed ones marked, then the numbers of steps."""
    uses = tuple(uses)
    parts = [
        speaker.pair(speaker.fact(use.fact), _used_value(speaker, use.fact, use, facts.get(use.fact)))
        for use in uses
        if use.fact is not None
    ]
    steps = sorted(use.step for use in uses if use.step is not None)
    if steps:
        key = "from_steps" if len(steps) == 1 else "from_many_steps"
        parts.append(speaker.say(key, steps=speaker.listed(map(str, steps))))
    return speaker.say("semicolon").join(parts)


def _used_value(speaker: Speaker, fact: str, use: Use, state: FactState | None) -> str:
    value = speaker.value(fact, use.value)
    value = speaker.say("assumed_edge", label=value) if state and state.state == "assumed" else value
    if not isinstance(use.at_least, Decimal) and not isinstance(use.below, Decimal):
        return value
    low, high = (bound if isinstance(bound, Decimal) else None for bound in (use.at_least, use.below))
    return speaker.say("within", value=value, bounds=interval(Interval(low, high), speaker.language))


def _truth(speaker: Speaker, standing: ConditionStanding) -> str:
    if standing.truth is None:
        return speaker.say("waits_for", facts=speaker.listed(map(speaker.fact, standing.waits_for)))
    said = speaker.say("is_so" if standing.truth else "is_not_so")
    instead = _instead(speaker, standing)
    return speaker.say("within", value=said, bounds=instead) if instead else said


def _instead(speaker: Speaker, standing: ConditionStanding) -> str:
    """What the case has where a condition is not so, and the number that it would take; empty where nothing helps."""
    if standing.truth is not False or standing.value is None:
        return ""
    if standing.number is None or not standing.distance:
        return _held(speaker, standing, speaker.subject_value(standing.subject, standing.value))
    fact = speaker.rulebook.vocabulary.fact_of[standing.subject]
    held = _held(speaker, standing, speaker.value(fact.fact, standing.number))
    return speaker.say("semicolon").join((held, _needed(speaker, standing, fact)))


def _held(speaker: Speaker, standing: ConditionStanding, value: str) -> str:
    return speaker.say("as_assumed", value=value) if standing.assumed else value


def _needed(speaker: Speaker, standing: ConditionStanding, fact: Fact) -> str:
    """The bound of the nearest piece that the condition accepts."""
    held, distance = standing.number or Decimal(0), standing.distance or Decimal(0)
    band = speaker.rulebook.vocabulary.bands[standing.subject]
    pieces = [band.interval(name) for name in standing.named]
    if any(piece.low == held + distance for piece in pieces):
        return speaker.say("takes_or_more", bound=number(held + distance))
    if fact.kind == "whole_number":
        return speaker.say("takes_or_fewer", bound=number(held - distance))
    below = max(piece.high for piece in pieces if piece.high is not None and piece.high <= held)
    return speaker.say("takes_less", bound=number(below))
