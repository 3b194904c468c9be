"""What a rulebook holds -> documents: its facts, and its rules, policies and notes, in a list or one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, groupby, repeat
from typing import get_args

from whytune.engine.language.citations import Source
from whytune.engine.language.folders import file_at
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import Decision, KindName, Note, Policy, Rule, Rulebook
from whytune.engine.language.text import Conditions
from whytune.engine.language.translations import span_of
from whytune.engine.language.vocabulary import YES_NO, Fact
from whytune.engine.words.catalogue import Family, phrase
from whytune.engine.words.speaker import Speaker

from .conditions import quoted_rules
from .document import Block, Document, Heading, Listed, Paragraph, Rows, Title, document


def summary(day: date | None, speaker: Speaker) -> Document:
    """What the rulebook is called, and how much it holds."""
    rulebook, title = speaker.rulebook, speaker.text(speaker.rulebook.title)
    name = " ".join(map(str, filter(None, (rulebook.name, rulebook.version, day))))
    counts = speaker.say("rulebook_holds", name=name, counts=holding(rulebook, speaker.language))
    return document(title, speaker.language, (Title(title), Paragraph(counts)))


def holding(rulebook: Rulebook, language: str) -> str:
    """How many facts, decisions and rules a rulebook has, but for facts that cost estimates alone need."""
    return phrase(
        "rulebook_counts",
        language,
        facts=str(sum(fact.used_for is None for fact in rulebook.vocabulary.declared)),
        decisions=str(len(rulebook.decisions)),
        rules=str(len(rulebook.rules)),
    )


_HELD = Family[KindName]("held")


def held_in(rulebook: Rulebook, files: Iterable[str], speaker: Speaker) -> Iterator[tuple[str, str]]:
    """The name of each file of a rulebook, and beside it how many parts of each kind stand there."""
    files = list(files)
    parts = {(kind, name, file_at(span.source, files)) for (kind, name, *_), span in rulebook.places.items()}
    for file in files:
        counted = Counter(kind for kind, _, stands_in in parts if stands_in == file)
        counts = [
            speaker.pair(speaker.say(_HELD[kind]), str(counted[kind])) for kind in get_args(KindName) if counted[kind]
        ]
        shown = visible(file)
        yield file, speaker.say("within", value=shown, bounds=speaker.listed(counts)) if counts else shown


def facts(listed: Iterable[Fact], speaker: Speaker) -> Document:
    """The facts that a case may give, in the order of the questions; last those that no rule tests."""
    listed = list(listed)
    rest = [fact for fact in listed if fact.used_for]
    blocks: list[Block] = [_entry(fact, speaker) for fact in listed if fact not in rest]
    if rest:
        blocks += [Heading(speaker.say("facts_for_costs")), *(_entry(fact, speaker) for fact in rest)]
    title = speaker.say("facts_title", name=speaker.rulebook.name)
    return document(title, speaker.language, blocks)


def _entry(fact: Fact, speaker: Speaker) -> Listed:
    details = [speaker.text(fact.ask)]
    if fact.values:
        details.append(_labelled(fact, speaker))
    if fact.assume is not None:
        details.append(speaker.pair(speaker.say("assume"), speaker.assumption(fact)))
    if fact.only_if:
        details.append(speaker.say("only_if_met", conditions=premises(fact.only_if, speaker)))
    if fact.sensitive == "yes":
        details.append(speaker.pair(speaker.say("sensitive"), speaker.say("sensitive_said")))
    return Listed(f"{fact.fact}  {speaker.kind(fact)}", tuple(details), level=0, tone="strong")


def fact(shown: Fact, speaker: Speaker) -> Document:
    """Everything that the rulebook says about one fact, and how its numbers or values are cut and grouped."""
    title = f"{shown.fact}: {speaker.text(shown.label)}"
    blocks: list[Block] = [Title(title), _rows(_of_fact(shown, speaker))]
    for band in shown.bands:
        blocks.append(Heading(speaker.subject(band.band)))
        blocks.append(_rows((value, speaker.subject_value(band.band, value)) for value in band.values))
    for group in shown.groups:
        blocks.append(Heading(speaker.text(group.label)))
        blocks.append(_rows((value, speaker.value(shown.fact, value)) for value in group.values))
    return document(title, speaker.language, blocks)


def _of_fact(fact: Fact, speaker: Speaker) -> Iterator[tuple[str, str]]:
    yield speaker.say("question"), speaker.text(fact.ask)
    yield speaker.say("help"), speaker.text(fact.help)
    yield speaker.say("evidence"), speaker.text(fact.evidence)
    yield speaker.say("values"), values(fact, speaker)
    if fact.sensitive == "yes":
        yield speaker.say("sensitive"), speaker.say("sensitive_said")
    if fact.assume is not None:
        yield speaker.say("assume"), speaker.assumption(fact)
    yield speaker.say("only_if"), premises(fact.only_if, speaker) if fact.only_if else ""
    if fact.used_for:
        yield speaker.say("used_for"), speaker.say("used_for_costs")
    yield speaker.say("used_by"), speaker.listed(speaker.rulebook.testing(fact.fact))
    yield speaker.say("place"), str(speaker.rulebook.places["fact", fact.fact])


def _rows(rows: Iterable[tuple[str, str]]) -> Rows:
    """The rows that are not empty."""
    return Rows(tuple(row for row in rows if row[1]))


def values(fact: Fact, speaker: Speaker) -> str:
    """What may be given for a fact: its kind, with its values or its range and unit."""
    kind = speaker.kind(fact)
    if fact.is_number:
        counted = speaker.listed(part for part in (kind, speaker.bounds(fact)) if part)
        return speaker.say("within", value=counted, bounds=speaker.text(fact.unit)) if fact.unit else counted
    return speaker.pair(kind, _labelled(fact, speaker))


def _labelled(fact: Fact, speaker: Speaker) -> str:
    """The values of a fact, each with its label."""
    return speaker.listed(
        speaker.say("within", value=value, bounds=speaker.value(fact.fact, value)) for value in fact.values or YES_NO
    )


def premises(conditions: Conditions, speaker: Speaker) -> str:
    """The conditions under which a fact applies."""
    return speaker.listed(speaker.condition(name, named) for name, named in conditions.items())


def decisions(listed: Iterable[Decision], speaker: Speaker) -> Document:
    """The decisions, each with its question and its options."""
    entries = (
        Listed(decision.decision, (speaker.text(decision.ask), _options(decision, speaker)), level=0, tone="strong")
        for decision in listed
    )
    return document(speaker.say("decisions_title", name=speaker.rulebook.name), speaker.language, entries)


def _options(decision: Decision, speaker: Speaker) -> str:
    return speaker.listed(
        speaker.say("within", value=option.option, bounds=speaker.text(option.label)) for option in decision.options
    )


def policies(rulebook: Rulebook) -> dict[str, Policy]:
    """The policies of all decisions by their names."""
    return {name: policy for decision in rulebook.decisions for name, policy in _policies_of(decision)}


def _policies_of(decision: Decision) -> tuple[tuple[str, Policy], ...]:
    return (
        (f"{decision.decision}.if_none_stands", decision.if_none_stands),
        (f"{decision.decision}.if_several_stand", decision.if_several_stand),
    )


def rules(day: date | None, speaker: Speaker) -> Document:
    """The rules of the day by section, or all; those that do not hold then; the policies; the notes."""
    rulebook = speaker.rulebook
    title = speaker.text(rulebook.title)
    identity = f"{rulebook.name} {rulebook.version}, SHA-256 {rulebook.digest}"
    stated = [identity, *([speaker.say("rules_on", day=str(day))] if day else [])]
    blocks = [Title(title), Paragraph(speaker.say("semicolon").join(stated)), *_sections(day, speaker)]
    blocks += [Heading(speaker.say("policies")), Rows(tuple(_policy_rows(speaker)))]
    if rulebook.notes:
        blocks.append(Heading(speaker.say("notes")))
    for listed in rulebook.notes:
        blocks.append(Paragraph(f"{listed.note}: {speaker.text(listed.title)}", level=1, tone="strong"))
        blocks.append(Paragraph(speaker.text(listed.text), level=2))
    return document(title, speaker.language, blocks)


def matching(text: str, day: date | None, speaker: Speaker) -> list[Rule]:
    """The rules of a day, or all, in whose words this text stands, in letters of either case."""
    rules = speaker.rulebook.as_of(day).rules
    return [shown for shown in rules if text.casefold() in _words(shown, day, speaker).casefold()]


def _words(shown: Rule, day: date | None, speaker: Speaker) -> str:
    rows = (*_premise(shown, speaker), *_effects(shown, speaker), *_grounds(shown, day, speaker))
    return "\n".join((shown.id, speaker.text(shown.title), *chain.from_iterable(rows)))


def searched(text: str, rules: Iterable[Rule], speaker: Speaker) -> Document:
    """The rules that a search for this text found."""
    shown = _titles(rules, speaker)
    title = speaker.say("rules_found", count=str(len(shown.rows)), text=visible(text))
    return document(title, speaker.language, [shown] if shown.rows else [])


def _sections(day: date | None, speaker: Speaker) -> Iterator[Block]:
    rulebook = speaker.rulebook
    ordered = sorted(rulebook.as_of(day).rules, key=lambda rule: rule.section or "")
    for section, together in groupby(ordered, key=lambda rule: rule.section):
        yield Heading(speaker.pair(speaker.say("section"), section) if section else speaker.say("rules"))
        yield _titles(together, speaker)
    if day and (left := [rule for rule in rulebook.rules if not rule.holds_on(day)]):
        yield Heading(speaker.say("holds_not", day=str(day)))
        yield _titles(left, speaker)


def _titles(rules: Iterable[Rule], speaker: Speaker) -> Rows:
    return Rows(tuple((rule.id, speaker.text(rule.title)) for rule in rules))


def _policy_rows(speaker: Speaker) -> Iterator[tuple[str, str]]:
    for decision in speaker.rulebook.decisions:
        if decision.only_if:
            yield f"{decision.decision}.only_if", premises(decision.only_if, speaker)
    for name, shown in policies(speaker.rulebook).items():
        yield name, " — ".join(filter(None, (_choice(name, shown, speaker), speaker.text(shown.because))))


def _choice(name: str, policy: Policy, speaker: Speaker) -> str:
    named = (policy.advise,) if policy.advise else policy.prefer
    return " > ".join(speaker.option(name.partition(".")[0], option) for option in named)


def policy(name: str, shown: Policy, speaker: Speaker) -> Document:
    """What a policy takes, why, and where it comes from."""
    title = f"{name}: {_choice(name, shown, speaker)}"
    place = span_of(speaker.rulebook, ("decision", *name.rsplit(".", 1)))
    rows = [
        (speaker.say("because"), speaker.text(shown.because)),
        *_sources(shown.sources, speaker),
        (speaker.say("place"), str(place or "")),
    ]
    return document(title, speaker.language, [Title(title), _rows(rows)])


def note(shown: Note, speaker: Speaker) -> Document:
    """A note with its source."""
    title = f"{shown.note}: {speaker.text(shown.title)}"
    rows = [*_sources(shown.sources, speaker), (speaker.say("place"), str(speaker.rulebook.places["note", shown.note]))]
    return document(title, speaker.language, [Title(title), Paragraph(speaker.text(shown.text), level=1), _rows(rows)])


def _sources(sources: Iterable[Source], speaker: Speaker) -> Iterator[tuple[str, str]]:
    for source in sources:
        yield speaker.say("source"), speaker.source(source)
        yield "", speaker.quote(source)
        yield "", speaker.original(source)


def rule(shown: Rule, day: date | None, speaker: Speaker) -> Document:
    """Everything that a rule says: when it is in force, what it does, why, for whom, since when, and by which
    source."""
    title = f"{shown.id}: {speaker.text(shown.title)}"
    rows = [*_premise(shown, speaker), *_effects(shown, speaker), *_grounds(shown, day, speaker)]
    return document(title, speaker.language, [Title(title), _rows(rows)])


def _premise(rule: Rule, speaker: Speaker) -> Iterator[tuple[str, str]]:
    def joined(conditions: Conditions) -> str:
        return speaker.say("semicolon").join(speaker.condition(name, named) for name, named in conditions.items())

    yield speaker.say("if"), speaker.say("always") if rule.asks_for_nothing else joined(rule.all_of)
    for group in rule.any_of:
        labels = chain([speaker.say("any_of")], repeat(""))
        yield from zip(labels, map(joined, group), strict=False)
    for exception in rule.except_if:
        yield speaker.say("except_if"), joined(exception)
    yield speaker.say("yields_to"), quoted_rules(speaker, rule.yields_to)


def _effects(rule: Rule, speaker: Speaker) -> Iterator[tuple[str, str]]:
    if rule.conclude:
        yield speaker.say("conclude"), speaker.subject(rule.conclude)
    for key, effects in (("propose", rule.propose), ("rule_out", rule.rule_out), ("caution", rule.caution)):
        for decision, named in effects.items():
            yield speaker.say(key), speaker.options(decision, named)


def _grounds(rule: Rule, day: date | None, speaker: Speaker) -> Iterator[tuple[str, str]]:
    yield speaker.say("because"), speaker.text(rule.because)
    yield speaker.say("example"), speaker.text(rule.example)
    yield speaker.say("section"), rule.section or ""
    yield speaker.say("owner"), rule.owner or ""
    if rule.valid:
        yield speaker.say("valid"), f"{rule.valid.first or '…'} – {rule.valid.last or '…'}"
    if day:
        yield "", speaker.say("holds" if rule.holds_on(day) else "holds_not", day=str(day))
    yield from _sources(rule.sources, speaker)
    yield speaker.say("place"), str(speaker.rulebook.places["rule", rule.id])
    yield speaker.say("bounds"), speaker.say("semicolon").join(_bounds(rule, speaker))


def _bounds(rule: Rule, speaker: Speaker) -> Iterator[str]:
    """The bands that a rule tests, each with the place where its bounds stand."""
    vocabulary = speaker.rulebook.vocabulary
    for band in dict.fromkeys(name for name in _tested(rule) if name in vocabulary.bands):
        place = span_of(speaker.rulebook, ("fact", vocabulary.fact_of[band].fact, "bands"))
        yield speaker.pair(speaker.subject(band), str(place))


def _tested(rule: Rule) -> Iterator[str]:
    """What the conditions of a rule are about."""
    for conditions in (rule.all_of, *chain.from_iterable(rule.any_of), *rule.except_if):
        yield from conditions
