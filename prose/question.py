"""The next question as a document: what each answer leads to, and which rules wait for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from whytune.engine.advice.explanations import NextQuestion
from whytune.engine.language.case import CaseFacts, FactState
from whytune.engine.language.vocabulary import Fact, members
from whytune.engine.words.speaker import Speaker

from .answer import set_option
from .changes import cells
from .document import Block, Gap, Heading, Item, Paragraph, Rows, Title

MOST_WAITING = 6
"""The rules that wait for an answer of which the names are told."""


def question(answer: NextQuestion, speaker: Speaker, states: Mapping[str, FactState]) -> Iterator[Block]:
    """The question with its reasons."""
    if answer.fact is None:
        yield Paragraph(speaker.say("no_question" if not answer.to_find_out else "no_question_left"))
        yield from to_find_out(answer, speaker)
        return
    yield Title(speaker.question(answer.fact), to_type=set_option(answer.fact))
    if answer.so_far:
        yield Paragraph(narrowing(answer, speaker))
    if answer.confirms:
        assumed = speaker.pair(speaker.fact(answer.fact), speaker.stated(answer.fact, states[answer.fact].value))
        yield Paragraph(speaker.say("confirms", value=assumed))
    yield Heading(speaker.say("answers"))
    yield Rows(
        tuple(
            (cells(speaker, answer.fact, same.cells), speaker.outcomes(answer.decision, same.outcomes))
            for same in answer.answers
        )
    )
    if len(answer.answers) == 1:
        yield Paragraph(speaker.say("answers_alike"), 0, "quiet")
    yield Heading(speaker.say("asked_for"))
    yield from (Item(speaker.rule(rule)) for rule in answer.waiting[:MOST_WAITING])
    if left := answer.waiting[MOST_WAITING:]:
        yield Paragraph(speaker.say("changes_more", count=str(len(left))), 1)
    yield Gap()
    yield Paragraph(speaker.say("remaining", count=str(answer.remaining)))
    if answer.to_find_out:
        yield Paragraph(speaker.pair(speaker.say("to_find_out"), speaker.listed(map(speaker.fact, answer.to_find_out))))
    if answer.idle and any(state.state == "given" for state in states.values()):
        yield Paragraph(speaker.pair(_idle(answer, speaker), speaker.listed(map(speaker.fact, answer.idle))))


def to_find_out(answer: NextQuestion, speaker: Speaker) -> Iterator[Block]:
    """The questions that nobody could answer and that can still change the advice, each with what would prove it."""
    if answer.to_find_out:
        yield Heading(speaker.say("to_find_out"))
    for name in answer.to_find_out:
        evidence = speaker.text(speaker.rulebook.vocabulary.by_name[name].evidence)
        proof = speaker.pair(speaker.say("evidence"), evidence) if evidence else ""
        yield Item(speaker.question(name), 1, proof)


def _idle(answer: NextQuestion, speaker: Speaker) -> str:
    """That some facts no longer matter, and to which decision, where there are several."""
    if len(speaker.rulebook.decisions) == 1:
        return speaker.say("idle")
    return speaker.say("idle_to", decision=speaker.subject(answer.decision))


def not_asked(answer: NextQuestion, facts: CaseFacts, speaker: Speaker) -> str:
    """Which facts nobody was asked for, although rules behind the decision test them: no answer changes it any more.

    Facts that do not apply are left out, and the label of a list stands before its values where only some are named.
    """
    rulebook, vocabulary = speaker.rulebook, speaker.rulebook.vocabulary
    tested = {vocabulary.fact_of[one].fact for one in rulebook.tested_for[answer.decision] if one in vocabulary.fact_of}
    idle: dict[str, list[str]] = {}
    for name in answer.idle:
        if name in tested and name not in facts.stated and facts.states[name].state != "not_applicable":
            owner = vocabulary.list_of.get(name)
            idle.setdefault(owner.fact if owner else name, []).append(name)
    labels = [_idle_of(vocabulary.by_name[name], names, speaker) for name, names in idle.items()]
    return speaker.pair(_why_not_asked(answer, speaker), speaker.listed(labels)) if labels else ""


def _why_not_asked(answer: NextQuestion, speaker: Speaker) -> str:
    """That no answer changes the advice; on which question, where there are several decisions."""
    if len(speaker.rulebook.decisions) == 1:
        return speaker.say("not_asked")
    return speaker.say("not_asked_for", decision=speaker.subject(answer.decision))


def _idle_of(fact: Fact, names: Sequence[str], speaker: Speaker) -> str:
    """A fact by its label; of a list, with these values where they are not all."""
    label = speaker.text(fact.label)
    if fact.kind != "choices" or len(names) == len(members(fact)):
        return label
    return speaker.say("within", value=label, bounds=speaker.listed(map(speaker.fact, names)))


def elsewhere(decision: str, speaker: Speaker) -> Iterator[Block]:
    """Says that other decisions have questions of their own, with the options that ask them, the last first."""
    if others := [name for name in reversed(speaker.rulebook.decision_order) if name != decision]:
        options = f"({', '.join(f'-d {name}' for name in others)})"
        yield Paragraph(speaker.say("questions_elsewhere"), tone="quiet", to_type=options)


def narrowing(answer: NextQuestion, speaker: Speaker) -> str:
    """What is known so far about a partly known fact, and which part of that is asked for."""
    fact = answer.fact or ""
    so_far, parts = speaker.value(fact, answer.so_far), [cells(speaker, fact, one.cells) for one in answer.answers]
    if answer.asks_whether:
        return speaker.say("narrows_to", so_far=so_far, part=parts[-1])
    return speaker.say("narrows", so_far=so_far, parts=speaker.say("semicolon").join(parts))


def list_so_far(fact: Fact, answers: Mapping[str, str], speaker: Speaker) -> str:
    """Which values of a `choices` fact were answered how, in words by the names of its members; then the others."""
    answered: dict[str, list[str]] = {}
    for name in members(fact):
        if name in answers:
            answered.setdefault(answers[name], []).append(speaker.fact(name))
    if rest := [speaker.fact(name) for name in members(fact) if name not in answers]:
        answered[speaker.say("ask_list_rest")] = rest
    parts = (speaker.pair(answer, speaker.listed(values)) for answer, values in answered.items())
    return speaker.say("ask_list", fact=speaker.text(fact.label), values=speaker.say("semicolon").join(parts))
