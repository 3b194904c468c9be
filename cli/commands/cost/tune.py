"""`whytune cost tune`: what hosted fine-tuning costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from whytune.engine.costs.quantities import MOST_HOURS, Quantities
from whytune.engine.costs.tuning import TuningEstimate, tuning_estimate

from ...options import lines_format_option, show_lines
from .options import price_options, priced, training_options
from .quantities import data_of
from .report import Report
from .spoken import computed


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model to tune, as the price list calls it.")
@training_options(required=True)
@click.option("--hours", metavar="H", help="Hours of training, for a model that is billed by the hour.")
@price_options
@lines_format_option
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
    show_lines(format_, estimate.to_dict, _lines(estimate, asked.report))


def _lines(estimate: TuningEstimate, report: Report) -> Iterator[str]:
    row = estimate.row
    yield click.style(report.say("training_cost", cost=estimate.cost.shown()), bold=True)
    yield from report.age(estimate.rows)
    yield "  " + computed(estimate, report)
    yield from report.warning(estimate.stage)
    yield from report.rows(
        [
            *report.price(report.say("of_provider", model=row.model, provider=row.provider), row),
            *report.closing(row.currency, estimate.scope),
        ]
    )
