"""`whytune cost serve`: what answering costs per month, in each of three ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from whytune.engine.costs.quantities import Quantities
from whytune.engine.costs.serving import Served, ServingEstimate, serving_estimate, with_prompt, with_retrieval
from whytune.prose.estimate import serving
from whytune.shown import Format

from ...output import format_option, show
from .priced import Asking, check_hosting, hosting_options, price_options, priced
from .workload import prompt_of, traffic_of, tuned_of


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model that answers, as the price list calls it.")
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
      whytune cost serve --model gpt-4o-mini --calls 1000000 --output-tokens 200 \\
                         --prompt-tokens 2000 --rag-prompt-tokens 1500 --tuned-prompt-tokens 300
    """
    if not any(given[f"{kind}prompt_tokens"] for kind in ("", "rag_", "tuned_")):
        raise click.UsageError("give --prompt-tokens, --rag-prompt-tokens or --tuned-prompt-tokens, or several")
    check_hosting(given)
    asked = priced(given["prices"], given["as_of"], given["language"])
    estimate = _estimate(asked, given)
    show(format_, estimate.to_dict, lambda: serving(estimate, asked.pricing))


def _estimate(asked: Asking, given: Mapping[str, Any]) -> ServingEstimate:
    """Reads all quantities, then the prices; raises WhytuneError."""
    quantities = Quantities()
    traffic = traffic_of(given["calls"], given["output_tokens"], quantities)
    long_prompt, rag_prompt, short_prompt = (
        prompt_of(kind, given, quantities) if given[f"{kind}prompt_tokens"] is not None else None
        for kind in ("", "rag_", "tuned_")
    )
    currency = asked.prices.identity.currencies[0]
    store = given["vector_store"]
    store = None if store is None else quantities.money("--vector-store", store, currency, asked.prices)
    quantities.stop_if_wrong()
    ways: list[Served] = []
    if long_prompt:
        ways.append(with_prompt(asked.prices, given["model"], asked.day, long_prompt, traffic))
    if rag_prompt:
        ways.append(with_retrieval(asked.prices, given["model"], asked.day, rag_prompt, traffic, store))
    if short_prompt:
        model = given["tuned_model"] or given["model"]
        ways.append(tuned_of(asked, model, short_prompt, traffic, given["hosting"], given["own"]))
    return serving_estimate(asked.prices, asked.day, traffic, tuple(ways))
