"""What the cost commands share: the price list, the day whose prices hold, the language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

import click

from whytune.engine.costs.money import Money
from whytune.engine.costs.price_list import PriceList
from whytune.engine.costs.quantities import Quantities
from whytune.engine.costs.reading import load_prices
from whytune.engine.costs.rows import Hosting
from whytune.engine.loading import DEFAULT

from ..options import day, spoken, today_or
from .report import Report

Command = TypeVar("Command", bound=Callable[..., None])


class Priced(NamedTuple):
    """What an estimate is made with: a price list, a day, and a voice."""

    prices: PriceList
    day: date
    report: Report


def price_options(command: Command) -> Command:
    """--prices, --as-of, --language; `priced` reads them."""
    command = click.option(
        "--language",
        "-l",
        metavar="en|zh",
        envvar="WHYTUNE_LANGUAGE",
        help="The language of texts; by default the first of the price list.",
    )(command)
    command = click.option(
        "--as-of", type=day, metavar="DATE", help="The day whose prices hold (YYYY-MM-DD); today by default."
    )(command)
    return click.option(
        "--prices",
        default=DEFAULT,
        show_default=True,
        metavar="NAME|PATH",
        help="The price list of a shipped rulebook, or the path of a folder or YAML file.",
    )(command)


def priced(prices: str, as_of: date | None, language: str | None) -> Priced:
    """The values of `price_options`; raises WhytuneError."""
    found = load_prices(prices)
    asked = today_or(as_of)
    return Priced(found, asked, Report(found, asked, spoken("the price list", found.identity.languages, language)))


def hosting_of(text: str | None, quantities: Quantities, priced: Priced, currency: str) -> Money | Hosting | None:
    """What --hosting says: an amount a month, or a hosting of the price list by its name; raises WhytuneError."""
    if text is None:
        return None
    if any(letter.isdigit() for letter in text.strip()[:1] + text.strip()[-1:]):
        return quantities.money("--hosting", text, currency, priced.prices)
    return priced.prices.hosted(text, priced.day)
