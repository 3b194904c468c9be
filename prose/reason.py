"""A sufficient reason as a document: the few facts that alone force the advice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from whytune.engine.advice.explanations import SufficientReason
from whytune.engine.words.speaker import Speaker

from .document import Block, Paragraph, Rows


def reason(answer: SufficientReason, speaker: Speaker) -> Iterator[Block]:
    """The facts that force the advice, or that none do."""
    if answer.outcome is None:
        yield Paragraph(speaker.say("reason_none"))
        return
    key = "reason" if answer.facts else "reason_always"
    yield Paragraph(speaker.say(key, option=speaker.outcome(answer.decision, answer.outcome)))
    yield Rows(tuple((speaker.fact_of_list(name), _value(answer, name, speaker)) for name, _ in answer.facts))
    if not answer.smallest:
        yield Paragraph(speaker.say("reason_irreducible"))
    if answer.alternatives:
        yield Paragraph(speaker.say("reason_others", count=str(answer.alternatives)))


def _value(answer: SufficientReason, fact: str, speaker: Speaker) -> str:
    """The value; of a number also all those that force the advice as well."""
    value = dict(answer.facts)[fact]
    shown = speaker.stated(fact, value)
    if isinstance(value, Decimal):
        domain = speaker.rulebook.vocabulary.domains[fact]
        shown = speaker.say(
            "any_like_it", value=shown, alike=speaker.cells(fact, [domain.cells[domain.cell_of(value)]])
        )
    return speaker.say("assumed_mark", value=shown) if fact in answer.assumed else shown
