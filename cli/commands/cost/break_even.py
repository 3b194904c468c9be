"""`whytune cost break-even`: after how many calls and months tuning pays for itself, and the chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from whytune.engine.costs.break_even import BreakEven, Spent
from whytune.engine.costs.break_even import break_even as meet
from whytune.engine.costs.price_list import cited
from whytune.engine.costs.quantities import MOST_MONTHS, Quantities
from whytune.engine.costs.serving import with_prompt
from whytune.engine.costs.tuning import tuning_estimate
from whytune.prose import estimate as prose
from whytune.shown import Format

from ...output import format_option, show
from ...outside.files import STDOUT
from .priced import Asking, check_hosting, hosting_options, price_options, priced, training_options
from .workload import data_of, prompt_of, traffic_of, tuned_of


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model that answers now, as the price list calls it.")
@click.option("--tuned-model", metavar="NAME", help="The model to tune, if it is a different one.")
@click.option("--calls", required=True, metavar="N", help="Calls per month.")
@click.option("--prompt-tokens", required=True, metavar="T", help="Tokens of the long prompt.")
@click.option("--cached-share", default="0", show_default=True, metavar="S", help="Share of it billed as cached (0-1).")
@click.option("--tuned-prompt-tokens", required=True, metavar="T", help="Tokens of the tuned model's prompt.")
@click.option("--tuned-cached-share", default="0", show_default=True, metavar="S", help="Share of it billed as cached.")
@click.option("--output-tokens", required=True, metavar="T", help="Tokens of the average answer.")
@click.option("--training", metavar="AMOUNT", help="What training costs; or give --examples and --tokens.")
@training_options()
@click.option(
    "--data", default="0", show_default=True, metavar="AMOUNT", help="Cost of preparing the data, and other work."
)
@hosting_options
@click.option("--retrain-every", metavar="M", help="Months after which the model is trained again.")
@click.option("--refresh", metavar="AMOUNT", help="Cost of fresh data for each retraining; by default 0.")
@click.option("--chart", metavar="FILE", help="Also draw both costs over time: FILE.svg, .png or .pdf; - is SVG.")
@price_options
@format_option
def break_even(chart: str | None, format_: Format, **given: Any) -> None:
    """Say after how many calls and months fine-tuning pays for itself against a long prompt, or why it never does.

    \b
    Examples:
      whytune cost break-even --model gpt-4o-mini --calls 100000 --prompt-tokens 2000 \\
                         --tuned-prompt-tokens 300 --output-tokens 200 --examples 1000 --tokens 500
      whytune cost break-even --model gpt-4o --tuned-model gpt-4o-mini --calls 5000 --prompt-tokens 2000 \\
                         --tuned-prompt-tokens 300 --output-tokens 200 --training 4.50 --chart costs.svg
    """
    _check_usage(given)
    asked = priced(given["prices"], given["as_of"], given["language"])
    answer = _answer(asked, given)
    if chart:
        _draw(answer, asked, chart)
    show(format_, answer.to_dict, lambda: prose.break_even(answer, asked.pricing), err=chart == STDOUT)


def _check_usage(given: Mapping[str, Any]) -> None:
    """Raises UsageError if options do not go together."""
    counted = (given["examples"] is not None, given["tokens"] is not None)
    if counted[0] != counted[1] or any(counted) == (given["training"] is not None):
        raise click.UsageError("give either --training, or --examples and --tokens")
    if given["refresh"] and not given["retrain_every"]:
        raise click.UsageError("--refresh goes with --retrain-every")
    check_hosting(given)


def _answer(asked: Asking, given: Mapping[str, Any]) -> BreakEven:
    """Reads all quantities, then the prices; raises WhytuneError."""
    quantities = Quantities()
    traffic = traffic_of(given["calls"], given["output_tokens"], quantities)
    long_prompt, short_prompt = (prompt_of(kind, given, quantities) for kind in ("", "tuned_"))
    data = data_of(given, quantities) if given["examples"] is not None else None
    every = given["retrain_every"]
    every = None if every is None else quantities.count("--retrain-every", every, MOST_MONTHS)
    quantities.stop_if_wrong()
    base = with_prompt(asked.prices, given["model"], asked.day, long_prompt, traffic)
    model = given["tuned_model"] or given["model"]
    tuned = tuned_of(asked, model, short_prompt, traffic, given["hosting"], given["own"])
    amounts = {name: given[name] or "0" for name in ("training", "data", "refresh")}
    money = {
        name: quantities.money(f"--{name}", text, base.call.currency, asked.prices) for name, text in amounts.items()
    }
    quantities.stop_if_wrong()
    estimate = tuning_estimate(asked.prices, model, asked.day, data) if data else None
    spent = Spent(estimate.cost if estimate else money["training"], money["data"], money["refresh"], every)
    return meet(base, tuned, spent, traffic, asked.day, cited(asked.prices), estimate)


def _draw(answer: BreakEven, asked: Asking, file: str) -> None:
    from .estimate_chart import write_chart  # a plotting library is for those who ask for a chart

    write_chart(answer, asked.pricing, file)
