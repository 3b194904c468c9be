"""One record as a report: the recommendation as it was given, its pictures, and what would have changed it."""

from __future__ import annotations

from dataclasses import replace

from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.picture import Picture
from whytune.engine import Advisor, Recommendation
from whytune.engine.advice.explanations import flips_or_none
from whytune.engine.language.case import FactState
from whytune.engine.ledger.chain_near import ChainNear
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of, facts_of
from whytune.engine.words.speaker import Speaker
from whytune.prose import record as prose
from whytune.prose.document import Document, document


def report(kept: Record, speaker: Speaker, chain: ChainNear) -> Document:
    """The report of a record, in the words of its rulebook; raises WhytuneError: ledger-damaged, ..."""
    recommendation = answer_of(kept, speaker.rulebook)
    advisor = Advisor(speaker.rulebook, recommendation.as_of)
    facts = None if kept.hidden else facts_of(kept, speaker.rulebook)
    pictures = {name: _pictures(advisor, name, kept, recommendation, speaker) for name in recommendation.decisions}
    flips = {name: flips_or_none(advisor, facts, name) if facts else None for name in recommendation.decisions}
    advice = speaker.say("semicolon").join(
        speaker.outcome(name, decision.outcome) for name, decision in recommendation.decisions.items()
    )
    title = speaker.pair(speaker.say("record_head", id=kept.id), advice)
    return document(title, speaker.language, prose.report(kept, recommendation, speaker, chain, pictures, flips))


def _pictures(
    advisor: Advisor, name: str, kept: Record, recommendation: Recommendation, speaker: Speaker
) -> list[Picture]:
    """The way of the case, and below it the flowchart that it goes through, if they are small enough to read.

    A value that was kept out is drawn as unknown.
    """
    closed = dict.fromkeys(kept.hidden, FactState(None, "unknown"))
    answer = replace(recommendation, facts={**recommendation.facts, **closed})
    chart = flowchart(advisor.inquiry(name), speaker, answer)
    way = chart.only_way()
    pictures = map(Picture, (way, chart) if way != chart else (chart,))
    return [picture for picture in pictures if picture.fits]
