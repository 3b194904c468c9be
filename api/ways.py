"""The flowchart of a rulebook as its records know it, with how many of them took each way."""

from __future__ import annotations

from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.picture import Picture
from whytune.engine import Advisor
from whytune.engine.language.named import decision_among
from whytune.engine.ledger.proven import as_far_as_proven
from whytune.engine.ledger.recorded import day_of
from whytune.engine.ledger.selection import Selection, Shelf, chosen
from whytune.engine.ledger.store import Ledger
from whytune.engine.ledger.traffic import traffic
from whytune.engine.ledger.verification import whole_rulebook
from whytune.engine.words.speaker import Speaker, language_or_first


def ways(ledger: Ledger, wanted: Selection, language: str, decision: str | None = None) -> Picture | None:
    """How often these records took each way through the flowchart by which the newest of them was made.

    Where that is too large to read, only the ways that some took; None where there is no record. Of a damaged ledger,
    the ways of the records before the first fault. Raises WhytuneError: unknown-decision.
    """
    return as_far_as_proven(ledger, lambda shelf: _ways(shelf, ledger, wanted, language, decision))[0]


def _ways(shelf: Shelf, ledger: Ledger, wanted: Selection, language: str, decision: str | None) -> Picture | None:
    newest = next(chosen(shelf, wanted, newest_first=True), None)
    if newest is None:
        return None
    advisor = Advisor(whole_rulebook(newest, ledger), day_of(newest))
    rulebook = advisor.rulebook
    asked = advisor.inquiry(decision_among(rulebook.decision_order, decision))
    speaker = Speaker(rulebook, language_or_first(rulebook.languages, language))
    graph = flowchart(asked, speaker, traffic=traffic(chosen(shelf, wanted), advisor, asked))
    picture = Picture(graph)
    return picture if picture.fits else Picture(graph.only_way())
