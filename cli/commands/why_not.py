"""`whytune why-not`: how every rule for and against an option stands, and all that separates the advice from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from whytune.engine.advice.explanations import WhyNot, flips
from whytune.engine.advice.explanations import why_not as explain
from whytune.engine.advice.standing import RuleStanding
from whytune.engine.words.speaker import Speaker

from .. import prose
from ..layout import heading, wrap
from ..options import Asked, asked_about, check_option, question_options, show_lines


@click.command()
@question_options
@click.argument("option")
def why_not(option: str, format_: str, **about: Any) -> None:
    """Say why OPTION is not the advice.

    \b
    Examples:
      whytune why-not rules/guide/cases/clinic_terms_100_examples.yaml full
      whytune why-not case.yaml rag --language zh
    """
    asked = asked_about(**about)
    check_option(asked, option)
    answer = explain(asked.advisor, asked.facts, asked.decision, option)
    show_lines(format_, answer.to_dict, asked.answer(_lines(answer, asked)))


def _lines(answer: WhyNot, asked: Asked) -> Iterator[str]:
    speaker = asked.speaker
    label = speaker.option(answer.decision, answer.option)
    if answer.is_advised:
        yield speaker.say("is_advised", option=label)
        return
    if answer.state == "stands" and answer.advice:
        said = speaker.say("rival_yields", option=label, to=speaker.option(answer.decision, answer.advice))
    else:
        said = speaker.say("not_advised", option=label, state=speaker.say(f"state_{answer.state}"))
    yield click.style(said, bold=True)
    for title, none, rules in (
        ("rules_for", "no_rules_for", answer.rules_for),
        ("rules_against", "no_rules_against", answer.rules_against),
    ):
        yield heading(speaker.say(title))
        if not rules:
            yield wrap(speaker.say(none), 2)
        for rule in rules:
            yield from _rule(rule, speaker)
    found = flips(asked.advisor, asked.facts, answer.decision, answer.option).flips
    yield ""
    if found:
        key = "difference" if len(found) == 1 else "difference_of"
        first = prose.flip(speaker, found[0])
        yield wrap(speaker.say(key, changes=first, count=str(len(found))))
    else:
        yield wrap(speaker.say("no_way", option=label))


def _rule(standing: RuleStanding, speaker: Speaker) -> Iterator[str]:
    yield wrap(prose.rule(speaker, standing), 2)
    for condition in standing.failed or standing.open or (standing.conditions if standing.truth is False else ()):
        yield wrap(prose.condition(speaker, condition), 6, "    -")
    yield click.style(wrap(speaker.source(speaker.rulebook.rule[standing.rule].source), 4), dim=True)
