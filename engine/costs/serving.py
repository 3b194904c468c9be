"""What answering costs per month: with a long prompt, with retrieval, and with a tuned model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ..language.loading.sheet import dump
from ..language.problems import Problem, Sentence, WhytuneError
from ..language.text import EXACT
from .money import Money, same_currency
from .price_list import Cited, PriceList, Scope, age, cited
from .rows import Hosting, PriceRow, Serving, Stage, Store, Tuning
from .tuning import MILLION

ServingShape = Literal["prompt", "in_context", "rag", "fine_tune", "rag_and_fine_tune"]
SHAPES: tuple[ServingShape, ...] = ("prompt", "in_context", "rag", "fine_tune", "rag_and_fine_tune")
TUNED: tuple[ServingShape, ...] = ("fine_tune", "rag_and_fine_tune")
"""The ways of answering that need a model trained first."""
HOURS_A_MONTH = 720
"""The hours of 30 days; what is billed by the hour is billed for each of them."""


class MonthlyCalls(NamedTuple):
    """Calls per month, and tokens of the average answer."""

    calls: int
    output_tokens: int


class Prompt(NamedTuple):
    """Tokens of the average prompt, including everything sent with it, and the share billed as cached."""

    tokens: int
    cached_share: Decimal = Decimal(0)


class Served(NamedTuple):
    """One way of answering: what a call and a month cost. `row` is None for a self-hosted model."""

    shape: ServingShape
    model: str
    prompt: Prompt
    traffic: MonthlyCalls
    row: Serving | Tuning | None
    stage: Stage | None
    call: Money
    standing: Money
    month: Money
    standing_row: Hosting | Store | None

    @property
    def rows(self) -> tuple[PriceRow | None, ...]:
        """The prices that it rests on."""
        return (self.row, self.standing_row)

    @property
    def is_tuned(self) -> bool:
        return self.shape in TUNED

    @property
    def beyond(self) -> int | None:
        """The context window that prompt and answer together exceed; None if they fit, or nothing is known of it."""
        window = self.row.context if isinstance(self.row, Serving) else None
        return window if window and self.prompt.tokens + self.traffic.output_tokens > window else None

    @property
    def month_of_calls(self) -> Money:
        """What the calls of a month cost, without what stands whatever their number."""
        return self.call.times(self.traffic.calls)

    def standing_beyond(self, other: Served) -> Money:
        """How much more stands than with the other; what both share, such as one vector store, has no part in it."""
        if self.standing_row is not None and self.standing_row == other.standing_row:
            return Money.none(self.standing.currency)
        return self.standing - other.standing

    def to_dict(self) -> dict[str, Any]:
        return {
            "approach": self.shape,
            "model": self.model,
            "prompt_tokens": self.prompt.tokens,
            "cached_share": f"{self.prompt.cached_share:f}",
            "per_call": self.call.to_dict(),
            "standing_per_month": self.standing.to_dict(),
            "per_month": self.month.to_dict(),
            "price": dump(self.row) if self.row else None,
            "standing_price": dump(self.standing_row) if self.standing_row else None,
            "availability": dump(self.stage) if self.stage else None,
        }


class ServingEstimate(NamedTuple):
    """The ways asked for, with the same traffic and at the prices of one day; `same_model` as `untuned_too` has it."""

    traffic: MonthlyCalls
    ways: tuple[Served, ...]
    day: date
    prices: Cited
    same_model: tuple[Served, ...] = ()
    scope: Scope = Scope(("input", "output", "standing"), ("training", "data", "index", "people", "tax", "batch"))

    @property
    def rows(self) -> tuple[PriceRow | None, ...]:
        """The prices that it rests on."""
        return tuple(row for way in (*self.ways, *self.same_model) for row in way.rows)

    def to_dict(self) -> dict[str, Any]:
        return {
            "calls_per_month": self.traffic.calls,
            "output_tokens": self.traffic.output_tokens,
            "approaches": [way.to_dict() for way in self.ways],
            "same_model": [way.to_dict() for way in self.same_model],
            "as_of": self.day.isoformat(),
            **age(self.rows, self.day),
            **self.scope.to_dict(),
            "price_list": self.prices,
        }


def serving_estimate(prices: PriceList, day: date, traffic: MonthlyCalls, ways: tuple[Served, ...]) -> ServingEstimate:
    """These ways side by side; raises WhytuneError: mixed-currency."""
    same_model = untuned_too(ways, prices, day)
    same_currency(way.month.currency for way in (*ways, *same_model))
    return ServingEstimate(traffic, ways, day, cited(prices), same_model)


def from_cache(way: Served, tokens: int) -> Money | None:
    """What a month costs where each call finds so many tokens of its prompt in the cache; None if it has no price.

    Writing to the cache is not counted: it happens once in a while, reading at each call.
    """
    row = way.row
    if row is None or row.input is None or row.cached_input is None:
        return None
    saving = EXACT.divide(EXACT.multiply(Decimal(tokens), EXACT.subtract(row.input, row.cached_input)), MILLION)
    return way.month - Money.exact(saving, row.currency).times(way.traffic.calls)


def untuned_too(ways: Iterable[Served], prices: PriceList, day: date) -> tuple[Served, ...]:
    """The ways that prompt another model than the one that is tuned, with that very model as it is.

    They say what tuning alone changes. Those for which the list has no price in the same currency are left out, and
    those that the model cannot read at once.
    """
    tuned = next((way.model for way in ways if way.is_tuned), None)
    others = (way for way in ways if not way.is_tuned and way.model != tuned)
    return tuple(again for way in others if tuned and (again := _untuned(way, tuned, prices, day)) and not again.beyond)


def _untuned(way: Served, model: str, prices: PriceList, day: date) -> Served | None:
    row = prices.untuned(model, day)
    if row is None or row.currency != way.call.currency or (way.prompt.cached_share and row.cached_input is None):
        return None
    call, standing = per_call(row, way.prompt, way.traffic.output_tokens), way.standing_row or way.standing
    return _served(way.shape, row.model, way.prompt, row, prices.stage(row, day), call, standing, way.traffic)


def with_prompt(
    prices: PriceList,
    model: str,
    day: date,
    prompt: Prompt,
    traffic: MonthlyCalls,
    shape: Literal["prompt", "in_context"] = "prompt",
) -> Served:
    """Answering with the model as it is, and all instructions, or the whole text as well, in the prompt.

    Raises WhytuneError: unknown-model, no-price.
    """
    return _plain_model(shape, prices, model, day, prompt, traffic, None)


def with_retrieval(
    prices: PriceList, model: str, day: date, prompt: Prompt, traffic: MonthlyCalls, store: Money | None = None
) -> Served:
    """Answering with the model as it is and passages in the prompt; a vector store costs `store`, or as listed.

    Raises WhytuneError: unknown-model, no-price, mixed-currency.
    """
    return _plain_model("rag", prices, model, day, prompt, traffic, store or _typical_store(prices, day))


def with_tuned(
    prices: PriceList,
    model: str,
    day: date,
    prompt: Prompt,
    traffic: MonthlyCalls,
    hosting: Money | Hosting | None = None,
    *,
    way_out: Sentence | None = None,
) -> Served:
    """Answering with the tuned model, at its provider's price for tokens and with a monthly hosting amount, if any.

    `way_out` is the hint for a model that the price list has no such price for.
    Raises WhytuneError: unknown-model, no-price, mixed-currency.
    """
    return _tuned_model("fine_tune", prices, model, day, prompt, traffic, hosting, way_out)


def with_both(
    prices: PriceList, model: str, day: date, prompt: Prompt, traffic: MonthlyCalls, *, way_out: Sentence | None = None
) -> Served:
    """Answering with the tuned model and passages in its prompt, with a vector store as listed.

    `way_out` is the hint for a model that the price list has no such price for.
    Raises WhytuneError: unknown-model, no-price, mixed-currency.
    """
    store = _typical_store(prices, day)
    return _tuned_model("rag_and_fine_tune", prices, model, day, prompt, traffic, store, way_out)


def _tuned_model(
    shape: ServingShape,
    prices: PriceList,
    model: str,
    day: date,
    prompt: Prompt,
    traffic: MonthlyCalls,
    standing: Money | Hosting | Store | None,
    way_out: Sentence | None = None,
) -> Served:
    row = prices.tuned(model, day)
    if row.input is None or row.output is None:
        message = Sentence("the price list does not say what serving the tuned `{model}` costs", model=row.model)
        raise WhytuneError([Problem("no-price", message, None, way_out)])
    call = per_call(row, prompt, traffic.output_tokens)
    return _served(shape, row.model, prompt, row, prices.stage(row, day), call, standing, traffic)


def self_hosted(model: str, prompt: Prompt, traffic: MonthlyCalls, hosting: Money | Hosting) -> Served:
    """Answering with a tuned model on one's own machines, whose price per month is all it costs."""
    call = Money.none(hosting.currency)
    return _served("fine_tune", model, prompt, None, None, call, hosting, traffic)


