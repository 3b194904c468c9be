"""`whytune rules`: what the rulebook holds, and where each rule comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from whytune.engine import Problem, Rulebook, WhytuneError, load
from whytune.engine.problems import did_you_mean, short
from whytune.engine.rulebook import Decision, Policy, Rule
from whytune.engine.speaker import Speaker
from whytune.engine.text import Conditions, Written

from .layout import heading, table, wrap
from .options import format_option, language_of, language_option, rulebook_option, show


@click.command()
@click.argument("id", required=False)
@rulebook_option
@language_option
@format_option
def rules(id: str | None, rulebook: str, language: str | None, format_: str) -> None:
    """List the rules, policies and notes of a rulebook; or show the rule called ID, with its source.

    \b
    Examples:
      whytune rules
      whytune rules prompt_is_enough --language zh
    """
    loaded = load(rulebook)
    speaker = Speaker(loaded, language_of(loaded, language))
    if id is not None and id not in loaded.rule:
        hint = did_you_mean(id, loaded.rule) or "`whytune rules` lists them"
        raise WhytuneError([Problem("unknown-rule", f"unknown rule `{short(id)}`", None, hint)])
    show(format_, lambda: _data(loaded, id), _one(loaded.rule[id], speaker) if id else _list(loaded, speaker))


def _data(rulebook: Rulebook, name: str | None) -> object:
    def dump(part: Written, *place: str) -> dict[str, object]:
        return {
            **part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True),
            "place": rulebook.places[place].to_dict(),
        }

    if name:
        return dump(rulebook.rule[name], "rule", name)
    return {
        "rulebook": {"name": rulebook.name, "version": rulebook.version, "digest": rulebook.digest},
        "decisions": [dump(decision, "decision", decision.decision) for decision in rulebook.decisions],
        "rules": [dump(rule, "rule", rule.id) for rule in rulebook.rules],
        "notes": [dump(note, "note", note.note) for note in rulebook.notes],
    }


def _list(rulebook: Rulebook, speaker: Speaker) -> Iterator[str]:
    identity = f"{rulebook.name} {rulebook.version}, SHA-256 {rulebook.digest}"
    yield click.style(speaker.text(rulebook.title), bold=True)
    yield wrap(identity)
    ordered = sorted(rulebook.rules, key=lambda rule: rule.section or "")
    for section, found in groupby(ordered, key=lambda rule: rule.section):
        yield heading(speaker.pair(speaker.say("section"), section) if section else speaker.say("rules"))
        yield from table([(rule.id, speaker.text(rule.title)) for rule in found])
    yield heading(speaker.say("policies"))
    yield from table([row for decision in rulebook.decisions for row in _policies(decision, speaker)])
    if rulebook.notes:
        yield heading(speaker.say("notes"))
    for note in rulebook.notes:
        yield click.style(wrap(speaker.text(note.title), 2), bold=True)
        yield wrap(speaker.text(note.text), 4)


def _policies(decision: Decision, speaker: Speaker) -> Iterable[tuple[str, str]]:
    for key in ("if_none_stands", "if_several_stand"):
        policy: Policy = getattr(decision, key)
        named = (policy.advise,) if policy.advise else policy.prefer
        choice = " > ".join(speaker.option(decision.decision, name) for name in named)
        yield f"{decision.decision}.{key}", " — ".join(filter(None, (choice, speaker.text(policy.because))))


def _one(rule: Rule, speaker: Speaker) -> Iterator[str]:
    yield click.style(f"{rule.id}: {speaker.text(rule.title)}", bold=True)
    rows = [
        *_premise(rule, speaker),
        *_effects(rule, speaker),
        (speaker.say("because"), speaker.text(rule.because)),
        (speaker.say("example"), speaker.text(rule.example)),
        (speaker.say("section"), rule.section or ""),
        (speaker.say("owner"), rule.owner or ""),
    ]
    if rule.valid:
        rows.append((speaker.say("valid"), f"{rule.valid.first or '…'} – {rule.valid.last or '…'}"))
    rows.append((speaker.say("source"), speaker.source(rule.source)))
    rows.append(("", speaker.say("quoted", text=rule.source.quote) if rule.source.quote else ""))
    rows.append((speaker.say("place"), str(speaker.rulebook.places["rule", rule.id])))
    yield from table([row for row in rows if row[1]])


def _premise(rule: Rule, speaker: Speaker) -> Iterator[tuple[str, str]]:
    def said(conditions: Conditions) -> str:
        return speaker.say("semicolon").join(speaker.condition(name, named) for name, named in conditions.items())

    yield speaker.say("if"), said(rule.all_of)
    for alternative in rule.any_of:
        yield speaker.say("any_of"), said(alternative)
    yield speaker.say("except_if"), said(rule.except_if)


def _effects(rule: Rule, speaker: Speaker) -> Iterator[tuple[str, str]]:
    if rule.conclude:
        yield speaker.say("conclude"), speaker.subject(rule.conclude)
    for key, effects in (("propose", rule.propose), ("rule_out", rule.rule_out)):
        for decision, named in effects.items():
            yield speaker.say(key), speaker.options(decision, named)
