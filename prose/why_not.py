"""Why an option is not the advice, as a document: the rules for and against it, and what separates it from being so."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.advice.explanations import Flips, WhyNot
from whytune.engine.advice.standing import RuleStanding
from whytune.engine.words.speaker import Speaker

from .changes import alike
from .conditions import applies_if, condition, rule
from .document import Block, Gap, Heading, Item, Paragraph, Title
from .states import STATE

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
    yield from _rules(answer.rules_for, "rules_for", "no_rules_for", speaker)
    yield from _rules(answer.rules_against, "rules_against", "no_rules_against", speaker)
    ways = list(alike(speaker, sorted(flips.flips, key=lambda flip: flip.wastes)))
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


def _all_ways(answer: WhyNot, speaker: Speaker) -> str:
    """What lists every smallest change that leads to the option."""
    main = speaker.rulebook.decision_order[-1]
    asked = f" --decision {answer.decision}" if answer.decision != main else ""
    return speaker.say("ways_all", options=f"--to {answer.option}{asked}")


def _rules(rules: tuple[RuleStanding, ...], title: str, none: str, speaker: Speaker) -> Iterator[Block]:
    yield Heading(speaker.say(title))
    if not rules:
        yield Paragraph(speaker.say(none), 1)
    for standing in rules:
        yield Paragraph(rule(speaker, standing), 1)
        obstacles = () if standing.truth else standing.obstacles
        yield from (Item(condition(speaker, part), 2) for part in obstacles)
        yield Paragraph(speaker.sources(speaker.rulebook.rule[standing.rule].sources), 2, "quiet")
