"""A recommendation on one page, for whoever decides: advice, why, what to find out, what would change it, costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from whytune.engine import Recommendation
from whytune.engine.advice.explanations import Flips
from whytune.engine.advice.explanations.flips import TO_FIND_OUT
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.language.problems import visible
from whytune.engine.words.speaker import Speaker

from .answer import cautions, grounds, identity, rows_of, verdict
from .changes import leads_to
from .document import Block, Drawing, Foot, Heading, Illustration, Item, Paragraph, Rows, Title
from .short import others_in_brief

MOST_FLIPS = 4
"""Changes that a page for a decision shows in lines of their own."""

MOST_BOXES = 8
"""Boxes of a picture whose words can still be read where it takes a third of a sheet."""


class WayToAdvice(NamedTuple):
    """The way of a case through the flowchart: its questions and answers if it does not fork, its picture, its size."""

    line: tuple[tuple[str, str], ...] | None
    drawing: Drawing
    boxes: int


def summary(
    recommendation: Recommendation,
    speaker: Speaker,
    flips: Flips | None,
    costs: Iterable[Block],
    way: WayToAdvice,
    purpose: str | None = None,
) -> Iterator[Block]:
    """What the recommendation says about the main decision, headed by what it is for; `costs` are empty if unknown."""
    *others, name = speaker.rulebook.decision_order
    decision = recommendation.decisions[name]
    yield Paragraph(speaker.subject(name), 0, "quiet")
    for block in verdict(name, recommendation, speaker, flips):
        yield _headed(purpose, block, speaker.outcome(name, decision.outcome), speaker)
    yield from grounds(name, recommendation, speaker, flips=flips, on_paper=True)
    if others:
        yield from others_in_brief(others, name, recommendation, speaker)
    yield from cautions(decision, speaker)
    yield from _given(recommendation, speaker)
    if fact := _to_find_out_first(decision, flips):
        yield Heading(speaker.say("next_step"))
        yield from _to_find_out(fact, recommendation, speaker)
    yield from _to_change(name, speaker, flips)
    yield from costs
    yield from _way(way, speaker)
    yield Foot(
        speaker.say("semicolon").join([identity(recommendation, speaker), *_deciders(name, recommendation, speaker)])
    )


def _deciders(name: str, recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    """The rules that decided, by their ids, for whoever checks the page."""
    for first in recommendation.first_grounds(name):
        if first.kind == "rule":
            yield speaker.say("by_rule", rule=first.name)


def _headed(purpose: str | None, block: Block, advice: str, speaker: Speaker) -> Block:
    """The title with what the advice is for in it, and any other block as it is."""
    if purpose and isinstance(block, Title):
        return Title(speaker.pair(visible(purpose), advice), block.tone)
    return block


def _given(recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    names = [name for name, fact in recommendation.facts.items() if fact.state == "given" and fact.value is not None]
    if names:
        yield Heading(speaker.say("facts"))
        yield Rows(rows_of(names, recommendation, speaker))


def _way(way: WayToAdvice, speaker: Speaker) -> Iterator[Block]:
    """The questions on the way with their answers; where it forks, the picture, or where it is if it is too long for
    one page.
    """
    if way.line:
        yield Heading(speaker.say("way"))
        yield Rows(tuple((question, answer) for question, answer in way.line if answer))
    elif way.boxes <= MOST_BOXES:
        yield Illustration(way.drawing, speaker.say("way"))
    else:
        yield Heading(speaker.say("way"))
        yield Paragraph(speaker.say("way_is_long", count=str(way.boxes)), 0, "quiet")


def _to_find_out_first(decision: DecisionOutcome, flips: Flips | None) -> str | None:
    """What would decide an open advice; else the next question, or before it a fact by which alone the advice changes.

    So the page asks what the answer asks.
    """
    asked = decision.next_question
    alone = [flip for flip in flips.worthwhile if len(flip.changes) == 1 and flip.group in TO_FIND_OUT] if flips else []
    if not flips or (decision.status != "open" and asked in {flip.changes[0].fact for flip in alone}):
        return asked
    nearest = flips.nearest_open
    return nearest.changes[0].fact if nearest and len(nearest.changes) == 1 else asked


def _to_find_out(name: str, recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    """The question to answer next, what is assumed of it so far, and what would prove the answer."""
    question, fact = speaker.question(name), recommendation.facts[name]
    if fact.state == "assumed" and fact.value is not None:
        assumed = speaker.say("so_far_assumed", value=speaker.stated(name, fact.value))
        question = f"{question}{speaker.say('space')}{assumed}"
    yield Paragraph(question)
    if evidence := speaker.text(speaker.rulebook.vocabulary.by_name[name].evidence):
        yield Paragraph(speaker.pair(speaker.say("evidence"), evidence), 1, "quiet")


def _to_change(name: str, speaker: Speaker, flips: Flips | None) -> Iterator[Block]:
    """The first of the changes that lead elsewhere, each in a line, and how many others there are."""
    if flips is None:
        return
    changes = list(leads_to(speaker, name, flips.worthwhile))
    yield Heading(speaker.say("would_change"))
    yield from (Item(text) for text in islice(changes, MOST_FLIPS))
    if others := changes[MOST_FLIPS:]:
        yield Paragraph(speaker.say("changes_others", count=str(len(others))), 1, "quiet")
    if not changes:
        yield Paragraph(speaker.say("no_flip"))
