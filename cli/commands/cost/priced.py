"""What the cost commands share: the price list, the day whose prices hold, the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

import click

from whytune.days import latest_day, today_or
from whytune.engine.costs.money import Money
from whytune.engine.costs.price_file import load_prices
from whytune.engine.costs.price_list import PriceList
from whytune.engine.costs.quantities import Quantities
from whytune.engine.costs.rows import Hosting
from whytune.engine.costs.tuning import EPOCHS
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence
from whytune.prose.prices import Pricing

from ...options import as_of_option, language_option_of, spoken
from ...output import Decorated


class Asking(NamedTuple):
    """What an estimate is made with: a price list, a day, and a language."""

    prices: PriceList
    day: date
    pricing: Pricing


def price_options(command: Decorated) -> Decorated:
    """--prices, --as-of, --language; `priced` reads them."""
    command = as_of_option("prices")(language_option_of("price list")(command))
    return click.option(
        "--prices",
        default=DEFAULT,
        show_default=True,
        metavar="NAME|PATH",
        help="The price list of a shipped rulebook, or the path of a folder or YAML file.",
    )(command)


def priced(prices: str, as_of: date | None, language: str | None) -> Asking:
    """The values of `price_options`; raises WhytuneError."""
    asked = today_or(as_of)
    price_list = load_prices(prices, latest_day(asked))
    return Asking(
        price_list,
        asked,
        Pricing(price_list, asked, spoken(Sentence("the price list"), price_list.identity.languages, language)),
    )


def training_options(required: bool = False, examples: str = "Training examples.") -> Callable[[Decorated], Decorated]:
    """--examples, --tokens and --epochs; `tune.data_of` reads them."""

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
    """--hosting and --self-hosted; `check_hosting` and `hosting_of` read them."""
    command = click.option(
        "--self-hosted", "own", is_flag=True, help="You serve the tuned model yourself; --hosting is all it costs."
    )(command)
    return click.option(
        "--hosting",
        metavar="AMOUNT|NAME",
        help="Hosting of the tuned model: a monthly amount, or its name in the price list.",
    )(command)


def check_hosting(given: Mapping[str, Any]) -> None:
    """Raises UsageError if machines of one's own are given without a cost."""
    if given["own"] and not given["hosting"]:
        raise click.UsageError("--self-hosted wants --hosting: what your machines cost a month")


def hosting_of(text: str | None, quantities: Quantities, priced: Asking, currency: str) -> Money | Hosting | None:
    """What --hosting gives: a monthly amount, or the name of a hosting in the price list; raises WhytuneError."""
    if text is None:
        return None
    if any(letter.isdigit() for letter in text.strip()[:1] + text.strip()[-1:]):
        return quantities.money("--hosting", text, currency, priced.prices)
    return priced.prices.hosted(text, priced.day)
