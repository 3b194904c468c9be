"""`whytune cost gpu`: what fine-tuning on rented GPUs costs, and whether the model fits."""

from __future__ import annotations

from datetime import date

import click

from whytune.engine.costs.gpu import gpu_estimate, method_of
from whytune.engine.costs.quantities import MOST_GPUS, Quantities
from whytune.prose import gpu as prose
from whytune.shown import Format

from ...output import format_option, show
from .priced import price_options, priced, training_options
from .workload import data_of


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model; its size is read from a name like Llama-3-8B.")
@click.option("--method", required=True, metavar="lora|qlora|full", help="How it is tuned.")
@click.option("--parameters", metavar="8B", help="Billions of parameters, if the name does not say.")
@training_options(examples="Training examples; with --tokens there is an estimate by formula.")
@click.option("--gpu", "gpu_name", default="A100-80GB", show_default=True, metavar="NAME", help="The GPU to rent.")
@click.option("--gpus", default="1", show_default=True, metavar="N", help="How many of them.")
@click.option("--provider", metavar="NAME", help="Where to rent; by default from the lowest to the highest price.")
@price_options
@format_option
def gpu(
    model: str,
    method: str,
    parameters: str | None,
    examples: str | None,
    tokens: str | None,
    epochs: str,
    gpu_name: str,
    gpus: str,
    provider: str | None,
    prices: str,
    as_of: date | None,
    language: str | None,
    format_: Format,
) -> None:
    """Estimate hours, cost and memory of fine-tuning on rented GPUs: what a source states, and ranges by formula.

    \b
    Examples:
      whytune cost gpu --model Llama-3-8B --method lora
      whytune cost gpu --model Mistral-7B --method qlora --examples 5000 --tokens 500 --gpu H100
    """
    if (examples is None) != (tokens is None):
        raise click.UsageError("--examples and --tokens go together")
    asked = priced(prices, as_of, language)
    quantities = Quantities()
    total = None
    if examples is not None and tokens is not None:
        total = data_of({"examples": examples, "tokens": tokens, "epochs": epochs}, quantities).training_tokens
    cards = quantities.count("--gpus", gpus, MOST_GPUS)
    size = None if parameters is None else quantities.size("--parameters", parameters)
    quantities.stop_if_wrong()
    estimate = gpu_estimate(
        asked.prices,
        model,
        method_of(method),
        asked.day,
        gpu=gpu_name,
        gpus=cards,
        parameters=size,
        tokens=total,
        provider=provider,
    )
    show(format_, estimate.to_dict, lambda: prose.gpu(estimate, asked.pricing))
