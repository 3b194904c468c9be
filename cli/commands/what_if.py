"""`whytune what-if`: what changes if some facts were otherwise, and nothing that stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from whytune.engine.advice.explanations import WhatIf
from whytune.engine.advice.explanations import what_if as compare
from whytune.engine.advice.explanations.what_if import Shift
from whytune.engine.language.case import FactState
from whytune.engine.words.speaker import Speaker

from ..layout import heading, table
from ..options import asked_about, changed, question_options, show_lines


@click.command()
@question_options
def what_if(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: date | None,
    language: str | None,
    decision: str | None,
    format_: str,
) -> None:
    """Compare the advice for CASE with that for CASE and --set: what changes, and nothing else.

    \b
    Example:
      whytune what-if rules/guide/cases/clinic_terms_100_examples.yaml --set examples=20000
    """
    if not settings:
        raise click.UsageError("say what would be otherwise: --set FACT=VALUE")
    asked = asked_about(case, (), rulebook, as_of, language, decision)
    after = changed(asked.advisor.rulebook, asked.case.given, settings)
    answer = compare(asked.advisor, asked.facts, after)
    show_lines(format_, answer.to_dict, _lines(answer, asked.speaker))


def _lines(answer: WhatIf, speaker: Speaker) -> Iterator[str]:
    if not any(answer):
        yield speaker.say("unchanged")
    for shift in answer.decisions:
        pairs = (
            (speaker.outcome(shift.decision, each.outcome), speaker.say(f"status_{each.status}"))
            for each in (shift.before, shift.after)
        )
        before, after = (speaker.say("within", value=value, bounds=status) for value, status in pairs)
        if shift.changes:
            yield click.style(speaker.pair(speaker.say("advice"), _moved(speaker, before, after)), bold=True)
    rows = [
        (speaker.fact(name), _moved(speaker, _fact(speaker, name, before), _fact(speaker, name, after)))
        for name, before, after in answer.facts
    ]
    yield from _section(speaker, "changed_facts", rows)
    for shift in answer.decisions:
        options = [(speaker.option(shift.decision, each.name), _states(speaker, each)) for each in shift.options]
        yield from _section(speaker, "changed_options", options)
    yield from _section(
        speaker, "changed_rules", [(speaker.rule(each.name), _states(speaker, each)) for each in answer.rules]
    )


def _section(speaker: Speaker, title: str, rows: list[tuple[str, str]]) -> Iterator[str]:
    if rows:
        yield heading(speaker.say(title))
        yield from table(rows)


def _states(speaker: Speaker, shift: Shift) -> str:
    return _moved(speaker, *(speaker.say(f"state_{state}") for state in (shift.before, shift.after)))


def _moved(speaker: Speaker, before: str, after: str) -> str:
    return speaker.say("before_after", before=before, after=after)


def _fact(speaker: Speaker, name: str, state: FactState) -> str:
    if state.value is None:
        return speaker.say(state.state)
    said = speaker.value(name, state.value)
    return speaker.say("assumed_mark", value=said) if state.state == "assumed" else said
