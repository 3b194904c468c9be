"""Conditions and rules as they stand on a case, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from whytune.engine.advice.standing import ConditionStanding, RuleStanding
from whytune.engine.language.bounds import bound_at
from whytune.engine.language.vocabulary import Fact
from whytune.engine.meaning.semantics import rule_state
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import number

from .states import STATE

_POLICIES = {
    "if_none_stands": "where_none_stands",
    "if_several_stand": "where_several_stand",
    "every_completion": "where_all_lead_there",
    "only_if": "where_it_applies",
}


def quoted_rules(speaker: Speaker, rules: Iterable[str]) -> str:
    """The titles of rules, each in quotation marks."""
    return speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in rules)


def policy(name: str, speaker: Speaker) -> str | None:
    """What a policy of a decision is about, in words; None for the name of anything else."""
    decision = name.partition(".")[0]
    if decision not in speaker.rulebook.decision:
        return None
    return policy_of(name, speaker.subject(decision), speaker.language)


def policy_of(name: str, decision: str, language: str) -> str | None:
    """The same of a decision that is called so, whatever its rulebook is."""
    key = _POLICIES.get(name.partition(".")[2])
    return phrase(key, language, decision=decision) if key else None


def deciders(names: Iterable[str], speaker: Speaker) -> str:
    """Rules by their titles in quotation marks, and policies about options in words; empty for what is neither."""
    rules = speaker.rulebook.rule
    named = (quoted_rules(speaker, [name]) if name in rules else _about_options(name, speaker) for name in names)
    return speaker.listed(filter(None, named))


def _about_options(name: str, speaker: Speaker) -> str | None:
    """A policy that chooses an option, in words; the others give no reason of their own."""
    return policy(name, speaker) if name.partition(".")[2] in ("if_none_stands", "if_several_stand") else None


def applies_if(decision: str, speaker: Speaker) -> str:
    """When a decision applies at all."""
    conditions = speaker.rulebook.decision[decision].only_if.items()
    named = speaker.say("semicolon").join(speaker.condition(name, values) for name, values in conditions)
    return speaker.say("applies_only_if", conditions=named)


def condition(speaker: Speaker, standing: ConditionStanding) -> str:
    """A condition and whether it is so; or what the case has instead, and what it would take."""
    if standing.part == "yields_to":
        return _yielding(speaker, standing)
    if standing.part != "except_if" and standing.truth is False and standing.value is not None:
        return _short_of(speaker, standing, standing.value)
    sentence = speaker.condition(standing.subject, standing.named)
    if standing.part == "except_if":
        return _excepted(speaker, sentence, standing)
    if standing.truth is None and standing.subject in speaker.rulebook.vocabulary.fact_of:
        return _unknown(speaker, standing)
    return speaker.say("judged", condition=sentence, truth=_truth(speaker, standing))


def obstacles(speaker: Speaker, rule: RuleStanding) -> str:
    """The conditions that keep a rule from being in force, or that it waits for."""
    return in_a_row(speaker, rule.obstacles)


def in_a_row(speaker: Speaker, parts: Iterable[ConditionStanding]) -> str:
    """Conditions, one after the other."""
    return speaker.say("semicolon").join(condition(speaker, part) for part in parts)


def rule(speaker: Speaker, standing: RuleStanding) -> str:
    """A rule's title and state."""
    return speaker.pair(speaker.rule(standing.rule), speaker.say(STATE[rule_state(standing.truth)]))


def _truth(speaker: Speaker, standing: ConditionStanding) -> str:
    if standing.truth is None:
        return speaker.say("waits_for", facts=speaker.listed(map(speaker.fact, standing.waits_for)))
    return speaker.say("is_so" if standing.truth else "is_not_so")


def _unknown(speaker: Speaker, standing: ConditionStanding) -> str:
    """That a fact is not known, and what it would take."""
    has = speaker.pair(speaker.subject(standing.subject), speaker.say("unknown"))
    takes = speaker.say("takes", value=speaker.values(standing.subject, standing.named))
    return speaker.say("within", value=has, bounds=_or_another(speaker, standing, takes))


def _or_another(speaker: Speaker, standing: ConditionStanding, takes: str) -> str:
    """What it would take; and, of a condition among several of which one is enough, that another would do."""
    return speaker.say("or_another", takes=takes) if standing.part == "any_of" else takes


def _excepted(speaker: Speaker, sentence: str, standing: ConditionStanding) -> str:
    """Whether this exception to a rule applies."""
    if standing.truth is None:
        return speaker.say("exception_open", condition=sentence, truth=_truth(speaker, standing))
    return speaker.say("exception_holds" if standing.truth else "exception_fails", condition=sentence)


