"""`whytune cost serve`: what answering costs per month, in each of three ways."""

from __future__ import annotations

from typing import Any

import click

from whytune.shown import Format

from ...output import answer, format_option
from .priced import estimate, hosting_options, price_options


@click.command()
@click.option("--model", metavar="NAME", help="The model that answers; by default the price list's reference.")
@click.option("--calls", required=True, metavar="N", help="Calls per month.")
@click.option("--output-tokens", required=True, metavar="T", help="Tokens of the average answer.")
@click.option("--prompt-tokens", metavar="T", help="Tokens of the long prompt, with all instructions and examples.")
@click.option("--cached-share", default="0", show_default=True, metavar="S", help="Share of it billed as cached (0-1).")
@click.option("--rag-prompt-tokens", metavar="T", help="Tokens of the prompt with retrieved passages in it.")
@click.option("--rag-cached-share", default="0", show_default=True, metavar="S", help="Share of it billed as cached.")
@click.option(
    "--vector-store", metavar="AMOUNT", help="Monthly cost of the vector store; by default as in the price list."
)
@click.option("--tuned-prompt-tokens", metavar="T", help="Tokens of the tuned model's prompt.")
@click.option("--tuned-cached-share", default="0", show_default=True, metavar="S", help="Share of it billed as cached.")
@click.option("--tuned-model", metavar="NAME", help="The model that is tuned, if it is a different one.")
@hosting_options
@price_options
@format_option
def serve(format_: Format, **given: Any) -> None:
    """Compare what answering costs per month: with a long prompt, with retrieval, with a tuned model.

    A way is estimated if the number of tokens in its prompt is given.

    \b
    Example:
      whytune cost serve --model qwen3.5-9b --calls 1000000 --output-tokens 200 \\
                         --prompt-tokens 2000 --rag-prompt-tokens 1500 --tuned-prompt-tokens 300
    """
    answer(format_, estimate("serve", given))
