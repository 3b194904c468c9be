"""A recommendation in prose: the advice, why, what was ruled out, what it rests on, and the trace."""

from __future__ import annotations

from collections.abc import Iterator

import click

from whytune.engine import Recommendation
from whytune.engine.advice.recommendation import DecisionOutcome, Firing
from whytune.engine.language.vocabulary import Source
from whytune.engine.words.phrases import shown_digest
from whytune.engine.words.speaker import Speaker

from . import prose
from .layout import heading, table, wrap


def lines(recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    """The recommendation in prose: the advice, why, what was ruled out, what it rests on, and the trace."""
    for name, decision in recommendation.decisions.items():
        if len(recommendation.decisions) > 1:
            yield heading(speaker.subject(name))
        yield from _answer(name, decision, recommendation, speaker)
    yield from _facts(recommendation, speaker)
    yield heading(speaker.say("trace"))
    margin = len(str(len(recommendation.trace))) + 4
    for firing in recommendation.trace:
        yield from step(firing, recommendation, speaker, margin)
    rulebook = recommendation.rulebook
    identity = f"{rulebook.name} {rulebook.version}, SHA-256 {shown_digest(rulebook.digest)}"
    dated = speaker.say("rules_on", day=str(recommendation.as_of)) if recommendation.as_of else ""
    yield "\n" + click.style(
        speaker.pair(speaker.say("rulebook"), speaker.say("semicolon").join(filter(None, (identity, dated)))), dim=True
    )


def _answer(name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    advice = speaker.outcome(name, decision.outcome)
    status = decision.status
    if status == "settled" and all(
        recommendation.facts[fact.fact].state in ("given", "not_applicable")
        for fact in speaker.rulebook.vocabulary.facts
        if not fact.used_for
    ):
        status_said = speaker.say("settled_full")
    else:
        status_said = speaker.say(status)
    colour = {"settled": "green", "provisional": "yellow", "open": "cyan"}[status]
    yield click.style(speaker.pair(speaker.say("advice"), advice), bold=True, fg=colour)
    yield speaker.pair(speaker.say("status"), status_said)
    yield from _reasons(name, decision, recommendation, speaker)
    yield from _ruled_out(name, decision, recommendation, speaker)
    yield from _outlook(name, decision, speaker)


def _reasons(name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    fired = recommendation.deciding(name)
    if fired:
        yield heading(speaker.say("why"))
    for firing in fired:
        yield wrap(prose.reason(speaker, speaker.text(firing.text), firing, recommendation), 4, "  -")
        yield from _source(firing, speaker, 4)


def _ruled_out(name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    """Options that were proposed and are ruled out, or whose kinds were, each with the rules against it."""
    rulebook = speaker.rulebook
    out = decision.overruled
    if not out:
        return
    yield heading(speaker.say("ruled_out_by"))
    for option, outcome in out.items():
        titles = speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in outcome.speaks_for)
        yield wrap(speaker.say("proposed_and_out", label=speaker.option(name, option), rules=titles), 2)
        for rule in outcome.speaks_against:
            yield wrap(prose.reason_of_rule(speaker, rule, recommendation), 4, "  -")
            yield _cited(rule, rulebook.rule[rule].source, speaker, 4)


def _outlook(name: str, decision: DecisionOutcome, speaker: Speaker) -> Iterator[str]:
    if decision.status == "open":
        yield heading(speaker.say("possible"))
        yield wrap(speaker.options(name, decision.possible_as_assumed), 2)
    others = [outcome for outcome in decision.possible if outcome not in decision.possible_as_assumed]
    if others:
        yield heading(speaker.say("also_possible"))
        yield wrap(speaker.options(name, others), 2)
    if decision.next_question:
        yield heading(speaker.say("next"))
        yield wrap(f"{speaker.question(decision.next_question)}  (--set {decision.next_question}=…)", 2)


def _facts(recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    matter = {fact for decision in recommendation.decisions.values() for fact in decision.rests_on}
    sections = (("given", "facts", None), ("assumed", "assumed_here", matter), ("unknown", "unknown_here", None))
    for state, title, only in sections:
        rows = [
            (speaker.fact(name), speaker.value(name, fact.value) if fact.value is not None else speaker.question(name))
            for name, fact in recommendation.facts.items()
            if fact.state == state and (only is None or name in only)
            if state == "given" or not speaker.rulebook.vocabulary.by_name[name].used_for
        ]
        if rows:
            yield heading(speaker.say(title))
            yield from table(rows)


def step(firing: Firing, recommendation: Recommendation, speaker: Speaker, margin: int) -> Iterator[str]:
    """One step of the trace, numbered, with its reason and source if it is a rule in force."""
    number = f"{firing.number}.".rjust(margin - 1)
    used = prose.rests_on(speaker, firing.used, recommendation.facts)
    if firing.kind != "rule" or firing.state != "in_force":
        yield wrap(speaker.text(firing.text) + (f"  [{used}]" if used else ""), margin, number)
        return
    yield wrap(speaker.say("in_force", title=speaker.text(firing.title)) + f"  [{used}]", margin, number)
    yield wrap(speaker.text(firing.text), margin)
    yield from _source(firing, speaker, margin)


def _source(firing: Firing, speaker: Speaker, indent: int) -> Iterator[str]:
    if firing.source is not None:
        yield _cited(firing.name if firing.kind == "rule" else firing.policy, firing.source, speaker, indent)


def _cited(rule: str | None, source: Source, speaker: Speaker, indent: int) -> str:
    """The rule or policy by its id, and where it comes from."""
    by = speaker.say("by_rule", rule=rule) if rule else ""
    said = speaker.pair(speaker.say("source"), speaker.source(source))
    return click.style(wrap(speaker.say("semicolon").join(filter(None, (by, said))), indent), dim=True)
