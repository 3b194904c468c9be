"""`whytune cost`: what an approach costs; each subcommand reads, calls the engine, presents.

estimate_chart  both costs over time
priced          the options that estimates share, and the estimate that they order
tune            hosted fine-tuning
gpu             fine-tuning on rented GPUs
serve           answering, per month
break_even      when tuning pays for itself
"""

from __future__ import annotations

import click

from ... import Commands

COMMANDS = ("tune", "gpu", "serve", "break-even")


@click.group(
    cls=Commands,
    groups={"Commands": COMMANDS},
    package=__name__,
    elsewhere="what the advice on a case would cost, `whytune advise CASE --costs` tells",
)
def cost() -> None:
    """Estimate what an approach costs; every estimate names the date, source, currency and gaps of its prices.

    Prices are per token, a piece of a word: 100 tokens are about 60 to 80 English words, so a page of 300 words has
    about 400.

    \b
    Examples:
      whytune cost tune --model qwen3.5-9b --examples 1000 --tokens 500
      whytune cost gpu --model Llama-3-8B --method lora
      whytune cost serve --model qwen3.5-9b --calls 1000000 --prompt-tokens 2000 \\
                         --tuned-prompt-tokens 300 --output-tokens 200
      whytune cost break-even --model qwen3.5-9b --calls 100000 --prompt-tokens 2000 \\
                         --tuned-prompt-tokens 300 --output-tokens 200 --training 4.50
    """
