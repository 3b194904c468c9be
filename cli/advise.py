"""`whytune advise`: the facts of a task in, the recommendation and its trace out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain
from typing import Any

import click

from whytune.engine import Advisor, Recommendation
from whytune.engine.loading import BESIDE, folder_of
from whytune.engine.phrases import shown_digest
from whytune.engine.problems import visible
from whytune.engine.recommendation import DecisionOutcome, Firing
from whytune.engine.speaker import Speaker
from whytune.engine.vocabulary import Source

from .layout import heading, table, wrap
from .options import (
    CASES_DAY,
    Asked,
    as_of_option,
    asked_about,
    case_options,
    format_option,
    keeping,
    language_option,
    record_options,
    rulebook_option,
    shown,
    today_or,
)


@click.command()
@case_options
@rulebook_option
@as_of_option(default=CASES_DAY)
@language_option
@format_option
@record_options
@click.option(
    "--graph", metavar="FILE", help="Also draw the way of the case: FILE.svg, .png, .pdf, .dot, .mmd or .txt."
)
@click.option("--compare", is_flag=True, help="Also set the advice beside its nearest rival.")
@click.option("--costs", is_flag=True, help="Also estimate what the advice and its nearest rival would cost.")
@click.option("--model", metavar="NAME", help="For --costs: the model; by default the price list's reference.")
@click.option("--prices", metavar="NAME|PATH", help="For --costs: the price list; by default the rulebook's own.")
def advise(
    case: str | None,
    settings: tuple[str, ...],
    rulebook: str,
    as_of: date | None,
    language: str | None,
    format_: str,
    graph: str | None,
    compare: bool,
    costs: bool,
    model: str | None,
    prices: str | None,
    **recording: Any,
) -> None:
    """Advise on one task, and show why.

    CASE is a YAML or JSON file of facts (`whytune facts` lists them), or `-` for standard input. What is not given
    is assumed where the rulebook says what to assume, and otherwise not known.

    \b
    Examples:
      whytune advise rules/guide/cases/json_invoices.yaml
      whytune advise --set prompt_enough=no --set external_knowledge=yes
      whytune advise case.yaml --set examples=20000 --format json
      whytune advise case.yaml --graph way.svg
      whytune advise case.yaml --costs --model gpt-4o-mini
      whytune advise case.yaml --record advice.ledger --by "Ada Lovelace" --evidence examples=TICKET-12
    """
    if (model or prices) and not costs:
        raise click.UsageError("--model and --prices go with --costs")
    asked = asked_about(case, settings, rulebook, as_of, language)
    advisor, speaker = asked.advisor, asked.speaker
    keep = keeping(speaker, rulebook, asked.case.title, recording)
    recommendation = advisor.recommend(asked.facts)
    more = _more(asked, recommendation, rulebook, compare, (prices, model) if costs else None)
    text = shown(
        format_,
        lambda: recommendation.to_dict() | {name: part for data, _ in more for name, part in data.items()},
        chain(lines(recommendation, speaker), *(said for _, said in more)),
    )
    drawn = _draw(advisor, speaker, recommendation, graph, [case, recording["ledger"], rulebook]) if graph else None
    keep(recommendation)  # now that nothing else can fail: who gets no answer leaves no record
    if drawn:
        click.echo(drawn, err=True)
    click.echo(text)


def _more(
    asked: Asked, answer: Recommendation, rulebook: str, compare: bool, costs: tuple[str | None, str | None] | None
) -> Sequence[tuple[dict[str, Any], Iterable[str]]]:
    """What is added to the answer, as data and lines; the costs by this price list, of this model."""
    if not (compare or costs):
        return [({}, _offer(asked.speaker, rulebook))]
    from .beside import Beside  # comparing and counting are for those who ask for them

    beside = Beside(asked.advisor, asked.facts, answer, asked.speaker, rulebook)
    more = [beside.comparison()] if compare else []
    return [*more, beside.costs(*costs, today_or(asked.advisor.as_of))] if costs else more


def _offer(speaker: Speaker, rulebook: str) -> Iterator[str]:
    """How to ask for more, where the rulebook has it."""
    folder = folder_of(rulebook)
    if folder and all((folder / name).is_file() for name in BESIDE):
        yield click.style(wrap(speaker.say("compare_offer")), dim=True)


def _draw(
    advisor: Advisor, speaker: Speaker, recommendation: Recommendation, file: str, reads: Collection[str | None]
) -> str:
    """Writes the picture; where it is, in words."""
    from .picture import compose, format_of, write  # pictures are for those who ask for them

    format_ = format_of(None, file)
    write(compose(advisor, speaker, answer=recommendation), format_, file, speaker.language, reads)
    return speaker.say("drawn", file=visible(file))


def lines(recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    """The recommendation in prose: the advice, why, what was ruled out, what it rests on, and the trace."""
    for name, decision in recommendation.decisions.items():
        if len(recommendation.decisions) > 1:
            yield heading(speaker.subject(name))
        yield from _answer(name, decision, recommendation, speaker)
    yield from _facts(recommendation, speaker)
    yield heading(speaker.say("trace"))
    margin = len(str(len(recommendation.trace))) + 4
    for firing in recommendation.trace:
        yield from step(firing, speaker, margin)
    rulebook = recommendation.rulebook
    identity = f"{rulebook.name} {rulebook.version}, SHA-256 {shown_digest(rulebook.digest)}"
    dated = speaker.say("rules_on", day=str(recommendation.as_of)) if recommendation.as_of else ""
    yield "\n" + click.style(
        speaker.pair(speaker.say("rulebook"), speaker.say("semicolon").join(filter(None, (identity, dated)))), dim=True
    )


def _answer(name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    advice = speaker.outcome(name, decision)
    status = decision.status
    if status == "settled" and all(
        recommendation.facts[fact.fact].state in ("given", "not_applicable")
        for fact in speaker.rulebook.vocabulary.facts
        if not fact.used_for
    ):
        status_said = speaker.say("settled_full")
    else:
        status_said = speaker.say(status)
    colour = {"settled": "green", "provisional": "yellow", "open": "cyan"}[status]
    yield click.style(speaker.pair(speaker.say("advice"), advice), bold=True, fg=colour)
    yield speaker.pair(speaker.say("status"), status_said)
    yield from _reasons(name, decision, recommendation, speaker)
    yield from _ruled_out(name, decision, speaker)
    yield from _outlook(name, decision, speaker)


def _reasons(name: str, decision: DecisionOutcome, recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
    deciding = set(decision.decided_by)
    fired = [
        firing
        for firing in recommendation.trace
        if (firing.kind == "rule" and firing.name in deciding)
        or (firing.kind == "decision" and firing.policy in deciding)
    ]
    if fired:
        yield heading(speaker.say("why"))
    for firing in fired:
        yield wrap(speaker.text(firing.text), 4, "  -")
        yield from _source(firing, speaker, 4)


def _ruled_out(name: str, decision: DecisionOutcome, speaker: Speaker) -> Iterator[str]:
    """Options that were proposed and are ruled out, or whose kinds were, each with the rules against it."""
    rulebook = speaker.rulebook
    out = {
        option: outcome
        for option, outcome in decision.options.items()
        if outcome.state == "ruled_out" and outcome.speaks_for
    }
    if not out:
        return
    yield heading(speaker.say("ruled_out_by"))
    for option, outcome in out.items():
        titles = speaker.listed(speaker.say("quoted", text=speaker.rule(rule)) for rule in outcome.speaks_for)
        yield wrap(speaker.say("proposed_and_out", label=speaker.option(name, option), rules=titles), 2)
        for rule in outcome.speaks_against:
            yield wrap(speaker.text(rulebook.rule[rule].because), 4, "  -")
            yield _cited(rule, rulebook.rule[rule].source, speaker, 4)


def _outlook(name: str, decision: DecisionOutcome, speaker: Speaker) -> Iterator[str]:
    if decision.status == "open":
        yield heading(speaker.say("possible"))
        yield wrap(speaker.options(name, decision.possible_as_assumed), 2)
    others = [outcome for outcome in decision.possible if outcome not in decision.possible_as_assumed]
    if others:
        yield heading(speaker.say("also_possible"))
        yield wrap(speaker.options(name, others), 2)
    if decision.next_question:
        yield heading(speaker.say("next"))
        yield wrap(f"{speaker.question(decision.next_question)}  (--set {decision.next_question}=…)", 2)


def _facts(recommendation: Recommendation, speaker: Speaker) -> Iterator[str]:
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
            yield heading(speaker.say(title))
            yield from table(rows)


def step(firing: Firing, speaker: Speaker, margin: int) -> Iterator[str]:
    """One step of the trace, numbered, with its reason and source if it is a rule in force."""
    number = f"{firing.number}.".rjust(margin - 1)
    used = speaker.used(firing.used)
    if firing.kind != "rule" or firing.state != "in_force":
        yield wrap(speaker.text(firing.text) + (f"  [{used}]" if used else ""), margin, number)
        return
    yield wrap(speaker.say("in_force", title=speaker.text(firing.title)) + f"  [{used}]", margin, number)
    yield wrap(speaker.text(firing.text), margin)
    yield from _source(firing, speaker, margin)


def _source(firing: Firing, speaker: Speaker, indent: int) -> Iterator[str]:
    if firing.source is not None:
        yield _cited(firing.name if firing.kind == "rule" else firing.policy, firing.source, speaker, indent)


def _cited(rule: str | None, source: Source, speaker: Speaker, indent: int) -> str:
    """The rule or policy by its id, and where it comes from."""
    by = speaker.say("by_rule", rule=rule) if rule else ""
    said = speaker.pair(speaker.say("source"), speaker.source(source))
    return click.style(wrap(speaker.say("semicolon").join(filter(None, (by, said))), indent), dim=True)
