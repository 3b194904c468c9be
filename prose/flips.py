"""Flips as a document: the smallest changes that lead to other advice, by what they take."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.advice.explanations import Flips
from whytune.engine.advice.explanations.flips import EFFORTS, Effort
from whytune.engine.language.rulebook import NOT_APPLICABLE
from whytune.engine.words.catalogue import Family
from whytune.engine.words.speaker import Speaker

from .changes import leads_to
from .document import Block, Gap, Heading, Item, Paragraph, Title

_HEADS = Family[Effort]("flips")


def flips(answer: Flips, speaker: Speaker, wasteful: bool = False) -> Iterator[Block]:
    """All the smallest changes, or that there are none; those that only waste effort if they are wanted."""
    advice = speaker.outcome(answer.decision, answer.advice) if answer.advice else None
    if answer.to is not None and answer.to == answer.advice:
        yield Paragraph(speaker.say("is_advised", option=advice or ""))
        return
    if not answer.flips:
        to = speaker.option(answer.decision, answer.to) if answer.to else ""
        yield Paragraph(speaker.say("no_way", option=to) if to else speaker.say("no_flip"))
        return
    shown = answer.flips if wasteful else answer.worthwhile
    yield Title(_head(answer, advice, speaker))
    for group in EFFORTS:
        members = list(leads_to(speaker, answer.decision, (flip for flip in shown if flip.group == group)))
        if members:
            yield Heading(speaker.say(_HEADS[group]))
        yield from map(Item, members)
    if left_out := len(answer.flips) - len(shown):
        yield Gap()
        count = speaker.say("flips_wasteful", count=str(left_out))
        yield Paragraph(count, 0, "quiet", to_type=speaker.say("flips_all"))


def _head(answer: Flips, advice: str | None, speaker: Speaker) -> str:
    if answer.advice == NOT_APPLICABLE:
        return speaker.say("flips_not_applicable")
    if advice is None:
        return speaker.say("flips_open")
    if answer.to is None:
        return speaker.say("flips_head", advice=advice)
    return speaker.say("flips_head_to", advice=advice, option=speaker.outcome(answer.decision, answer.to))
