"""A comparison with what would be different, as a document: what changes, and that the advice stays if it does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import filterfalse
from typing import Literal

from whytune.engine.advice.explanations import WhatIf
from whytune.engine.advice.explanations.what_if import DecisionShift, Shift
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.language.case import FactState
from whytune.engine.words.speaker import Speaker

from .document import Block, Heading, Paragraph, Rows, Title
from .states import STATE, STATUS


def what_if(answer: WhatIf, speaker: Speaker) -> Iterator[Block]:
    """The advice, the facts, the options and the rules that change."""
    if answer.is_empty:
        yield Paragraph(speaker.say("unchanged"))
        return
    shifts = {shift.decision: _advice(shift, speaker) for shift in answer.decisions if shift.changes}
    for name in speaker.rulebook.decision_order[-1:]:
        main = shifts.pop(name, "") or _stays(name, answer, speaker)
        yield Title(speaker.pair(_named(speaker, "advice", name), main))
    yield from _section(speaker.say("other_decisions"), [(speaker.subject(name), to) for name, to in shifts.items()])
    yield from _section(speaker.say("changed_facts"), list(_facts(answer, speaker)))
    for shift in answer.decisions:
        options = [(speaker.option(shift.decision, option.name), _states(speaker, option)) for option in shift.options]
        yield from _section(_named(speaker, "changed_options", shift.decision), options)
    rules = [(speaker.rule(rule.name), _states(speaker, rule)) for rule in answer.rules]
    yield from _section(speaker.say("changed_rules"), rules)


def _facts(answer: WhatIf, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """Each fact before and after; in one row, those that are said now and were assumed to be just so."""
    confirmed = []
    for name, before, after in answer.facts:
        if before.value == after.value and (before.state, after.state) == ("assumed", "given"):
            confirmed.append(speaker.fact(name))
        else:
            yield speaker.fact(name), _moved(speaker, _fact(speaker, name, before), _fact(speaker, name, after))
    if confirmed:
        yield speaker.say("said_as_assumed"), speaker.listed(confirmed)


def _named(speaker: Speaker, key: Literal["advice", "changed_options"], decision: str) -> str:
    """A heading; if there are several decisions, with the one that it is about."""
    heading = speaker.say(key)
    if len(speaker.rulebook.decisions) == 1:
        return heading
    return speaker.say("within", value=heading, bounds=speaker.subject(decision))


def _stays(decision: str, answer: WhatIf, speaker: Speaker) -> str:
    return speaker.say("stays", advice=_outcome(decision, answer.stays[decision], speaker))


def _advice(shift: DecisionShift, speaker: Speaker) -> str:
    """The outcome before and after; if that is the same, which others become possible, and which no longer are."""
    before, after = (_outcome(shift.decision, outcome, speaker) for outcome in (shift.before, shift.after))
    if before != after:
        return _moved(speaker, before, after)
    return speaker.say("semicolon").join((speaker.say("stays", advice=after), *_possible(shift, speaker)))


def _possible(shift: DecisionShift, speaker: Speaker) -> Iterator[str]:
    before, after = shift.before.possible, shift.after.possible
    gained, lost = ([*filterfalse(these.__contains__, those)] for these, those in ((before, after), (after, before)))
    for key, names in (("now_possible", gained), ("no_longer_possible", lost)):
        if names:
            yield speaker.pair(speaker.say(key), speaker.outcomes(shift.decision, names))


def _outcome(decision: str, outcome: DecisionOutcome, speaker: Speaker) -> str:
    status = speaker.say(STATUS[outcome.status])
    return speaker.outcome(decision, outcome.outcome, status)


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
