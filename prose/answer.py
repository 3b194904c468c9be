"""A recommendation as a document: the advice, why, what was ruled out, what it rests on, and the trace."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine import Recommendation
from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import shown_digest

from .document import Block, Foot, Heading, Item, Paragraph, Rows, Title, Tone
from .firings import cited, origin, reason, reason_of_rule, steps

TONES: dict[str, Tone] = {"settled": "good", "provisional": "doubtful", "open": "open"}


def answer(recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    """All that a recommendation says: of the main decision, in a line of each other one, of the facts, of each step."""
    *others, main = speaker.rulebook.decision_order or ("",)
    if others:
        yield Heading(speaker.subject(main))
    if main:
        yield from _decided(main, recommendation, speaker)
    if others:
        yield Heading(speaker.say("other_decisions"))
        yield Rows(tuple(_in_a_line(name, recommendation.decisions[name], speaker) for name in others))
    yield from _facts(recommendation, speaker)
    yield Heading(speaker.say("trace"))
    yield from steps(recommendation.trace, recommendation, speaker)
    yield Foot(identity(recommendation, speaker))


def _decided(name: str, recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    """The advice on a decision, its status and reasons, and what else could come out."""
    decision = recommendation.decisions[name]
    yield Title(speaker.pair(speaker.say("advice"), speaker.outcome(name, decision.outcome)), TONES[decision.status])
    yield Paragraph(speaker.pair(speaker.say("status"), speaker.say(_status(decision, recommendation, speaker))))
    yield from reasons(name, recommendation, speaker)
    yield from ruled_out(name, decision, recommendation, speaker)
    yield from outlook(name, decision, speaker)


def _in_a_line(name: str, decision: DecisionOutcome, speaker: Speaker) -> tuple[str, str]:
    status = speaker.say(f"status_{decision.status}")
    return speaker.subject(name), speaker.say("within", value=speaker.outcome(name, decision.outcome), bounds=status)


def _status(decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> str:
    """The name of the phrase for a status: settled because every fact is given is a status of its own."""
    facts = (fact for fact in speaker.rulebook.vocabulary.facts if not fact.used_for)
    full = all(recommendation.facts[fact.fact].state in ("given", "not_applicable") for fact in facts)
    return "settled_full" if decision.status == "settled" and full else decision.status


def reasons(name: str, recommendation: Recommendation, speaker: Speaker, with_quotes: bool = False) -> Iterator[Block]:
    """What decided, each with where it is written, and with what is written there if that is wanted."""
    deciding = recommendation.deciding(name)
    if deciding:
        yield Heading(speaker.say("why"))
    for firing in deciding:
        text = reason(speaker, speaker.text(firing.text), firing, recommendation)
        yield Item(text, 1, origin(firing, speaker, with_quotes))


def ruled_out(
    name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker
) -> Iterator[Block]:
    """Options that were proposed and are ruled out, or whose kinds were, each with the rules against it."""
    if decision.overruled:
        yield Heading(speaker.say("ruled_out_by"))
    for option, state in decision.overruled.items():
        titles = speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in state.speaks_for)
        yield Paragraph(speaker.say("proposed_and_out", label=speaker.option(name, option), rules=titles), 1)
        for rule in state.speaks_against:
            source = cited(rule, speaker.rulebook.rule[rule].sources, speaker)
            yield Item(reason_of_rule(speaker, rule, recommendation), 1, source)


def outlook(name: str, decision: DecisionOutcome, speaker: Speaker) -> Iterator[Block]:
    """What could still come out, what else if an assumption fails, and what to ask next."""
    if decision.status == "open":
        yield Heading(speaker.say("possible"))
        yield Paragraph(speaker.options(name, decision.possible_as_assumed), 1)
    if decision.possible_otherwise:
        yield Heading(speaker.say("also_possible"))
        yield Paragraph(speaker.options(name, decision.possible_otherwise), 1)
    if decision.next_question:
        yield Heading(speaker.say("next"))
        yield Paragraph(f"{speaker.question(decision.next_question)}  (--set {decision.next_question}=…)", 1)


def _facts(recommendation: Recommendation, speaker: Speaker) -> Iterator[Block]:
    matter = {fact for decision in recommendation.decisions.values() for fact in decision.rests_on}
    sections = (("given", "facts", None), ("assumed", "assumed_here", matter), ("unknown", "unknown_here", None))
    for state, title, only in sections:
        rows = [
            (speaker.fact(name), speaker.value(name, fact.value) if fact.value is not None else speaker.question(name))
            for name, fact in recommendation.facts.items()
            if fact.state == state and (only is None or name in only)
            if state == "given" or not speaker.rulebook.vocabulary.by_name[name].used_for
        ]
        if rows:
            yield Heading(speaker.say(title))
            yield Rows(tuple(rows))


def identity(recommendation: Recommendation, speaker: Speaker) -> str:
    """Which rulebook answered, with the rules of which day."""
    rulebook = recommendation.rulebook
    named = f"{rulebook.name} {rulebook.version}, SHA-256 {shown_digest(rulebook.digest)}"
    dated = speaker.say("rules_on", day=str(recommendation.as_of)) if recommendation.as_of else ""
    return speaker.pair(speaker.say("rulebook"), speaker.say("semicolon").join(filter(None, (named, dated))))
