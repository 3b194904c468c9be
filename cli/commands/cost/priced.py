"""What the cost commands share: their options, and the estimate that these order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click
from click.core import ParameterSource

from whytune.days import latest_day, today_or
from whytune.engine.costs.estimate_request import EstimateRequest, typed_quantity
from whytune.engine.costs.estimators import ESTIMATORS, Estimate, EstimateKind
from whytune.engine.costs.price_file import load_prices
from whytune.engine.costs.tuning import EPOCHS
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence
from whytune.estimates import estimated
from whytune.prose.prices import Pricing
from whytune.shown import Shown

from ...options import as_of_option, language_option_of, spoken
from ...output import Decorated


def price_options(command: Decorated) -> Decorated:
    """--prices, --as-of, --language."""
    command = as_of_option("prices")(language_option_of("price list")(command))
    return click.option(
        "--prices",
        default=DEFAULT,
        show_default=True,
        metavar="NAME|PATH",
        help="The price list of a shipped rulebook, or the path of a folder or YAML file.",
    )(command)


def estimate(kind: EstimateKind, given: Mapping[str, Any], pricing: Pricing | None = None) -> Shown[Estimate]:
    """The estimate of this kind that the options order that were typed; raises WhytuneError."""
    prices, day, language = pricing or priced(given)
    source = click.get_current_context().get_parameter_source
    takes = [quantity.name for quantity in ESTIMATORS[kind].takes if quantity.name in given]
    typed = {name: given[name] for name in takes if source(name) is not ParameterSource.DEFAULT}
    texts: dict[str, str | None] = {
        name: "yes" if value is True else typed_quantity(name, value or "") for name, value in typed.items()
    }
    return estimated(kind, EstimateRequest(texts, prices, day, _spelt), language)


def priced(given: Mapping[str, Any]) -> Pricing:
    """The price list, the day whose prices hold, and the language of `price_options`; raises WhytuneError."""
    day = today_or(given["as_of"])
    prices = load_prices(given["prices"], latest_day(day))
    return Pricing(prices, day, spoken(Sentence("the price list"), prices.identity.languages, given["language"]))


def _spelt(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def training_options(required: bool = False, examples: str = "Training examples.") -> Callable[[Decorated], Decorated]:
    """--examples, --tokens and --epochs."""

    def declared(command: Decorated) -> Decorated:
        for option in (
            click.option(
                "--epochs",
                default=str(EPOCHS),
                show_default=True,
                metavar="E",
                help="How often training goes through the data.",
            ),
            click.option(
                "--tokens",
                required=required,
                metavar="T",
                help="Tokens of the average example, input and answer together.",
            ),
            click.option("--examples", required=required, metavar="N", help=examples),
        ):
            command = option(command)
        return command

    return declared


def hosting_options(command: Decorated) -> Decorated:
    """--hosting and --self-hosted."""
    command = click.option(
        "--self-hosted", is_flag=True, help="You serve the tuned model yourself; --hosting is all it costs."
    )(command)
    return click.option(
        "--hosting",
        metavar="AMOUNT|NAME",
        help="Hosting of the tuned model: a monthly amount, or its name in the price list.",
    )(command)
