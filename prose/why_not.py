"""Why an option is not the advice, as a document: the rules for and against it, and what separates it from being so."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from whytune.engine.advice.explanations import Flips, WhyNot
from whytune.engine.advice.explanations.flips import EASE, Flip
from whytune.engine.advice.standing import ConditionStanding, RuleStanding
from whytune.engine.words.speaker import Speaker

from .changes import alike
from .conditions import applies_if, condition, rule
from .document import Block, Gap, Heading, Item, Paragraph, Title
from .states import STATE
from .why import unspoken_for

MOST_WAYS = 3
"""The most smallest changes that are all told; of more, one."""


def why_not(answer: WhyNot, flips: Flips, speaker: Speaker) -> Iterator[Block]:
    """The state of every rule for and against the option; `flips` are those that lead to it."""
    label = speaker.option(answer.decision, answer.option)
    if answer.is_advised:
        yield Paragraph(speaker.say("is_advised", option=label))
        return
    if not answer.applies:
        yield Title(speaker.pair(speaker.subject(answer.decision), speaker.say("not_applicable")))
        yield Paragraph(applies_if(answer.decision, speaker))
    elif answer.state == "stands" and answer.advice:
        yield Title(speaker.say("rival_yields", option=label, to=speaker.option(answer.decision, answer.advice)))
    else:
        yield Title(speaker.say("not_advised", option=label, state=speaker.say(STATE[answer.state])))
    if answer.missing:
        missing = speaker.options(answer.decision, answer.missing)
        yield Paragraph(speaker.say("rival_incomplete", option=label, missing=missing))
    seen: set[ConditionStanding] = set()
    yield from _rules_for(answer, seen, speaker)
    none = "barred_below" if any(map(_is_barred_below, answer.rules_for)) else "no_rules_against"
    yield from _rules(answer.rules_against, speaker.say("rules_against"), speaker.say(none), seen, speaker)
    ways = list(alike(speaker, sorted(flips.flips, key=partial(_reluctance, speaker))))
    if not ways:
        yield Gap()
        yield Paragraph(speaker.say("no_way", option=label))
        return
    yield Gap()
    sentences = [way.sentence(speaker) for way in ways]
    if 1 < len(sentences) <= MOST_WAYS:
        yield Paragraph(speaker.say("difference_each"))
        yield from map(Item, sentences)
        return
    key = "difference" if len(sentences) == 1 else "difference_of"
    to_type = _all_ways(answer, speaker) if len(sentences) > 1 else ""
    yield Paragraph(speaker.say(key, changes=sentences[0], count=str(len(sentences))), to_type=to_type)


def _is_barred_below(standing: RuleStanding) -> bool:
    """Whether what it builds on is ruled out in another decision, as its obstacles say."""
    return not standing.truth and any(part.barred_by for part in standing.obstacles)


def _reluctance(speaker: Speaker, flip: Flip) -> tuple[object, ...]:
    """What puts a flip behind others: that it wastes effort, how hard it is, then the order of the questions."""
    places = speaker.rulebook.vocabulary.places
    return flip.wastes, EASE.index(flip.changeable), sorted(places[fact] for fact in flip.facts)


def _all_ways(answer: WhyNot, speaker: Speaker) -> str:
    """What lists every smallest change that leads to the option."""
    main = speaker.rulebook.decision_order[-1]
    asked = f" --decision {answer.decision}" if answer.decision != main else ""
    return speaker.say("ways_all", options=f"--to {answer.option}{asked}")


def _rules_for(answer: WhyNot, seen: set[ConditionStanding], speaker: Speaker) -> Iterator[Block]:
    """The rules that can propose the option; of a combination, those for each of its parts apart."""
    decided, none = speaker.rulebook.decision[answer.decision], speaker.say("no_rules_for")
    if decided.if_none_stands.advise == answer.option:
        none = unspoken_for(answer.decision, answer.option, speaker)
    parts = decided.option(answer.option).combines
    if not parts:
        yield from _rules(answer.rules_for, speaker.say("rules_for"), none, seen, speaker)
    for part, forms in zip(parts, decided.combining.get(answer.option, ()), strict=True):
        title = speaker.say("rules_for_part", option=speaker.option(answer.decision, part))
        speaking = {rule for form in forms for rule in speaker.rulebook.bearing[answer.decision, form]}
        yield from _rules(tuple(rule for rule in answer.rules_for if rule.rule in speaking), title, none, seen, speaker)


def _rules(
    rules: tuple[RuleStanding, ...], title: str, none: str, seen: set[ConditionStanding], speaker: Speaker
) -> Iterator[Block]:
    """Each rule with what keeps it out of force; of a condition `seen` above, not again what lies behind it."""
    yield Heading(title)
    if not rules:
        yield Paragraph(none, 1)
    for standing in rules:
        yield Paragraph(rule(speaker, standing), 1)
        for part in () if standing.truth else standing.obstacles:
            yield Item(condition(speaker, part._replace(nearest=None) if part in seen else part), 2)
            seen.add(part)
        yield Paragraph(speaker.sources(speaker.rulebook.rule[standing.rule].sources), 2, "quiet")
