"""One case of a rulebook -> a document: what it gives, what it expects, where it stands, and a way to ask about it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from whytune.engine.language.vocabulary import Fact, members
from whytune.engine.review.casebook import CheckedCase
from whytune.engine.review.casebook.expectations import Expectation, ExpectationKind
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

from .casebook import changed, named
from .document import Block, Command, Document, Heading, Paragraph, Rows, Title, document
from .regions import advise_command, asked_by

_WANTED = Family[ExpectationKind]("case_wants")


def case(checked: CheckedCase, speaker: Speaker, rulebook: str) -> Document:
    """All that a case says, by the labels of the rulebook at this place."""
    return document(checked.title, speaker.language, _blocks(checked, speaker, rulebook))


def _blocks(checked: CheckedCase, speaker: Speaker, rulebook: str) -> Iterator[Block]:
    day: date | None = checked.day
    given = checked.facts.given
    yield Title(checked.title)
    yield Paragraph(str(checked.span), tone="quiet")
    if day:
        yield Paragraph(speaker.pair(speaker.say("rules_day"), str(day)))
    yield Heading(speaker.say("case_gives"))
    yield Rows(tuple(_given(checked, speaker))) if given else Paragraph(speaker.say("case_gives_nothing"))
    yield Heading(speaker.say("case_expects"))
    expected = tuple(_expected(one, speaker) for one in checked.expects)
    yield Rows(expected) if expected else Paragraph(speaker.say("case_unfilled"))
    yield Command(advise_command(given, rulebook, day), asks=asked_by(given))


def _given(checked: CheckedCase, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """The facts that it gives, a list in one row."""
    given = checked.facts.given
    lists = {members(fact)[0]: fact for fact in speaker.rulebook.facts if _is_whole(fact, checked)}
    inside = {name for fact in lists.values() for name in members(fact)}
    for name, value in given.items():
        if name in lists:
            yield speaker.fact(lists[name].fact), _among(lists[name], checked, speaker)
        elif name not in inside:
            yield speaker.fact(name), speaker.stated(name, value)


def _is_whole(fact: Fact, checked: CheckedCase) -> bool:
    """Is it a list of which the case says of every value whether it is so?"""
    return fact.kind == "choices" and checked.facts.given.keys() >= set(members(fact))


def _among(fact: Fact, checked: CheckedCase, speaker: Speaker) -> str:
    given = checked.facts.given
    values = [value for value, name in zip(fact.values, members(fact), strict=True) if given[name] == "yes"]
    return speaker.listed(speaker.value(fact.fact, value) for value in values) or speaker.say("none_of_these")


def _expected(expected: Expectation, speaker: Speaker) -> tuple[str, str]:
    """What is expected of which decision, in a row."""
    label = speaker.say(_WANTED[expected.kind], **({"changes": changed(expected, speaker)} if expected.changes else {}))
    if len(speaker.rulebook.decisions) > 1:
        label = speaker.pair(speaker.subject(expected.decision), label)
    return label, speaker.listed(named(expected, name, speaker) for name in expected.wanted)
