"""What a rulebook holds, told: its facts, rules, policies, notes and cases, in a list or one by one; and the checks."""

from __future__ import annotations

from datetime import date
from functools import partial
from types import ModuleType
from typing import Any

from whytune.engine import Problem, Recommendation, Rulebook, Span, WhytuneError
from whytune.engine.language.problems import Sentence, did_you_mean, short
from whytune.engine.language.rulebook import RuleTable
from whytune.engine.language.text import Written
from whytune.engine.language.translations import span_of
from whytune.engine.review.casebook import CheckedCase, case_called, every_case_of, using
from whytune.engine.review.checks import CHECKS, WAIVABLE, code_of, pages
from whytune.engine.words.speaker import Speaker
from whytune.prose import codebook as prompts
from whytune.prose import findings, rule_table, told_case
from whytune.prose import rulebook as prose
from whytune.prose.document import Document, Listed, document
from whytune.prose.levels import Level

from .shown import Described


def facts(name: str | None, speaker: Speaker) -> Described:
    """The facts that a case may give, in the order of the questions, or the one of which this names all or a part.

    Raises WhytuneError.
    """
    vocabulary = speaker.rulebook.vocabulary
    known = {fact.fact: fact for fact in vocabulary.declared}
    name = vocabulary.list_of[name].fact if name and name in vocabulary.list_of else name
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or Sentence("`whytune facts` lists them")
        raise WhytuneError([Problem("unknown-fact", Sentence("unknown fact `{name}`", name=short(name)), None, hint)])
    shown = [known[name]] if name else list(known.values())
    data = [fact.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True) for fact in shown]

    def document(level: Level) -> Document:
        return prose.fact(shown[0], speaker) if name else prose.facts(shown, speaker)

    return Described(lambda: data[0] if name else data, document)


def decisions(name: str | None, speaker: Speaker) -> Described:
    """The decisions with their options, the main one last, or the one of this name; raises WhytuneError."""
    rulebook = speaker.rulebook
    shown = [rulebook.decision[one] for one in ([name] if name is not None else rulebook.decision_order)]
    data = [_dump(rulebook, decision, "decision", decision.decision) for decision in shown]
    return Described(lambda: data[0] if name else data, lambda level: prose.decisions(shown, speaker))


def codebook(speaker: Speaker, rulebook: str, description: str | None = None) -> Described:
    """Instructions for turning a description into facts, with the description if given; as data, the facts."""
    return Described(facts(None, speaker).data, lambda level: prompts.codebook(speaker, rulebook, description))


def rules(
    name: str | None, day: date | None, speaker: Speaker, answer: Recommendation | None = None, text: str | None = None
) -> Described:
    """The rules that hold on a day, or all of them, with policies and notes; or the rule or table of this name.

    With a `text`, those in whose words it stands. A table shows which of its rows are in force on the case of `answer`.
    Raises WhytuneError.
    """
    rulebook = speaker.rulebook
    tables = {table.table: table for table in rulebook.tables}
    known = {*rulebook.rule, *tables, *prose.policies(rulebook), *(note.note for note in rulebook.notes)}
    if name is not None and name not in known:
        hint = did_you_mean(name, known) or Sentence("`whytune rules` lists them")
        raise WhytuneError([Problem("unknown-rule", Sentence("unknown rule `{name}`", name=short(name)), None, hint)])
    if name in tables:
        grid = rule_table.table(tables[name], answer, speaker)
        return Described(partial(_grid, tables[name], rulebook, answer), lambda level: grid)
    if name is None and text is not None:
        matching = prose.matching(text, day, speaker)
        return Described(
            lambda: {"text": text, "rules": [_dump(rulebook, rule, "rule", rule.id) for rule in matching]},
            lambda level: prose.searched(text, matching, speaker),
        )
    return Described(partial(_data, rulebook, name, day), lambda level: _told(rulebook, name, day, speaker))


