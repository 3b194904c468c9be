"""`whytune rules`: what the rulebook holds, and where each rule comes from."""

from __future__ import annotations

from datetime import date

import click

from whytune.engine import Problem, Rulebook, Span, WhytuneError, load
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.language.text import Written
from whytune.engine.language.translations import span_of
from whytune.engine.words.speaker import Speaker
from whytune.prose import rulebook as prose
from whytune.prose.document import Document

from ..options import as_of_option, language_of, language_option, rulebook_option
from ..output import Format, format_option, show


@click.command()
@click.argument("id", required=False)
@rulebook_option
@as_of_option(default="all, whatever their days")
@language_option
@format_option
def rules(id: str | None, rulebook: str, as_of: date | None, language: str | None, format_: Format) -> None:
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
    known = {*loaded.rule, *prose.policies(loaded), *(note.note for note in loaded.notes)}
    if id is not None and id not in known:
        hint = did_you_mean(id, known) or Sentence("`whytune rules` lists them")
        raise WhytuneError([Problem("unknown-rule", Sentence("unknown rule `{name}`", name=short(id)), None, hint)])
    show(format_, lambda: _data(loaded, id, as_of), lambda: _told(loaded, id, as_of, speaker))


def _told(rulebook: Rulebook, name: str | None, day: date | None, speaker: Speaker) -> Document:
    policies = prose.policies(rulebook)
    if name is None:
        return prose.rules(day, speaker)
    if name in rulebook.rule:
        return prose.rule(rulebook.rule[name], day, speaker)
    if name in policies:
        return prose.policy(name, policies[name], speaker)
    return prose.note(next(note for note in rulebook.notes if note.note == name), speaker)


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
    if name and (policy := prose.policies(rulebook).get(name)):
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
