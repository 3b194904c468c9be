"""A comparison with what would be otherwise, as a document: what changes, and nothing that stays."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.advice.explanations import WhatIf
from whytune.engine.advice.explanations.what_if import DecisionShift, Shift
from whytune.engine.language.case import FactState
from whytune.engine.words.speaker import Speaker

from .document import Block, Heading, Paragraph, Rows, Title
from .states import STATE, STATUS


def what_if(answer: WhatIf, speaker: Speaker) -> Iterator[Block]:
    """The advice, the facts, the options and the rules that change."""
    if not any(answer):
        yield Paragraph(speaker.say("unchanged"))
    for shift in answer.decisions:
        if shift.changes:
            yield Title(speaker.pair(speaker.say("advice"), _advice(shift, speaker)))
    facts = [
        (speaker.fact(name), _moved(speaker, _fact(speaker, name, before), _fact(speaker, name, after)))
        for name, before, after in answer.facts
    ]
    yield from _section(speaker.say("changed_facts"), facts)
    for shift in answer.decisions:
        options = [(speaker.option(shift.decision, option.name), _states(speaker, option)) for option in shift.options]
        yield from _section(speaker.say("changed_options"), options)
    rules = [(speaker.rule(rule.name), _states(speaker, rule)) for rule in answer.rules]
    yield from _section(speaker.say("changed_rules"), rules)


def _advice(shift: DecisionShift, speaker: Speaker) -> str:
    before, after = (
        speaker.say(
            "within",
            value=speaker.outcome(shift.decision, decision.outcome),
            bounds=speaker.say(STATUS[decision.status]),
        )
        for decision in (shift.before, shift.after)
    )
    return _moved(speaker, before, after)


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[Block]:
    if rows:
        yield Heading(title)
        yield Rows(tuple(rows))


def _states(speaker: Speaker, shift: Shift) -> str:
    return _moved(speaker, *(speaker.say(STATE[state]) for state in (shift.before, shift.after)))


def _moved(speaker: Speaker, before: str, after: str) -> str:
    return speaker.say("before_after", before=before, after=after)


def _fact(speaker: Speaker, name: str, state: FactState) -> str:
    if state.value is None:
        return speaker.say("unknown" if state.state == "unknown" else "not_applicable")
    value = speaker.value(name, state.value)
    return speaker.say("assumed_mark", value=value) if state.state == "assumed" else value
