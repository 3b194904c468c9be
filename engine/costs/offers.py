"""What the price list has to choose from on a day, for each quantity of an estimate that is a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from .estimate_request import QuantityName
from .estimators import EstimateKind
from .price_list import PriceList
from .rows import PriceRow, Stage, Tuning


class Offer(NamedTuple):
    """A name that the price list has, who offers it ("" if that is said elsewhere), and whether anybody can buy it."""

    name: str
    provider: str
    is_open: bool


class ToChoose(NamedTuple):
    """What there is to choose from, whether other names or amounts will do as well, and whether the first is chosen
    where nothing else is.
    """

    offers: tuple[Offer, ...]
    others_too: bool = False
    is_led: bool = False


Offers = Mapping[QuantityName, ToChoose]


def offers(kind: EstimateKind, prices: PriceList, day: date) -> Offers:
    """The names to choose from on that day, what anybody can buy first; the model that a case is priced with leads."""
    tuned, prompted = _leading(prices, day)
    if kind == "tune":
        return {"model": ToChoose(_led(_priced(prices.tuning, "model", prices, day), tuned), is_led=True)}
    if kind == "gpu":
        rented = [row for row in prices.rental if row.valid.holds_on(day)]
        gpus, providers = dict.fromkeys(row.gpu for row in rented), dict.fromkeys(row.provider for row in rented)
        return {
            "model": ToChoose(_priced(prices.runs, "model", prices, day), others_too=True),
            "gpu": ToChoose(tuple(Offer(gpu, "", is_open=True) for gpu in gpus)),
            "provider": ToChoose(tuple(Offer(provider, "", is_open=True) for provider in providers)),
        }
    answering = _priced([row for row in prices.tuning if _answers(row)], "model", prices, day)
    return {
        "model": ToChoose(_led(_priced(prices.serving, "model", prices, day), prompted), is_led=True),
        "tuned_model": ToChoose(_led(answering, tuned), is_led=kind == "break-even" and tuned != prompted),
        "hosting": ToChoose(_priced(prices.hosting, "hosting", prices, day), others_too=True),
    }


def _answers(row: Tuning) -> bool:
    return row.input is not None and row.output is not None


def _priced(rows: Iterable[PriceRow], key: str, prices: PriceList, day: date) -> tuple[Offer, ...]:
    """The rows that hold on the day, by the name under this key, what anybody can buy first."""
    holding = (row for row in rows if row.valid.holds_on(day))
    named = {
        getattr(row, key): Offer(getattr(row, key), getattr(row, "provider", ""), _is_open(prices.stage(row, day)))
        for row in holding
    }
    return tuple(sorted(named.values(), key=lambda offer: not offer.is_open))


def _is_open(stage: Stage | None) -> bool:
    return stage is None or stage.state == "open"


def _leading(prices: PriceList, day: date) -> tuple[str, str]:
    """The models that a case is priced with, the one to tune and the one to prompt; "" where the list names none."""
    reference = prices.reference(day)
    tuned = reference.model if reference else ""
    return tuned, prices.identity.prompted or tuned


def _led(offered: tuple[Offer, ...], model: str) -> tuple[Offer, ...]:
    """The same with this model first."""
    return tuple(sorted(offered, key=lambda offer: offer.name != model))