def per_call(row: Serving | Tuning, prompt: Prompt, output_tokens: int) -> Money:
    """(prompt - cached) * input + cached * cached input + output * output price, each price per million tokens.

    Raises WhytuneError: no-price, if a share is cached and the list has no price for that.
    """
    assert row.input is not None
    assert row.output is not None
    cached = EXACT.multiply(Decimal(prompt.tokens), prompt.cached_share)
    if cached and row.cached_input is None:
        hint = Sentence("leave the cached share at 0, or add `cached_input:` to a price list of your own")
        message = Sentence("the price list has no price for cached tokens of `{model}`", model=row.model)
        raise WhytuneError([Problem("no-price", message, None, hint)])
    fresh = EXACT.multiply(EXACT.subtract(Decimal(prompt.tokens), cached), row.input)
    kept = EXACT.multiply(cached, row.cached_input or Decimal(0))
    answered = EXACT.multiply(Decimal(output_tokens), row.output)
    return Money.exact(EXACT.divide(EXACT.add(EXACT.add(fresh, kept), answered), MILLION), row.currency)


def a_month_of(hosting: Hosting) -> Money:
    """What keeping a tuned model ready costs per month."""
    return Money.exact(hosting.price, hosting.currency).times(HOURS_A_MONTH if hosting.unit == "hour" else 1)


