"""When tuning pays for itself: what it costs at first and every month, against what every call saves."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, Literal, NamedTuple

from ..language.text import EXACT
from .money import Money
from .price_list import Cited, PriceList, Scope, age, cited
from .rows import PriceRow
from .serving import MonthlyCalls, Served, untuned_too
from .tuning import TuningEstimate

Reason = Literal["no_saving", "standing"]


class Spent(NamedTuple):
    """What tuning costs besides its calls.

    `training` and `data` are paid once before the start; `refresh` (data) and the training again every `every` months.
    """

    training: Money
    data: Money
    refresh: Money
    every: int | None = None

    @property
    def first(self) -> Money:
        return self.training + self.data

    @property
    def retraining(self) -> Money:
        """A month's share of training again, spread evenly: never less than has been billed so far."""
        if self.every is None:
            return Money.none(self.training.currency)
        return (self.training + self.refresh).divided(self.every)


class Point(NamedTuple):
    """Where the costs meet: calls (a whole number) and months until then; or why they never do.

    `calls_needed` is the fewest calls a month with which they would ever meet; None if no number would do.
    """

    calls: int | None
    months: Decimal | None
    reason: Reason | None
    calls_needed: int | None


class BreakEven(NamedTuple):
    """The base (a long prompt or retrieval) and the tuned model, what tuning costs, and where the two meet.

    `same_model` is the base with the model that is tuned, as `untuned_too` has it.
    """

    base: Served
    tuned: Served
    spent: Spent
    traffic: MonthlyCalls
    point: Point
    training: TuningEstimate | None
    day: date
    prices: Cited
    same_model: tuple[Served, ...] = ()
    scope: Scope = Scope(
        ("input", "output", "standing", "training", "data_given", "retraining"),
        ("evaluation", "people", "tax", "batch"),
    )

    @property
    def saving(self) -> Money:
        """How much less a call costs with the tuned model; below zero if it costs more."""
        return self.base.call - self.tuned.call

    @property
    def monthly(self) -> Money:
        """How much more tuning costs a month, used or not: hosting and retraining, less the base's standing costs."""
        return self.tuned.standing_beyond(self.base) + self.spent.retraining

    @property
    def rows(self) -> tuple[PriceRow | None, ...]:
        """The prices that the comparison rests on."""
        ways = (self.base, self.tuned, *self.same_model)
        return (*(row for way in ways for row in way.rows), *(self.training.rows if self.training else ()))

    def to_dict(self) -> dict[str, Any]:
        return {
            "calls": self.point.calls,
            "months": None if self.point.months is None else f"{shown_months(self.point.months):f}",
            "never_because": self.point.reason,
            "calls_per_month_needed": self.point.calls_needed,
            "calls_per_month": self.traffic.calls,
            "output_tokens": self.traffic.output_tokens,
            "base": self.base.to_dict(),
            "tuned": self.tuned.to_dict(),
            "same_model": [way.to_dict() for way in self.same_model],
            "saving_per_call": self.saving.to_dict(),
            "first": self.spent.first.to_dict(),
            "training": self.spent.training.to_dict(),
            "data": self.spent.data.to_dict(),
            "retraining_per_month": self.spent.retraining.to_dict(),
            "retrain_every_months": self.spent.every,
            "training_estimate": self.training.to_dict() if self.training else None,
            "as_of": self.day.isoformat(),
            **age(self.rows, self.day),
            **self.scope.to_dict(),
            "price_list": self.prices,
        }


def break_even(
    base: Served,
    tuned: Served,
    spent: Spent,
    traffic: MonthlyCalls,
    day: date,
    prices: PriceList,
    training: TuningEstimate | None = None,
) -> BreakEven:
    """The point where the cumulative costs of both meet; raises WhytuneError: mixed-currency."""
    saving = base.call - tuned.call
    monthly = tuned.standing_beyond(base) + spent.retraining
    point = solve(spent.first.low, monthly.low, saving.low, traffic.calls)
    same_model = untuned_too((base, tuned), prices, day)
    return BreakEven(base, tuned, spent, traffic, point, training, day, cited(prices), same_model)


def solve(first: Decimal, monthly: Decimal, saving: Decimal, calls: int) -> Point:
    """The months t with first + monthly * t = saving * calls * t, and the calls until then.

    All amounts are in one currency: `first` once, `monthly` per month, `saving` per call; `calls` per month.
    """
    net = EXACT.subtract(EXACT.multiply(saving, Decimal(calls)), monthly)
    if net <= 0:
        if saving <= 0:
            return Point(None, None, "no_saving", None)
        return Point(None, None, "standing", int(EXACT.divide_int(monthly, saving)) + 1)
    months = EXACT.divide(first, net)
    whole = EXACT.divide(EXACT.multiply(first, Decimal(calls)), net).to_integral_value(ROUND_CEILING)
    return Point(int(whole), months, None, None)


def cumulative(estimate: BreakEven, months: Decimal) -> tuple[Decimal, Decimal]:
    """What the base and the tuned model have cost after so many months, with retraining spread evenly."""
    tuned = (estimate.tuned.month + estimate.spent.retraining).low
    return (
        EXACT.multiply(estimate.base.month.low, months),
        EXACT.add(estimate.spent.first.low, EXACT.multiply(tuned, months)),
    )


def shown_months(months: Decimal) -> Decimal:
    """Months to four decimals, a few minutes, rounded up: no program is told that tuning pays back before it does."""
    return months.quantize(Decimal("0.0001"), ROUND_CEILING, context=EXACT)
