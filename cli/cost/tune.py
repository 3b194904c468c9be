"""`whytune cost tune`: what hosted fine-tuning costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import click

from whytune.engine.costs.money import Money
from whytune.engine.costs.quantities import MOST_EPOCHS, MOST_EXAMPLES, MOST_HOURS, MOST_TOKENS, Quantities
from whytune.engine.costs.tuning import TrainingData, TuningEstimate, tuning_estimate

from ..options import format_option, show
from .options import price_options, priced, training_options
from .report import Report


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model to tune, as the price list calls it.")
@training_options(required=True)
@click.option("--hours", metavar="H", help="Hours of training, for a model that is billed by the hour.")
@price_options
@format_option
def tune(
    model: str,
    examples: str,
    tokens: str,
    epochs: str,
    hours: str | None,
    prices: str,
    as_of: date | None,
    language: str | None,
    format_: str,
) -> None:
    """Estimate what fine-tuning a hosted model costs: examples * tokens * epochs, at the price of the day.

    \b
    Examples:
      whytune cost tune --model gpt-4o-mini --examples 1000 --tokens 500
      whytune cost tune --model gpt-4o --examples 1000 --tokens 500 --as-of 2024-10-01 --language zh
    """
    asked = priced(prices, as_of, language)
    quantities = Quantities()
    data = data_of({"examples": examples, "tokens": tokens, "epochs": epochs}, quantities)
    trained = None if hours is None else quantities.above_zero("--hours", hours, MOST_HOURS)
    quantities.stop_if_wrong()
    estimate = tuning_estimate(asked.prices, model, asked.day, data, trained)
    show(format_, estimate.to_dict, _lines(estimate, asked.report))


def data_of(given: Mapping[str, str], quantities: Quantities) -> TrainingData:
    """What --examples, --tokens and --epochs say."""
    most = {"examples": MOST_EXAMPLES, "tokens": MOST_TOKENS, "epochs": MOST_EPOCHS}
    return TrainingData(*(quantities.count(f"--{name}", given[name], limit) for name, limit in most.items()))


def _lines(estimate: TuningEstimate, report: Report) -> Iterator[str]:
    row = estimate.row
    yield click.style(report.say("training_cost", cost=estimate.cost.shown()), bold=True)
    yield "  " + computed(estimate, report)
    yield from report.warning(estimate.stage)
    yield from report.rows(
        [
            *report.price(report.say("of_provider", model=row.model, provider=row.provider), row),
            *report.closing(row.currency, estimate.scope),
        ]
    )


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
