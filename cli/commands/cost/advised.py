"""The costs of an advice and its nearest rival, in words; or which facts the estimate lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from whytune.engine.costs.advice import AdviceCosts, OptionCost, advice_costs
from whytune.engine.costs.reading import load_prices
from whytune.engine.costs.rows import Stage
from whytune.engine.language.case import CaseFacts
from whytune.engine.words.speaker import Speaker

from ...layout import heading, wrap
from ...options import latest_day
from .report import Report
from .spoken import call_of, computed, headline, rates, standing_price


def advised(
    speaker: Speaker,
    facts: CaseFacts,
    decision: str,
    options: tuple[str, ...],
    prices: str,
    model: str | None,
    day: date,
) -> tuple[AdviceCosts, list[str]]:
    """The estimate for these options by the prices in this place; raises WhytuneError."""
    known = load_prices(prices, latest_day(day))
    answer = advice_costs(speaker.rulebook, facts, decision, options, known, day, model)
    language = speaker.language if speaker.language in known.identity.languages else known.identity.languages[0]
    return answer, list(_lines(answer, speaker, Report(known, day, language)))


def _lines(answer: AdviceCosts, speaker: Speaker, report: Report) -> Iterator[str]:
    yield heading(report.say("costs_title", model=answer.model))
    yield from report.age(answer.rows)
    if not answer.options:
        yield wrap(report.say("costs_open"), 2)
    said: dict[str, list[str]] = {}
    for cost in answer.options:
        said.setdefault(_cost(cost, speaker, report), []).append(speaker.option(answer.decision, cost.option))
    for text, options in said.items():
        yield wrap(speaker.pair(speaker.listed(options), text), 2)
    if answer.pays_back:
        yield wrap(headline(answer.pays_back, report), 2)
    if not any(cost.training or cost.served for cost in answer.options):
        return
    stages = {id(stage): stage for cost in answer.options for stage in _stages(cost) if stage}
    for stage in stages.values():
        yield from report.warning(stage)
    yield from report.rows(_grounds(answer, report))
    if any(cost.training for cost in answer.options):
        yield click.style(wrap(report.say("costs_gpus"), 2), dim=True)


def _cost(cost: OptionCost, speaker: Speaker, report: Report) -> str:
    """What it costs once and a month, and what is missing for the rest."""
    if cost.shape is None:
        return report.say("costs_shapeless")
    said = []
    if cost.training:
        said.append(report.say("costs_training", cost=cost.training.cost.shown()))
    if cost.served:
        said.append(report.say("costs_serving", cost=cost.served.month.shown()))
    if cost.missing:
        known = speaker.rulebook.vocabulary.by_name
        names = (
            speaker.say("within", value=speaker.fact(name), bounds=name) if name in known else name
            for name in dict.fromkeys(cost.missing)
        )
        said.append(report.say("costs_missing", facts=speaker.listed(names)))
    return report.say("semicolon").join(said)


def _stages(cost: OptionCost) -> tuple[Stage | None, ...]:
    return (cost.training.stage if cost.training else None, cost.served.stage if cost.served else None)


def _grounds(answer: AdviceCosts, report: Report) -> Iterator[tuple[str, str]]:
    """How the amounts come about, what was assumed, and the prices."""
    for cost in answer.options:
        if cost.training:
            yield report.say("training"), computed(cost.training, report)
        if cost.served:
            yield report.say(f"way_{cost.served.shape}"), call_of(cost.served, report)
    for name in answer.assumed:
        yield report.say("assumed_of"), report.say(f"costs_{name}")
    for cost in answer.options:
        if cost.served and cost.served.row:
            row = cost.served.row
            name = report.say("of_provider", model=row.model, provider=row.provider)
            yield from report.price(f"{name}{report.say('semicolon')}{rates(cost.served, report)}", row)
        elif cost.training:
            row = cost.training.row
            yield from report.price(report.say("of_provider", model=row.model, provider=row.provider), row)
        if cost.served:
            yield from standing_price(cost.served, report)
    currency = next(
        amount.currency
        for cost in answer.options
        for amount in (cost.training.cost if cost.training else None, cost.served.month if cost.served else None)
        if amount
    )
    exact = all(cost.served.month.is_exact for cost in answer.options if cost.served)
    yield from report.closing(currency, answer.scope, "rounded" if exact else "whole")
