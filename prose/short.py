"""What a short answer says besides the main advice, in as few lines as it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

from whytune.engine import Recommendation
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.language.casefile import Status
from whytune.engine.language.rulebook import Decision
from whytune.engine.words.speaker import Speaker

from .document import Paragraph
from .firings import assumptions
from .states import STATUS

STATUSES: tuple[Status, ...] = get_args(Status)
MOST_IN_A_LINE = 2
"""The assumptions that are told in the line of a decision."""


def others_in_brief(
    others: Sequence[str], main: str, recommendation: Recommendation, speaker: Speaker
) -> Iterator[Paragraph]:
    """The other decisions, those of one status in a paragraph; before them, alone, the last, on which none rests, with
    why, unless the reasons above say so.

    Left out are those that do not apply, those on whose advice the main one rests, since its reasons are theirs, and
    those that are told with it.
    """
    beneath = {*recommendation.grounds(main), *parts_besides(main, recommendation, speaker)}
    decisions = {name: recommendation.decisions[name] for name in others if name not in beneath}
    last = decisions.get(others[-1])
    if last and last.outcome and last.applies:
        del decisions[others[-1]]
        row = beside(others[-1], main, recommendation, speaker)
        row += _assumed_for(others[-1], recommendation, speaker)
        yield Paragraph(row, lead=_questions([others[-1]], speaker))
        above = [firing.text for firing in recommendation.first_grounds(main)]
        for firing in recommendation.first_grounds(others[-1])[:1]:
            if firing.text not in above:
                yield Paragraph(speaker.text(firing.text), 1, "quiet", spare=True)
    for status in STATUSES:
        alike = {
            name: _in_brief(name, decision, speaker)
            for name, decision in decisions.items()
            if decision.status == status and decision.outcome != "not_applicable"
        }
        if alike:
            label = speaker.say("others_of_status", status=speaker.say(STATUS[status]))
            lines = speaker.say("semicolon").join(alike.values())
            yield Paragraph(speaker.pair(label, lines), lead=_questions(alike, speaker))


def _questions(decisions: Iterable[str], speaker: Speaker) -> tuple[tuple[str, str], ...]:
    """The decisions, each with its question, from which more about it can be asked."""
    return tuple((name, speaker.subject(name)) for name in decisions)


def beside(name: str, main: str, recommendation: Recommendation, speaker: Speaker) -> str:
    """A decision with its outcome, and with its status where that is not the one of the main decision."""
    decision = recommendation.decisions[name]
    is_alike = decision.status == recommendation.decisions[main].status
    return _in_brief(name, decision, speaker) if is_alike else speaker.pair(*in_a_line(name, decision, speaker))


def parts_besides(main: str, recommendation: Recommendation, speaker: Speaker) -> list[str]:
    """The decisions on which the main one can rest that say more than its advice: something other than their fallback,
    or a kind of it, of which its reasons do not tell.
    """
    rulebook, decisions = speaker.rulebook, recommendation.decisions
    beneath = recommendation.grounds(main) if decisions[main].advice else rulebook.decision
    parts = (name for name in rulebook.decision_order if name in rulebook.tested_for[main] and name not in beneath)
    return [name for name in parts if _says_more(decisions[name], rulebook.decision[name])]


def _says_more(decided: DecisionOutcome, decision: Decision) -> bool:
    fallback = decision.if_none_stands.advise or ""
    return bool(decided.advice) and decided.advice not in {fallback, *decision.kinds.get(fallback, ())}


def _assumed_for(name: str, recommendation: Recommendation, speaker: Speaker) -> str:
    """The assumptions by which it was decided; empty if there are none, or too many for a line."""
    firsts = recommendation.first_grounds(name)
    assumed = {fact for firing in firsts for fact in recommendation.assumed_behind(firing)}
    behind = [fact for fact in recommendation.facts if fact in assumed]
    if not 0 < len(behind) <= MOST_IN_A_LINE:
        return ""
    named = assumptions(behind, recommendation, speaker)
    return speaker.say("semicolon") + speaker.pair(speaker.say("assumed_for_it"), named)


def in_a_line(name: str, decision: DecisionOutcome, speaker: Speaker) -> tuple[str, str]:
    """A decision, and its outcome with its status."""
    status = speaker.say(STATUS[decision.status])
    return speaker.subject(name), speaker.outcome(name, decision.outcome, status)


def _in_brief(name: str, decision: DecisionOutcome, speaker: Speaker) -> str:
    """A decision with its outcome, or alone if it is open."""
    question = speaker.subject(name)
    if decision.status == "open":
        return question
    return speaker.pair(question, speaker.outcome(name, decision.outcome))


def to_mind_in_brief(decision: DecisionOutcome, speaker: Speaker) -> Iterator[Paragraph]:
    """The titles of what to mind along with the advice, in one paragraph."""
    if decision.cautions:
        titles = speaker.say("semicolon").join(map(speaker.rule, decision.cautions))
        yield Paragraph(speaker.pair(speaker.say("to_mind"), titles))