def _plain_model(
    shape: ServingShape,
    prices: PriceList,
    model: str,
    day: date,
    prompt: Prompt,
    traffic: MonthlyCalls,
    standing: Money | Store | None,
) -> Served:
    row = prices.served(model, day)
    call = per_call(row, prompt, traffic.output_tokens)
    return _served(shape, row.model, prompt, row, prices.stage(row, day), call, standing, traffic)


def _served(
    shape: ServingShape,
    model: str,
    prompt: Prompt,
    row: Serving | Tuning | None,
    stage: Stage | None,
    call: Money,
    standing: Money | Hosting | Store | None,
    traffic: MonthlyCalls,
) -> Served:
    amount = _amount(standing, call.currency)
    month = call.times(traffic.calls) + amount
    listed = standing if isinstance(standing, PriceRow) else None
    return Served(shape, model, prompt, traffic, row, stage, call, amount, month, listed)


def _amount(standing: Money | Hosting | Store | None, currency: str) -> Money:
    match standing:
        case Hosting():
            return a_month_of(standing)
        case Store():
            return Money(standing.price.low, standing.price.high, standing.currency)
        case None:
            return Money.none(currency)
    return standing


def _typical_store(prices: PriceList, day: date) -> Store | None:
    """The newest vector store in the list that applies on that day, if it has one."""
    holding = [row for row in prices.store if row.valid.holds_on(day)]
    return max(holding, key=lambda row: row.valid.first, default=None)
