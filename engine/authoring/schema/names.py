"""What the rules of one rulebook may name: facts, bands, values, options, each with what readers call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...language.rulebook import Rulebook
from ...language.vocabulary import Subject, member
from ...words.speaker import Speaker
from .forms import JsonSchema, all_but, closed, named, one_or_more, ref, some_of


class Names(NamedTuple):
    """The languages of texts, a definition for everything that can be named, and the options of each decision."""

    languages: tuple[str, ...]
    definitions: Mapping[str, JsonSchema]
    options: Mapping[str, JsonSchema]


def any_names() -> Names:
    """The names if no rulebook says which there are: any is valid."""
    name: JsonSchema = {"type": "string"}
    some = one_or_more(name)
    wanted: JsonSchema = {"anyOf": [*some["anyOf"], all_but(name)]}
    maps = {"conditions": wanted, "fact_conditions": wanted, "effects": some, "outcomes": some}
    open_maps = {key: {"type": "object", "additionalProperties": values} for key, values in maps.items()}
    single = ("known_conclusion", "known_decision", "known_document", "known_number", "known_rule", "known_section")
    return Names((), {**open_maps, **dict.fromkeys(single, ref("name"))}, {})


def names_of(rulebook: Rulebook, language: str) -> Names:
    """The names of this rulebook, and no others, each with what it is called in this language."""
    speaker = Speaker(rulebook, language)
    subjects = rulebook.subjects
    about_facts = {name: subject for name, subject in subjects.items() if name in rulebook.vocabulary.fact_of}
    numbers = [fact.fact for fact in rulebook.vocabulary.facts if fact.is_number]
    definitions = {
        "conditions": _conditions(speaker, subjects),
        "fact_conditions": _conditions(speaker, about_facts),
        "effects": _answers(speaker, refer=False),
        "outcomes": _answers(speaker, refer=True),
        "known_conclusion": named((one.conclusion, speaker.text(one.label)) for one in rulebook.conclusions),
        "known_decision": named((one.decision, speaker.text(one.ask)) for one in rulebook.decisions),
        "known_document": named((one.document, speaker.text(one.title)) for one in rulebook.documents),
        "known_number": named((name, speaker.fact(name)) for name in numbers),
        "known_rule": {**ref("name"), "examples": [rule.id for rule in rulebook.rules]},
        "known_section": {**ref("name"), "examples": list(rulebook.sections)},
    }
    options = {one.decision: options_of(speaker, one.decision, refer=False) for one in rulebook.decisions}
    return Names(rulebook.languages, definitions, options)


def options_of(speaker: Speaker, decision: str, *, refer: bool) -> JsonSchema:
    """One option of the decision, or `refer` if that is allowed."""
    declared = speaker.rulebook.decision[decision]
    names = declared.outcomes if refer else declared.option_names
    return named((name, speaker.option(decision, name)) for name in names)


def _conditions(speaker: Speaker, subjects: Mapping[str, Subject]) -> JsonSchema:
    groups = {
        member(fact, group.group): {"description": speaker.text(group.label), **_wanted(_truth(speaker))}
        for fact in speaker.rulebook.facts
        if fact.kind == "choices"
        for group in fact.groups
    }
    return closed({**{name: _condition(speaker, subject) for name, subject in subjects.items()}, **groups})


def _condition(speaker: Speaker, subject: Subject) -> JsonSchema:
    words = {value: speaker.subject_value(subject.name, value) for value in subject.named}
    return {"description": _about(speaker, subject), **_wanted(words)}


def _truth(speaker: Speaker) -> dict[str, str]:
    return {"yes": speaker.say("yes"), "no": speaker.say("no")}


def _wanted(words: Mapping[str, str]) -> JsonSchema:
    """One of these values, a list of them, or a text or map that excludes some."""
    values = named(words.items())
    texts = [{"type": "string", "pattern": pattern} for pattern in some_of(words)]
    return {"anyOf": [*one_or_more(values)["anyOf"], all_but(values), *texts]}


def _about(speaker: Speaker, subject: Subject) -> str:
    """What an editor says about a subject: its short name, and its question if it has one."""
    label, question = speaker.subject(subject.name), ""
    if band := speaker.rulebook.vocabulary.bands.get(subject.name):
        question = speaker.text(band.ask)
    elif subject.kind == "fact":
        question = speaker.question(subject.name)
    return speaker.pair(label, question) if question else label


def _answers(speaker: Speaker, *, refer: bool) -> JsonSchema:
    return closed(
        {
            one.decision: {
                "description": speaker.text(one.ask),
                **one_or_more(options_of(speaker, one.decision, refer=refer)),
            }
            for one in speaker.rulebook.decisions
        }
    )
