"""Hosted fine-tuning: examples, tokens and epochs -> training tokens -> cost, to the cent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from ..language.loading.sheet import dump
from ..language.problems import Problem, Sentence, WhytuneError
from .money import Money, plain_digits
from .price_list import Cited, PriceList, Scope, age, cited
from .rows import Stage, Tuning

EPOCHS = 3
"""The default, which is the guide's."""
MILLION = Decimal(1_000_000)


class TrainingData(NamedTuple):
    """Examples, tokens of the average example (input and answer), and how many times training goes through them."""

    examples: int
    tokens: int
    epochs: int = EPOCHS

    @property
    def training_tokens(self) -> int:
        """Every token of every example, once per epoch, as the guide and OpenAI count them."""
        return self.examples * self.tokens * self.epochs


class TuningEstimate(NamedTuple):
    """What training a hosted model costs; `hours` are given if it is billed by the hour."""

    row: Tuning
    stage: Stage | None
    day: date
    data: TrainingData
    hours: Decimal | None
    cost: Money
    prices: Cited
    scope: Scope = Scope(("training",), ("inference", "data", "evaluation", "people", "tax"))

    @property
    def rows(self) -> tuple[Tuning, ...]:
        """The prices that it rests on."""
        return (self.row,)

    def to_dict(self) -> dict[str, Any]:
        return {
            "model": self.row.model,
            "provider": self.row.provider,
            "examples": self.data.examples,
            "tokens_per_example": self.data.tokens,
            "epochs": self.data.epochs,
            "training_tokens": self.data.training_tokens,
            "hours": None if self.hours is None else plain_digits(self.hours),
            "cost": self.cost.to_dict(),
            "as_of": self.day.isoformat(),
            **age(self.rows, self.day),
            "price": dump(self.row),
            "availability": dump(self.stage) if self.stage else None,
            **self.scope.to_dict(),
            "price_list": self.prices,
        }


def tuning_estimate(
    prices: PriceList,
    model: str,
    day: date,
    data: TrainingData,
    hours: Decimal | None = None,
    *,
    way_out: Sentence | None = None,
) -> TuningEstimate:
    """The cost of training at the price of a day, as the guide estimates it.

    `hours` of training are required if the model is billed by the hour, and refused otherwise, with `way_out` as hint.
    Raises WhytuneError: unknown-model, no-price, missing-quantity, unfit-quantity.
    """
    row = prices.tuned(model, day)
    price = Money.exact(row.training, row.currency)
    if row.unit == "hour" and hours is None:
        message = Sentence("`{model}` is trained by the hour", model=row.model)
        raise WhytuneError([Problem("missing-quantity", message, None, way_out)])
    if row.unit != "hour" and hours is not None:
        message = Sentence("`{model}` is trained by the token, not by the hour", model=row.model)
        raise WhytuneError([Problem("unfit-quantity", message, None, way_out)])
    cost = price.times(data.training_tokens).divided(MILLION) if hours is None else price.times(hours)
    return TuningEstimate(row, prices.stage(row, day), day, data, hours, cost, cited(prices))