def _yielding(speaker: Speaker, standing: ConditionStanding) -> str:
    """To which rule a rule yields, and whether that is in force."""
    rule = quoted_rules(speaker, [standing.subject])
    if standing.truth is None:
        return speaker.say("yields_to_open", rule=rule, facts=speaker.listed(map(speaker.fact, standing.waits_for)))
    return speaker.say("yields_to_one", rule=rule, state=speaker.say(STATE[rule_state(standing.truth)]))


def _short_of(speaker: Speaker, standing: ConditionStanding, value: str) -> str:
    """What the case has, what it would take, and which rule decided that or is nearest to changing it."""
    is_advice = standing.subject in speaker.rulebook.decision
    short = _advised_instead(speaker, standing, value) if is_advice else _has_instead(speaker, standing, value)
    if not standing.nearest:
        return short
    nearest = speaker.say("nearest_to_that", rule=speaker.rule(standing.nearest.rule))
    return speaker.say("semicolon").join((short, speaker.pair(nearest, _lacking(speaker, standing.nearest))))


def _lacking(speaker: Speaker, rule: RuleStanding) -> str:
    """The least that must still come true, in facts; where one of two conditions is enough, both."""
    return speaker.say("semicolon").join(_grounds(speaker, rule))


def _grounds(speaker: Speaker, rule: RuleStanding) -> Iterator[str]:
    """What a rule lacks; for a conclusion or an advice, what the rule nearest to bringing it about lacks in turn."""
    for part in rule.lacking:
        if not part.alternative:
            yield from _ground(speaker, part)
    for group in rule.choices:
        if [len(alternative) for alternative in group] == [1, 1]:
            yield speaker.say("either").join(condition(speaker, part._replace(part="if")) for (part,) in group)
        else:
            for part in min(group, key=len):
                yield from _ground(speaker, part)


def _ground(speaker: Speaker, part: ConditionStanding) -> Iterator[str]:
    if part.nearest and (grounds := list(_grounds(speaker, part.nearest))):
        yield from grounds
    else:
        yield condition(speaker, part)


def _advised_instead(speaker: Speaker, standing: ConditionStanding, value: str) -> str:
    """Which advice another decision would have to come to, which it has, and the rules that decided that."""
    subject = standing.subject
    wanted = speaker.one_of(_quoted_value(speaker, subject, name) for name in standing.named)
    takes = speaker.say("takes_advice", question=speaker.subject(subject), value=wanted)
    takes = _or_another(speaker, standing, takes)
    held = _quoted_value(speaker, subject, value)
    if not standing.decided_by:
        return speaker.say("advice_instead", takes=takes, value=held)
    rules = quoted_rules(speaker, standing.decided_by)
    instead = speaker.say("advice_instead_by", takes=takes, value=held, rules=rules)
    if not standing.barred_by:
        return instead
    barred = speaker.say("out_by_rules", label=wanted, rules=quoted_rules(speaker, standing.barred_by))
    return speaker.say("semicolon").join((instead, barred))


def _quoted_value(speaker: Speaker, subject: str, value: str) -> str:
    return speaker.say("quoted", text=speaker.subject_value(subject, value))


def _has_instead(speaker: Speaker, standing: ConditionStanding, value: str) -> str:
    """What the case has, and what it would take."""
    if standing.number is not None and standing.distance:
        fact = speaker.rulebook.vocabulary.fact_of[standing.subject]
        name, held = speaker.fact(fact.fact), speaker.value(fact.fact, standing.number)
        takes = _needed(speaker, standing, fact)
    else:
        name, held = speaker.subject(standing.subject), speaker.subject_value(standing.subject, value)
        takes = speaker.say("takes", value=speaker.values(standing.subject, standing.named))
    has = speaker.pair(name, _held(speaker, standing, held))
    return speaker.say("within", value=has, bounds=_or_another(speaker, standing, takes))


def _held(speaker: Speaker, standing: ConditionStanding, value: str) -> str:
    return speaker.say("as_assumed", value=value) if standing.assumed else value


def _needed(speaker: Speaker, standing: ConditionStanding, fact: Fact) -> str:
    """The bound of the nearest piece that the condition accepts."""
    held, distance = standing.number or Decimal(0), standing.distance or Decimal(0)
    band = speaker.rulebook.vocabulary.bands[standing.subject]
    pieces = [band.interval(name) for name in standing.named]
    if any(piece.low == held + distance for piece in pieces):
        start = bound_at(held + distance)
        return speaker.say("takes_more" if start.above else "takes_or_more", bound=number(start.number))
    if fact.kind == "whole_number":
        return speaker.say("takes_or_fewer", bound=number(held - distance))
    end = bound_at(max(piece.high for piece in pieces if piece.high is not None and piece.high <= held))
    return speaker.say("takes_or_less" if end.above else "takes_less", bound=number(end.number))
