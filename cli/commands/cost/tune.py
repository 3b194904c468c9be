"""`whytune cost tune`: what hosted fine-tuning costs."""

from __future__ import annotations

from datetime import date

import click

from whytune.engine.costs.quantities import MOST_HOURS, Quantities
from whytune.engine.costs.tuning import tuning_estimate
from whytune.prose.estimate import tuning
from whytune.shown import Format

from ...output import format_option, show
from .priced import price_options, priced, training_options
from .workload import data_of


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
    format_: Format,
) -> None:
    """Estimate what fine-tuning a hosted model costs: examples * tokens * epochs, at that day's price.

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
    show(format_, estimate.to_dict, lambda: tuning(estimate, asked.pricing))
