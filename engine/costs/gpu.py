"""Fine-tuning on rented GPUs: what a source states about a run, and hours, cost and memory by formula, as ranges."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from ..language.letters import typed
from ..language.loading.sheet import dump
from ..language.problems import Problem, Sentence, WhytuneError, did_you_mean, listing, short, together
from ..language.text import EXACT
from .money import Money, estimated, plain_digits, same_currency, significant
from .price_list import Cited, PriceList, Scope, age, cited, model_names, suggested
from .quantities import MOST_PARAMETERS, size_in
from .rows import METHODS, Compute, Gpu, Memory, Method, PriceRow, Rental, Stage, TrainingRun

BILLION, TERA, HOUR = Decimal(10) ** 9, Decimal(10) ** 12, Decimal(3600)

Fits = Literal["fits", "may_not_fit", "does_not_fit"]


class RoughRange(NamedTuple):
    """From `low` to `high` of some unit, shown to two significant digits, since no more are known."""

    low: Decimal
    high: Decimal

    def shown(self) -> str:
        low, high = estimated(self.low), estimated(self.high)
        return low if low == high else f"{low}–{high}"

    def to_dict(self) -> dict[str, str]:
        """The range in two significant digits here too: a program must not find more precision than there is."""
        return {"low": significant(self.low).replace(",", ""), "high": significant(self.high).replace(",", "")}


class Work(NamedTuple):
    """Hours and cost by the formula, and what they rest on."""

    training_tokens: int
    hours: RoughRange
    gpu_hours: RoughRange
    hourly: Money
    cost: Money
    compute: Compute
    rentals: tuple[Rental, ...]


class Need(NamedTuple):
    """GB of GPU memory needed for training, the GB there are, and whether that is enough.

    `low` is the table's figure, `high` adds what one measured run took beyond it; `measured` is False if none is known.
    `beyond_table` is true of a model smaller or larger than those of the table.
    """

    gigabytes: RoughRange
    there: Decimal
    fits: Fits
    measured: bool
    beyond_table: bool
    row: Memory


class GpuEstimate(NamedTuple):
    """What a source states for exactly this model and method (if one does), and what the formula gives."""

    model: str
    method: Method
    parameters: Decimal | None
    gpu: Gpu
    gpus: int
    day: date
    run: TrainingRun | None
    work: Work | None
    need: Need | None
    stage: Stage | None
    prices: Cited
    scope: Scope = Scope(("gpu_hours",), ("trials", "storage", "inference", "data", "evaluation", "people", "tax"))

    @property
    def rows(self) -> tuple[PriceRow | None, ...]:
        """The prices that the estimate rests on."""
        return (self.run, *(self.work.rentals if self.work else ()))

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "method": self.method,
            "billions_of_parameters": None if self.parameters is None else plain_digits(self.parameters),
            "gpu": dump(self.gpu),
            "gpus": self.gpus,
            "stated": dump(self.run) if self.run else None,
            "estimate": _work_dict(self.work) if self.work else None,
            "memory": _need_dict(self.need) if self.need else None,
            "availability": dump(self.stage) if self.stage else None,
            "as_of": self.day.isoformat(),
            **age(self.rows, self.day),
            **self.scope.to_dict(),
            "price_list": self.prices,
        }


def gpu_estimate(
    prices: PriceList,
    model: str,
    method: Method,
    day: date,
    *,
    gpu: str,
    gpus: int = 1,
    parameters: Decimal | None = None,
    tokens: int | None = None,
    provider: str | None = None,
    spelt: Callable[[str], str] = str,
) -> GpuEstimate:
    """What training costs on rented GPUs at the prices of a day.

    `parameters` (billions) are read from the model's name if not given; without `tokens` (all training tokens) there
    are no hours and no cost except those that a source states. Hints write the names of quantities as `spelt` says.
    Raises WhytuneError: unknown-model, unknown-gpu, unknown-provider, no-price, missing-quantity.
    """
    card = prices.gpu(gpu)
    run = prices.run(model, method, day)
    size = parameters or size_in(model)
    if size is not None and not 0 < size <= MOST_PARAMETERS:
        message = Sentence(
            "the size in the name `{model}` is above 0 and at most {most:,}B, not {size}B",
            model=short(model),
            most=MOST_PARAMETERS,
            size=short(plain_digits(size)),
        )
        raise WhytuneError([Problem("outside-range", message)])
    if size is None and run is None:
        raise _unknown(prices, model, spelt)
    if tokens is None and run is None:
        raise _not_stated(prices, model, method, spelt)
    work = None
    if tokens is not None and size is not None:
        work = _work(prices, card, gpus, method, size, tokens, _offers(prices, card, day, provider))
    need = _need(prices, card, gpus, method, size) if size is not None else None
    priced = work.rentals[0] if work else run
    stage = prices.stage(priced, day) if priced else None
    return GpuEstimate(model, method, size, card, gpus, day, run, work, need, stage, cited(prices))


def method_of(word: str) -> Method:
    """The method with this name; raises WhytuneError: unknown-method."""
    method_named = next((method for method in METHODS if method == word.lower()), None)
    if method_named is None:
        hint = did_you_mean(word, METHODS) or Sentence("the methods are {known}", known=", ".join(METHODS))
        raise WhytuneError(
            [Problem("unknown-method", Sentence("unknown method `{name}`", name=short(word)), None, hint)]
        )
    return method_named


def gpu_hours(compute: Compute, parameters: Decimal, tokens: int, tflops: Decimal) -> RoughRange:
    """k * parameters * tokens / (FLOPS * utilisation), in GPU-hours; `parameters` in billions.

    The formula is that of Kaplan et al. 2020 (k = 6 for full training); k and the utilisation of each method are
    assumptions with sources of their own, and so the result is a range.
    """
    operations = EXACT.multiply(EXACT.multiply(parameters, BILLION), Decimal(tokens))
    peak = EXACT.multiply(EXACT.multiply(tflops, TERA), HOUR)

    def hours(k: Decimal, utilisation: Decimal) -> Decimal:
        return EXACT.divide(EXACT.multiply(k, operations), EXACT.multiply(peak, utilisation))

    least = hours(compute.operations.low, compute.utilisation.high)
    return RoughRange(least, hours(compute.operations.high, compute.utilisation.low))


def gigabytes(row: Memory, parameters: Decimal) -> RoughRange:
    """The GPU memory that a model of so many billion parameters needs.

    The low end scales the table's neighbours in size; the high end adds what the measured run took beyond the table.
    """
    rates = [EXACT.divide(size.gigabytes, size.parameters) for size in _neighbours(row, parameters)]
    more = Decimal(0)
    if row.measured:
        at_size = [EXACT.divide(size.gigabytes, size.parameters) for size in _neighbours(row, row.measured.parameters)]
        more = EXACT.subtract(row.measured.gigabytes, EXACT.multiply(min(at_size), row.measured.parameters))
    low, high = (EXACT.multiply(rate, parameters) for rate in (min(rates), max(rates)))
    return RoughRange(low, EXACT.add(high, max(more, Decimal(0))))


def _work(
    prices: PriceList, gpu: Gpu, gpus: int, method: Method, size: Decimal, tokens: int, offers: tuple[Rental, ...]
) -> Work:
    compute = _of_method(prices.compute, method, "compute")
    total = gpu_hours(compute, size, tokens, gpu.tflops)
    currency = same_currency(offer.currency for offer in offers)
    hourly = Money(min(offer.price.low for offer in offers), max(offer.price.high for offer in offers), currency)
    cost = Money(EXACT.multiply(total.low, hourly.low), EXACT.multiply(total.high, hourly.high), currency)
    hours = RoughRange(EXACT.divide(total.low, Decimal(gpus)), EXACT.divide(total.high, Decimal(gpus)))
    return Work(tokens, hours, total, hourly, cost, compute, offers)


def _need(prices: PriceList, gpu: Gpu, gpus: int, method: Method, size: Decimal) -> Need:
    row = _of_method(prices.memory, method, "memory")
    needed = gigabytes(row, size)
    there = EXACT.multiply(gpu.memory, Decimal(gpus))
    fits: Fits = "does_not_fit" if needed.low > there else "fits" if needed.high <= there else "may_not_fit"
    beyond = not row.sizes[0].parameters <= size <= row.sizes[-1].parameters
    return Need(needed, there, fits, row.measured is not None, beyond, row)


def _neighbours(row: Memory, parameters: Decimal) -> list[Any]:
    """The sizes in the table on both sides of this one; for a size beyond the table, the one at its end."""
    below = [size for size in row.sizes if size.parameters <= parameters][-1:]
    above = [size for size in row.sizes if size.parameters >= parameters][:1]
    return [*below, *above]


def _of_method(rows: tuple[Any, ...], method: Method, kind: str) -> Any:
    of_method = next((row for row in rows if row.method == method), None)
    if of_method is None:
        message = Sentence("the price list says nothing about {method} under `{kind}`", method=method, kind=kind)
        hint = Sentence("add a row with `method: {method}` under `{kind}:`", method=method, kind=kind)
        raise WhytuneError([Problem("no-price", message, None, hint)])
    return of_method


def _offers(prices: PriceList, gpu: Gpu, day: date, provider: str | None) -> tuple[Rental, ...]:
    offers = prices.rented(gpu, day)
    if provider is None:
        return offers
    of_provider = tuple(offer for offer in offers if offer.provider.lower() == typed(provider).lower())
    if not of_provider:
        providers = [offer.provider for offer in offers]
        hint = did_you_mean(provider, providers) or Sentence(
            "on {day} it has {known}", day=day, known=listing(providers)
        )
        message = Sentence("no price for `{gpu}` at `{provider}`", gpu=gpu.gpu, provider=short(provider))
        raise WhytuneError([Problem("unknown-provider", message, None, hint)])
    return of_provider


def _not_stated(prices: PriceList, model: str, method: Method, spelt: Callable[[str], str]) -> WhytuneError:
    stated = listing(f"{run.model} with {run.method}" for run in prices.runs) or Sentence("none")
    message = Sentence(
        "no run of `{model}` with {method} is stated, and the formula needs training tokens",
        model=short(model),
        method=method,
    )
    names = together(f"`{spelt(name)}`" for name in ("examples", "tokens"))
    hint = Sentence("give {names}; the price list states {known}", names=names, known=stated)
    return WhytuneError([Problem("missing-quantity", message, None, hint)])


def _unknown(prices: PriceList, model: str, spelt: Callable[[str], str]) -> WhytuneError:
    names = [name for run in prices.runs for name in model_names(run)]
    listed = Sentence(
        "the price list states runs of {known}; for any other model give `{size}` in billions, such as 8B",
        size=spelt("parameters"),
        known=listing(names) or Sentence("none"),
    )
    message = Sentence("the model `{model}` is not in the price list, and its name says no size", model=short(model))
    return WhytuneError([Problem("unknown-model", message, None, suggested(model, names, listed))])


def _work_dict(work: Work) -> dict[str, Any]:
    return {
        "training_tokens": work.training_tokens,
        "hours": work.hours.to_dict(),
        "gpu_hours": work.gpu_hours.to_dict(),
        "price_per_gpu_hour": work.hourly.to_dict(),
        "cost": {**RoughRange(work.cost.low, work.cost.high).to_dict(), "currency": work.cost.currency},
        "assumptions": dump(work.compute),
        "prices": [dump(rental) for rental in work.rentals],
    }


def _need_dict(need: Need) -> dict[str, Any]:
    return {
        "gigabytes": need.gigabytes.to_dict(),
        "gigabytes_there": plain_digits(need.there),
        "fits": need.fits,
        "beyond_table": need.beyond_table,
        "assumptions": dump(need.row),
    }
