"""`whytune rules`: what the rulebook holds, and where each rule comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

import click

from whytune.engine import Problem, Rulebook, Span, WhytuneError, load
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.language.rulebook import Decision, Note, Policy, Rule
from whytune.engine.language.text import Conditions, Written
from whytune.engine.language.translations import span_of
from whytune.engine.language.vocabulary import Source
from whytune.engine.words.speaker import Speaker

from ..layout import heading, table, wrap
from ..options import as_of_option, language_of, language_option, lines_format_option, rulebook_option, show_lines


@click.command()
@click.argument("id", required=False)
@rulebook_option
@as_of_option(default="all, whatever their days")
@language_option
@lines_format_option
def rules(id: str | None, rulebook: str, as_of: date | None, language: str | None, format_: str) -> None:
    """List the rules, policies and notes of a rulebook; or show the one called ID, with its source.

    \b
    Examples:
      whytune rules
      whytune rules prompt_is_enough --language zh
      whytune rules approach.if_none_stands
      whytune rules --rulebook my-rules --as-of 2026-07-01
    """
    loaded = load(rulebook)
    speaker = Speaker(loaded, language_of(loaded, language))
    known = {*loaded.rule, *_policies_in(loaded), *(note.note for note in loaded.notes)}
    if id is not None and id not in known:
        hint = did_you_mean(id, known) or Sentence("`whytune rules` lists them")
        raise WhytuneError([Problem("unknown-rule", Sentence("unknown rule `{name}`", name=short(id)), None, hint)])
    show_lines(format_, lambda: _data(loaded, id, as_of), _told(loaded, id, as_of, speaker))


def _policies_in(rulebook: Rulebook) -> dict[str, Policy]:
    return {name: policy for decision in rulebook.decisions for name, policy in _policies_of(decision)}


def _told(rulebook: Rulebook, name: str | None, day: date | None, speaker: Speaker) -> Iterator[str]:
    policies = _policies_in(rulebook)
    if name is None:
        yield from _list(rulebook, day, speaker)
    elif name in rulebook.rule:
        yield from _one(rulebook.rule[name], day, speaker)
    elif name in policies:
        yield from _policy(name, policies[name], speaker)
    else:
        yield from _note(next(note for note in rulebook.notes if note.note == name), speaker)


def _data(rulebook: Rulebook, name: str | None, day: date | None) -> object:
    def dump(part: Written, *place: str) -> dict[str, object]:
        span = span_of(rulebook, place) or Span(rulebook.name)
        return {
            **part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True),
            "place": span.to_dict(),
        }

    if name and name in rulebook.rule:
        rule = rulebook.rule[name]
        return {**dump(rule, "rule", name), **({"holds": rule.holds_on(day)} if day else {})}
    if name and (policy := _policies_in(rulebook).get(name)):
        return {"policy": name, **dump(policy, "decision", *name.rsplit(".", 1))}
    for note in rulebook.notes:
        if name == note.note:
            return dump(note, "note", note.note)
    return {
        **({"as_of": str(day)} if day else {}),
        "rulebook": {"name": rulebook.name, "version": rulebook.version, "digest": rulebook.digest},
        "decisions": [dump(decision, "decision", decision.decision) for decision in rulebook.decisions],
        "rules": [dump(rule, "rule", rule.id) for rule in rulebook.as_of(day).rules],
        "notes": [dump(note, "note", note.note) for note in rulebook.notes],
    }


def _list(rulebook: Rulebook, day: date | None, speaker: Speaker) -> Iterator[str]:
    identity = f"{rulebook.name} {rulebook.version}, SHA-256 {rulebook.digest}"
    yield click.style(speaker.text(rulebook.title), bold=True)
    yield wrap(speaker.say("semicolon").join([identity, *([speaker.say("rules_on", day=str(day))] if day else [])]))
    ordered = sorted(rulebook.as_of(day).rules, key=lambda rule: rule.section or "")
    for section, found in groupby(ordered, key=lambda rule: rule.section):
        yield heading(speaker.pair(speaker.say("section"), section) if section else speaker.say("rules"))
        yield from table([(rule.id, speaker.text(rule.title)) for rule in found])
    if day and (left := [rule for rule in rulebook.rules if not rule.holds_on(day)]):
        yield heading(speaker.say("holds_not", day=str(day)))
        yield from table([(rule.id, speaker.text(rule.title)) for rule in left])
    yield heading(speaker.say("policies"))
    yield from table([row for decision in rulebook.decisions for row in _policies(decision, speaker)])
    if rulebook.notes:
        yield heading(speaker.say("notes"))
    for note in rulebook.notes:
        yield click.style(wrap(f"{note.note}: {speaker.text(note.title)}", 2), bold=True)
        yield wrap(speaker.text(note.text), 4)


def _policies(decision: Decision, speaker: Speaker) -> Iterable[tuple[str, str]]:
    for name, policy in _policies_of(decision):
        yield name, " — ".join(filter(None, (_choice(name, policy, speaker), speaker.text(policy.because))))


def _policies_of(decision: Decision) -> tuple[tuple[str, Policy], ...]:
    """The policies of a decision by their names."""
    return (
        (f"{decision.decision}.if_none_stands", decision.if_none_stands),
        (f"{decision.decision}.if_several_stand", decision.if_several_stand),
    )


def _choice(name: str, policy: Policy, speaker: Speaker) -> str:
    named = (policy.advise,) if policy.advise else policy.prefer
    return " > ".join(speaker.option(name.partition(".")[0], option) for option in named)


def _policy(name: str, policy: Policy, speaker: Speaker) -> Iterator[str]:
    yield click.style(f"{name}: {_choice(name, policy, speaker)}", bold=True)
    rows = [(speaker.say("because"), speaker.text(policy.because)), *_source(policy.source, speaker)]
    place = span_of(speaker.rulebook, ("decision", *name.rsplit(".", 1)))
    rows.append((speaker.say("place"), str(place or "")))
    yield from table([row for row in rows if row[1]])


def _note(note: Note, speaker: Speaker) -> Iterator[str]:
    yield click.style(wrap(f"{note.note}: {speaker.text(note.title)}"), bold=True)
    yield wrap(speaker.text(note.text), 2)
    rows = [*_source(note.source, speaker), (speaker.say("place"), str(speaker.rulebook.places["note", note.note]))]
    yield from table([row for row in rows if row[1]])


def _source(source: Source | None, speaker: Speaker) -> Iterator[tuple[str, str]]:
    if source:
        yield speaker.say("source"), speaker.source(source)
        yield "", speaker.say("quoted", text=source.quote) if source.quote else ""


def _one(rule: Rule, day: date | None, speaker: Speaker) -> Iterator[str]:
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
    if day:
        rows.append(("", speaker.say("holds" if rule.holds_on(day) else "holds_not", day=str(day))))
    rows.extend(_source(rule.source, speaker))
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
