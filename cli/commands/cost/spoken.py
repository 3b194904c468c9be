"""How a cost comes about, in words: training, a call, what stands, and when tuning pays back."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.costs.break_even import BreakEven, shown_months
from whytune.engine.costs.money import Money
from whytune.engine.costs.quantities import MOST_MONTHS
from whytune.engine.costs.rows import Hosting
from whytune.engine.costs.serving import HOURS_A_MONTH, Prompt, Served
from whytune.engine.costs.tuning import TuningEstimate

from .report import Report


def computed(estimate: TuningEstimate, report: Report) -> str:
    """How the cost comes about: tokens or hours, and the price of each."""
    price = Money.exact(estimate.row.training, estimate.row.currency).shown_rate()
    if estimate.hours is not None:
        return report.say("by_hours", hours=f"{estimate.hours:,f}", price=price)
    return report.say(
        "by_tokens",
        examples=f"{estimate.data.examples:,}",
        tokens=f"{estimate.data.tokens:,}",
        epochs=f"{estimate.data.epochs:,}",
        total=f"{estimate.data.training_tokens:,}",
        price=price,
    )


def call_of(way: Served, report: Report) -> str:
    """What a call costs, and its prompt."""
    return report.say("call_of", cost=way.call.shown_rate(), prompt=_prompt(way.prompt, report))


def _prompt(prompt: Prompt, report: Report) -> str:
    tokens = f"{prompt.tokens:,}"
    if prompt.cached_share:
        return report.say("prompt_cached", tokens=tokens, share=f"{(prompt.cached_share * 100).normalize():f}")
    return report.say("prompt_of", tokens=tokens)


def rates(way: Served, report: Report) -> str:
    """The prices of a million tokens that were used."""
    row = way.row
    if row is None or row.input is None or row.output is None:
        return ""
    priced = {"input": row.input, "output": row.output}
    if way.prompt.cached_share and row.cached_input is not None:
        priced["cached"] = row.cached_input
    shown = {name: Money.exact(price, row.currency).shown_rate() for name, price in priced.items()}
    return report.say("rates_cached" if "cached" in shown else "rates", **shown)


def standing_price(way: Served, report: Report) -> Iterator[tuple[str, str]]:
    """Where the amount comes from that stands whatever the traffic, if it is from the price list."""
    row = way.standing_row
    if row is None:
        return
    name = report.say(f"standing_{way.shape}")
    if isinstance(row, Hosting):
        name = report.say("of_provider", model=name, provider=row.provider)
        if row.unit == "hour":
            price = Money.exact(row.price, row.currency).shown_rate()
            name = report.say("by_the_hour", what=name, hours=str(HOURS_A_MONTH), price=price)
    yield from report.price(name, row)


def headline(answer: BreakEven, report: Report) -> str:
    """After how many calls and months it pays back, and who can still buy it; or that it never does, and why."""
    if answer.point.calls is None or answer.point.months is None:
        return _never(answer, report)
    said, stage = _pays_back(answer, report), answer.tuned.stage
    return said if stage is None or stage.state == "open" else report.say(f"but_{stage.state}", said=said)


def _pays_back(answer: BreakEven, report: Report) -> str:
    calls, taken = answer.point.calls or 0, answer.point.months or 0
    if calls == 0:
        return report.say("pays_back_at_once")
    if taken > MOST_MONTHS:
        return report.say("pays_back_late", calls=f"{calls:,}", years=str(MOST_MONTHS // 12))
    return report.say("pays_back", calls=f"{calls:,}", months=months(answer))


def _never(answer: BreakEven, report: Report) -> str:
    point = answer.point
    if point.reason == "no_saving":
        more = answer.tuned.call - answer.base.call
        return report.say("never_no_saving", saving=more.shown_rate()) if more.low else report.say("never_equal")
    needed = f"{(point.calls_needed or 1) - 1:,}"
    saved = answer.saving.times(answer.traffic.calls).shown()
    return report.say("never_standing", needed=needed, saved=saved, monthly=answer.monthly.shown())


def months(answer: BreakEven) -> str:
    return "" if answer.point.months is None else f"{shown_months(answer.point.months):,f}"