def _grid(table: RuleTable, rulebook: Rulebook, answer: Recommendation | None) -> Any:
    written = table.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    states = rule_table.states_on(answer) if answer else {}
    shown = {name: states.get(name, "open") for name in table.rules}
    place = span_of(rulebook, ("table", table.table)) or Span(rulebook.name)
    return {**written, "rules": list(table.rules), **({"states": shown} if answer else {}), "place": place.to_dict()}


def _told(rulebook: Rulebook, name: str | None, day: date | None, speaker: Speaker) -> Document:
    policies = prose.policies(rulebook)
    if name is None:
        return prose.rules(day, speaker)
    if name in rulebook.rule:
        return prose.rule(rulebook.rule[name], day, speaker)
    if name in policies:
        return prose.policy(name, policies[name], speaker)
    return prose.note(next(note for note in rulebook.notes if note.note == name), speaker)


def _dump(rulebook: Rulebook, part: Written, *place: str) -> dict[str, object]:
    span = span_of(rulebook, place) or Span(rulebook.name)
    written = part.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return {**written, "place": span.to_dict()}


def _data(rulebook: Rulebook, name: str | None, day: date | None) -> Any:
    dump = partial(_dump, rulebook)
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


def known_rule(name: str, rulebook: Rulebook) -> str:
    """The id of a rule; raises WhytuneError: unknown-rule."""
    if name not in rulebook.rule:
        hint = did_you_mean(name, rulebook.rule) or Sentence("`whytune rules` lists them")
        raise WhytuneError([Problem("unknown-rule", Sentence("unknown rule `{name}`", name=short(name)), None, hint)])
    return name


def cases(name: str | None, place: str, speaker: Speaker, rule: str | None = None, today: date = date.max) -> Described:
    """The cases beside a rulebook, by name and title, or the content of the one of this name.

    With a `rule`, those in which it is in force, on this day unless they have one of their own. Raises WhytuneError.
    """
    if name is not None and rule is None and (called := case_called(name, place, speaker.rulebook)):
        return _case(called, speaker, place)
    every = every_case_of(place, speaker.rulebook)
    if rule is not None:
        every = using(speaker.rulebook, every, today, known_rule(rule, speaker.rulebook))
    known = {case.written.name: case for case in every}
    if name is not None and name in known:
        return _case(known[name], speaker, place)
    if name is not None:
        hint = did_you_mean(name, known) or Sentence("`whytune test` runs them all")
        raise WhytuneError([Problem("no-cases", Sentence("unknown case `{name}`", name=short(name)), None, hint)])
    title = speaker.say("cases_title", name=speaker.rulebook.name)
    entries = [Listed(case.written.name, (case.title,), level=0, tone="strong") for case in known.values()]
    titles = [{"name": case.written.name, "title": case.title} for case in known.values()]
    return Described(lambda: titles, lambda level: document(title, speaker.language, entries))


def _case(checked: CheckedCase, speaker: Speaker, place: str) -> Described:
    says = {"case": checked.title, **checked.written.says}
    return Described(lambda: says, lambda level: told_case.case(checked, speaker, place))


def checks(code: str | None, language: str) -> Described:
    """The checks of a rulebook, or the page of the check with this code; raises WhytuneError: unknown-check."""
    known = {code_of(check): check for check in CHECKS}
    if code is None:
        every = known.values()
        return Described(lambda: [_check(check) for check in every], lambda level: findings.checks(language))
    if code not in known:
        hint = did_you_mean(code, known) or Sentence("`whytune explain-check` lists them")
        raise WhytuneError([Problem("unknown-check", Sentence("no check `{name}`", name=short(code)), None, hint)])
    asked = known[code]
    return Described(lambda: _check(asked), lambda level: findings.check(asked, language))


def _check(check: ModuleType) -> dict[str, object]:
    code = code_of(check)
    return {"code": code, "severity": check.SEVERITY, "can_be_waived": code in WAIVABLE, "page": pages(check)}
