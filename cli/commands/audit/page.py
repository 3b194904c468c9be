"""A record -> one page for people, as report.html shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.formats import draw, fits
from whytune.diagrams.graph import Graph
from whytune.engine import Advisor, Recommendation
from whytune.engine.advice.explanations import flips_or_none
from whytune.engine.advice.recommendation import DecisionOutcome, Firing
from whytune.engine.language.case import CaseFacts, FactState
from whytune.engine.language.vocabulary import Source
from whytune.engine.ledger.record import Record
from whytune.engine.ledger.recorded import answer_of, facts_of
from whytune.engine.words.speaker import Speaker

from ... import html, prose
from .spoken import circumstances, proof


def page(record: Record, speaker: Speaker) -> bytes:
    """The page of a record in the language of its rulebook's speaker; raises WhytuneError: ledger-damaged, ..."""
    answer = answer_of(record, speaker.rulebook)
    text = html.page(
        "commands/audit/report.html",
        id=record.id,
        language=speaker.language,
        say=speaker.say,
        circumstances=circumstances(record, speaker, evidence=False),
        decisions=list(_decisions(record, answer, speaker)),
        facts=list(_facts(record, answer, speaker)),
        has_evidence=bool(record.data["evidence"]),
        hidden=bool(record.hidden),
        trace=[_step(firing, answer, speaker) for firing in answer.trace],
        proof=proof(record, speaker),
    )
    return text.encode()


def _decisions(record: Record, answer: Recommendation, speaker: Speaker) -> Iterator[dict[str, Any]]:
    advisor = Advisor(speaker.rulebook, answer.as_of)
    facts = None if record.hidden else facts_of(record, speaker.rulebook)
    for name, decision in answer.decisions.items():
        yield {
            "question": speaker.subject(name),
            "advice": speaker.outcome(name, decision.outcome),
            "status": decision.status,
            "status_said": speaker.say(decision.status),
            "reasons": [_reason(firing, answer, speaker) for firing in answer.deciding(name)],
            "undecided": speaker.say("advice_open"),
            "out": list(_ruled_out(name, decision, answer, speaker)),
            "outlook": list(_outlook(name, decision, speaker)),
            "pictures": _pictures(advisor, name, record, answer, speaker),
            **_flips(advisor, facts, name, speaker),
        }


def _reason(firing: Firing, answer: Recommendation, speaker: Speaker) -> dict[str, str]:
    rule = firing.name if firing.kind == "rule" else firing.policy or ""
    return _cited(prose.reason(speaker, speaker.text(firing.text), firing, answer), rule, firing.source, speaker)


def _cited(text: str, rule: str, source: Source | None, speaker: Speaker) -> dict[str, str]:
    return {
        "text": text,
        "rule": rule,
        "source": speaker.source(source) if source else "",
        "quote": (source.quote if source else None) or "",
    }


def _ruled_out(
    name: str, decision: DecisionOutcome, answer: Recommendation, speaker: Speaker
) -> Iterator[dict[str, Any]]:
    rules = speaker.rulebook.rule
    for option, state in decision.overruled.items():
        titles = speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in state.speaks_for)
        against = [
            _cited(prose.reason_of_rule(speaker, rule, answer), rule, rules[rule].source, speaker)
            for rule in state.speaks_against
        ]
        label = speaker.option(name, option)
        yield {"said": speaker.say("proposed_and_out", label=label, rules=titles), "against": against}


def _outlook(name: str, decision: DecisionOutcome, speaker: Speaker) -> Iterator[tuple[str, str]]:
    """What could still come out, what else if an assumption fails, and what to ask next."""
    if decision.status == "open":
        yield speaker.say("possible"), speaker.options(name, decision.possible_as_assumed)
    if others := [outcome for outcome in decision.possible if outcome not in decision.possible_as_assumed]:
        yield speaker.say("also_possible"), speaker.options(name, others)
    if decision.next_question:
        yield speaker.say("next"), speaker.question(decision.next_question)


def _pictures(advisor: Advisor, name: str, record: Record, answer: Recommendation, speaker: Speaker) -> list[Markup]:
    """The way of the case, and below it the flowchart it goes through, where people can read them.

    A value that was kept out is drawn as not known.
    """
    closed = dict.fromkeys(record.hidden, FactState(None, "unknown"))
    chart = flowchart(advisor.diagram, name, speaker, replace(answer, facts={**answer.facts, **closed}))
    way = chart.only_way()
    return [_inline(graph) for graph in ((way, chart) if way != chart else (chart,)) if fits(graph)]


def _inline(graph: Graph) -> Markup:
    """The picture as a part of a page; it is our own, and all texts in it are escaped."""
    drawn = draw(graph, "svg").decode()
    return Markup(drawn[drawn.index("<svg") :])


def _flips(advisor: Advisor, facts: CaseFacts | None, name: str, speaker: Speaker) -> dict[str, Any]:
    """The smallest changes that lead elsewhere, in sentences; or why none are told."""
    if facts is None:
        return {"flips": [], "no_flips": speaker.say("flips_hidden")}
    found = flips_or_none(advisor, facts, name)
    if found is None:
        return {"flips": [], "no_flips": speaker.say("flips_too_many")}
    said = [
        speaker.say("leads_to", changes=prose.flip(speaker, flip), option=speaker.option(name, flip.outcome))
        for flip in found.flips
    ]
    return {"flips": said, "no_flips": speaker.say("no_flip")}


def _facts(record: Record, answer: Recommendation, speaker: Speaker) -> Iterator[dict[str, str]]:
    evidence = record.data["evidence"]
    for name, state in answer.facts.items():
        if state.state != "given" and speaker.rulebook.vocabulary.by_name[name].used_for:
            continue  # no rule asked for it
        known = state.value is not None
        yield {
            "label": speaker.fact(name),
            "value": speaker.value(name, state.value) if known else "—",
            "origin": state.state,
            "origin_said": speaker.say(f"origin_{state.state}"),
            "evidence": evidence.get(name) or evidence.get(name.partition(".")[0], ""),
        }


def _step(firing: Firing, answer: Recommendation, speaker: Speaker) -> dict[str, Any]:
    in_force = firing.kind == "rule" and firing.state == "in_force"
    text = speaker.say("in_force", title=speaker.text(firing.title)) if in_force else speaker.text(firing.text)
    return {"number": firing.number, "text": text, "used": prose.rests_on(speaker, firing.used, answer.facts)}
