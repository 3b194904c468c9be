"""`whytune cost tune`: what hosted fine-tuning costs."""

from __future__ import annotations

from typing import Any

import click

from whytune.shown import Format

from ...output import answer, format_option
from .priced import estimate, price_options, training_options


@click.command()
@click.option("--model", metavar="NAME", help="The model to tune; by default the price list's reference.")
@training_options(required=True)
@click.option("--hours", metavar="H", help="Hours of training, for a model that is billed by the hour.")
@price_options
@format_option
def tune(format_: Format, **given: Any) -> None:
    """Estimate what fine-tuning a hosted model costs: examples * tokens * epochs, at that day's price.

    \b
    Examples:
      whytune cost tune --model qwen3.5-9b --examples 1000 --tokens 500
      whytune cost tune --model gpt-4o --examples 1000 --tokens 500 --as-of 2024-10-01 --language zh
    """
    answer(format_, estimate("tune", given))
