"""What tuning and answering cost, apart from any case: quantities -> the estimate, and how it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from whytune.engine import Problem, WhytuneError
from whytune.engine.costs.estimate_request import EstimateRequest
from whytune.engine.costs.estimators import ESTIMATORS, Estimate, EstimateKind, estimate
from whytune.engine.costs.offers import Offers, offers
from whytune.engine.costs.price_file import load_prices
from whytune.engine.costs.price_list import PriceList
from whytune.engine.language.loading import PRICES
from whytune.engine.language.loading.sheet import standing_beside
from whytune.engine.language.problems import Sentence, Span, did_you_mean, listing, short
from whytune.engine.words.speaker import language_or_first
from whytune.prose.document import Document
from whytune.prose.estimate import break_even, serving, tuning
from whytune.prose.gpu import gpu
from whytune.prose.prices import Pricing

from .days import latest_day
from .shown import Shown

TOLD: Mapping[EstimateKind, Callable[[Any, Pricing], Document]] = {
    "tune": tuning,
    "gpu": gpu,
    "serve": serving,
    "break-even": break_even,
}
"""How each kind of estimate is told."""


def prices_at(place: str, day: date, *, is_beside: bool) -> PriceList:
    """The prices in the file at this place, or beside the rulebook there; raises WhytuneError."""
    return load_prices(standing_beside(place, PRICES) if is_beside else place, latest_day(day))


def names_offered(kind: EstimateKind, place: str, day: date) -> Offers:
    """The names to choose from in an estimate of this kind, at the prices beside the rulebook; raises WhytuneError."""
    return offers(kind, prices_at(place, day, is_beside=True), day)


def estimate_of(
    name: str, quantities: Mapping[str, object], prices: PriceList, day: date, language: str
) -> Shown[Estimate]:
    """The estimate of this name from quantities as a program has them, told in this language or the prices' first.

    Raises WhytuneError as `kind_of`, `written` and `estimated` do.
    """
    kind, languages = kind_of(name), prices.identity.languages
    request = EstimateRequest(written(kind, quantities), prices, day)
    return estimated(kind, request, language_or_first(languages, language))


def estimated(kind: EstimateKind, request: EstimateRequest, language: str) -> Shown[Estimate]:
    """The estimate of this kind; raises WhytuneError as `estimators.estimate` does."""
    made = estimate(kind, request)
    pricing = Pricing(request.prices, request.day, language)
    return Shown(made, lambda level: TOLD[kind](made, pricing))


def kind_of(name: str) -> EstimateKind:
    """The kind of estimate of this name; raises WhytuneError: unknown-name."""
    kind = next((kind for kind in ESTIMATORS if kind == name), None)
    if kind is None:
        hint = did_you_mean(name, ESTIMATORS) or Sentence("it may be {names}", names=listing(ESTIMATORS))
        raise WhytuneError([Problem("unknown-name", Sentence("no estimate `{name}`", name=short(name)), None, hint)])
    return kind


def written(kind: EstimateKind, quantities: Mapping[str, object]) -> dict[str, str]:
    """Quantities as a program has them, as texts; raises WhytuneError: unknown-key, for what means nothing here."""
    names: list[str] = [wanted.name for wanted in ESTIMATORS[kind].takes]
    strange = [name for name in quantities if name not in names]
    if strange:
        raise WhytuneError(
            Problem(
                "unknown-key",
                Sentence("`{key}` means nothing here", key=short(name)),
                Span(short(name)),
                did_you_mean(name, names) or Sentence("it may be {names}", names=listing(names)),
            )
            for name in strange
        )
    return {name: _text(quantity) for name, quantity in quantities.items() if quantity is not None}


def _text(quantity: object) -> str:
    return ("no", "yes")[quantity] if isinstance(quantity, bool) else str(quantity)
