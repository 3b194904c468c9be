"""`whytune audit report`: one record as a page to read."""

from __future__ import annotations

from dataclasses import replace

import click

from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.picture import Picture
from whytune.engine import Advisor, Recommendation
from whytune.engine.advice.explanations import flips_or_none
from whytune.engine.language.case import FactState
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of, facts_of
from whytune.engine.ledger.selection import find
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.verification import rulebook_of
from whytune.engine.words.speaker import Speaker
from whytune.prose import page
from whytune.prose.document import Document, document
from whytune.prose.record import report as record_report

from ...options import language_of, language_option, ledger_option
from ...outside.files import STDOUT, save


@click.command()
@click.argument("id")
@ledger_option
@click.option("--output", "-o", metavar="FILE", help="Where to write; by default standard output.")
@language_option
def report(id: str, ledger: str, output: str | None, language: str | None) -> None:
    """Write the record ID as one HTML page: advice, reasons, flowchart, facts, what would flip it, and its proof.

    The page is self-contained and prints well. It is a reading copy: only the ledger proves the record.

    \b
    Examples:
      whytune audit report 12-3f9a0c1b --ledger advice.ledger -o report.html
      whytune audit report 12 --ledger advice.ledger --language zh -o report.html
    """
    with Ledger.to_read(ledger) as opened:
        kept = find(opened, id)
        rulebook = rulebook_of(kept, opened)
    written = _document(kept, Speaker(rulebook, language_of(rulebook, language)))
    save(output or STDOUT, page.text(written).encode(), reads=[ledger])


def _document(kept: Record, speaker: Speaker) -> Document:
    """The report of a record; raises WhytuneError: ledger-damaged, ..."""
    recommendation = answer_of(kept, speaker.rulebook)
    advisor = Advisor(speaker.rulebook, recommendation.as_of)
    facts = None if kept.hidden else facts_of(kept, speaker.rulebook)
    pictures = {name: _pictures(advisor, name, kept, recommendation, speaker) for name in recommendation.decisions}
    flips = {name: flips_or_none(advisor, facts, name) if facts else None for name in recommendation.decisions}
    advice = speaker.say("semicolon").join(
        speaker.outcome(name, decision.outcome) for name, decision in recommendation.decisions.items()
    )
    title = speaker.pair(speaker.say("record_head", id=kept.id), advice)
    return document(title, speaker.language, record_report(kept, recommendation, speaker, pictures, flips))


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
