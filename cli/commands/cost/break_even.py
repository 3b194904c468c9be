"""`whytune cost break-even`: after how many calls and months tuning pays for itself, and the chart."""

from __future__ import annotations

from typing import Any

import click

from whytune.engine.costs.break_even import BreakEven
from whytune.shown import Format

from ...output import format_option, show
from ...outside.files import STDOUT
from .priced import estimate, hosting_options, price_options, priced, training_options


@click.command()
@click.option("--model", metavar="NAME", help="The model that answers now; by default the price list's reference.")
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
      whytune cost break-even --model qwen3.5-9b --calls 100000 --prompt-tokens 2000 \\
                         --tuned-prompt-tokens 300 --output-tokens 200 --examples 1000 --tokens 500
      whytune cost break-even --model gpt-4o --tuned-model qwen3.5-9b --calls 5000 --prompt-tokens 2000 \\
                         --tuned-prompt-tokens 300 --output-tokens 200 --training 4.50 --chart costs.svg
    """
    pricing = priced(given)
    shown = estimate("break-even", given, pricing)
    if chart:
        from .estimate_chart import write_chart  # a plotting library is for those who ask for a chart

        assert isinstance(shown.value, BreakEven), "that is what was asked for"
        write_chart(shown.value, pricing, chart)
    show(format_, shown.to_dict, shown.document, err=chart == STDOUT)
