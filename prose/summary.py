"""A recommendation on one page, for the person who decides: advice, why, next step, what would change it, costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from whytune.engine import Recommendation
from whytune.engine.advice.explanations import Flips
from whytune.engine.words.speaker import Speaker

from .answer import cautions, grounds, identity, verdict
from .changes import leads_to
from .document import Block, Drawing, Foot, Heading, Illustration, Item, Paragraph, Rows

MOST_FLIPS = 4
"""Changes that a page for a decision has room for."""


def summary(
    recommendation: Recommendation, speaker: Speaker, flips: Flips | None, costs: Iterable[Block], way: Drawing
) -> Iterator[Block]:
    """What the recommendation says about the main decision; `costs` are empty if they are unknown."""
    name = speaker.rulebook.decision_order[-1]
    decision = recommendation.decisions[name]
    yield Paragraph(speaker.subject(name), 0, "quiet")
    yield from verdict(name, recommendation, speaker, flips)
    yield from grounds(name, recommendation, speaker)
    yield from cautions(decision, speaker)
    yield from _given(recommendation, speaker)
    if decision.next_question:
        yield Heading(speaker.say("next_step"))
        yield from _to_find_out(decision.next_question, speaker)
    yield from _to_change(name, speaker, flips)
    yield from costs
    yield Illustration(way, speaker.say("way"))
    yield Foot(identity(recommendation, speaker))


def _given(recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    rows = [
        (speaker.fact(name), speaker.value(name, fact.value))
        for name, fact in recommendation.facts.items()
        if fact.state == "given" and fact.value is not None
    ]
    if rows:
        yield Heading(speaker.say("facts"))
        yield Rows(tuple(rows))


def _to_find_out(name: str, speaker: Speaker) -> Iterator[Block]:
    """The question to answer next, and what would prove the answer."""
    yield Paragraph(speaker.question(name))
    if evidence := speaker.text(speaker.rulebook.vocabulary.by_name[name].evidence):
        yield Paragraph(speaker.pair(speaker.say("evidence"), evidence), 1, "quiet")


def _to_change(name: str, speaker: Speaker, flips: Flips | None) -> Iterator[Block]:
    """The first changes that lead elsewhere, and how many more there are."""
    if flips is None:
        return
    changes = list(leads_to(speaker, name, flips.worthwhile))
    yield Heading(speaker.say("would_change"))
    yield from (Item(text) for text in islice(changes, MOST_FLIPS))
    if (more := len(changes) - MOST_FLIPS) > 0:
        yield Paragraph(speaker.say("changes_more", count=str(more)), 1, "quiet")
    if not changes:
        yield Paragraph(speaker.say("no_flip"))
