"""`whytune cost gpu`: what fine-tuning on rented GPUs costs, and whether the model fits."""

from __future__ import annotations

from typing import Any

import click

from whytune.shown import Format

from ...output import answer, format_option
from .priced import estimate, price_options, training_options


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model; its size is read from a name like Llama-3-8B.")
@click.option("--method", required=True, metavar="lora|qlora|full", help="How it is tuned.")
@click.option("--parameters", metavar="8B", help="Billions of parameters, if the name does not say.")
@training_options(examples="Training examples; with --tokens there is an estimate by formula.")
@click.option("--gpu", default="A100-80GB", show_default=True, metavar="NAME", help="The GPU to rent.")
@click.option("--gpus", default="1", show_default=True, metavar="N", help="How many of them.")
@click.option("--provider", metavar="NAME", help="Where to rent; by default from the lowest to the highest price.")
@price_options
@format_option
def gpu(format_: Format, **given: Any) -> None:
    """Estimate hours, cost and memory of fine-tuning on rented GPUs: what a source states, and ranges by formula.

    \b
    Examples:
      whytune cost gpu --model Llama-3-8B --method lora
      whytune cost gpu --model Mistral-7B --method qlora --examples 5000 --tokens 500 --gpu H100
    """
    answer(format_, estimate("gpu", given))
