"""A checked price list: who made it and when, its rows, and which of them applies on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, NamedTuple, TypeVar

from ..language.letters import typed
from ..language.loading.sheet import digest_of, dump
from ..language.problems import Problem, Sentence, WhytuneError, closest, listing, short
from ..language.rulebook import SourceDocument
from .rows import (
    Availability,
    Compute,
    Gpu,
    Hosting,
    Memory,
    Method,
    PriceListIdentity,
    PriceRow,
    Rental,
    Serving,
    Stage,
    Store,
    TrainingRun,
    Tuning,
)

Priced = TypeVar("Priced", bound=PriceRow)


class PassedOver(NamedTuple):
    """A model that a price list names first, and that not everybody can buy."""

    model: str
    stage: Stage

    def to_dict(self) -> dict[str, Any]:
        return {"model": self.model, "availability": dump(self.stage)}


class Reference(NamedTuple):
    """The model for a case that names none, and those named before it, which not everybody can buy."""

    model: str
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True)
class PriceList:
    """Prices with their days, sources and currencies; only `price_file` makes one, so every name in it is declared."""

    identity: PriceListIdentity
    documents: tuple[SourceDocument, ...]
    availability: tuple[Availability, ...]
    tuning: tuple[Tuning, ...]
    serving: tuple[Serving, ...]
    hosting: tuple[Hosting, ...]
    store: tuple[Store, ...]
    rental: tuple[Rental, ...]
    runs: tuple[TrainingRun, ...]
    gpus: tuple[Gpu, ...]
    memory: tuple[Memory, ...]
    compute: tuple[Compute, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything written in the list except comments, white space and the order of rows."""
        rows = (self.documents, self.availability, *self._priced(), self.gpus, self.memory, self.compute)
        return digest_of(self.identity, rows)

    def stage(self, row: PriceRow, day: date) -> Stage | None:
        """Who can buy at this price on that day; None if nothing is known about that."""
        return next(available for available in self.availability if available.availability == row.availability).on(day)

    def reference(self, day: date) -> Reference | None:
        """Of the models that the list names for this, the first that anybody can have tuned on that day.

        If nobody can have any of them tuned, the first of all; None if the list names none.
        """
        passed_over = list[PassedOver]()
        for model in self.identity.reference:
            row = _latest([row for row in self.tuning if model_named(row, model)], day)
            stage = self.stage(row, day) if row else None
            if row and (stage is None or stage.state == "open"):
                return Reference(model, tuple(passed_over))
            if stage:
                passed_over.append(PassedOver(model, stage))
        return Reference(self.identity.reference[0]) if self.identity.reference else None

    def sold_to_all(self, day: date) -> str | None:
        """Of the models that the list names as its reference, the first that anybody can have tuned on that day."""
        reference = self.reference(day)
        row = _latest([row for row in self.tuning if reference and model_named(row, reference.model)], day)
        stage = self.stage(row, day) if row else None
        return row.model if row and (stage is None or stage.state == "open") else None

    def untuned(self, model: str, day: date) -> Serving | None:
        """The price of serving this model as it is on that day; None if the list has none."""
        return _latest([row for row in self.serving if model_named(row, model)], day)

    def is_ever_tuned(self, model: str) -> bool:
        """Has the list a price, of any day, for fine-tuning this model?"""
        return any(model_named(row, model) for row in self.tuning)

    def tuned(self, model: str, day: date) -> Tuning:
        """The price of fine-tuning a hosted model on that day; raises WhytuneError: unknown-model, no-price."""
        message = Sentence("the model `{name}` is not in the price list for fine-tuning", name=short(model))
        return newest(named(self.tuning, model, "unknown-model", message, model_names), model, day)

    def check_model(self, model: str) -> None:
        """Raises WhytuneError: unknown-model, unless some row of the list is for this model, tuned or not."""
        message = Sentence("the model `{name}` is not in the price list", name=short(model))
        named((*self.tuning, *self.serving), model, "unknown-model", message, model_names)

    def served(self, model: str, day: date) -> Serving:
        """The price of serving a model, not tuned, on that day; raises WhytuneError: unknown-model, no-price."""
        message = Sentence("the price list has no price for serving the model `{name}` untuned", name=short(model))
        return newest(named(self.serving, model, "unknown-model", message, model_names), model, day)

    def hosted(self, name: str, day: date) -> Hosting:
        """What this hosting costs on that day; raises WhytuneError: unknown-hosting, no-price."""
        message = Sentence(
            "the hosting `{name}` is not in the price list; an amount per month will do as well", name=short(name)
        )
        return newest(named(self.hosting, name, "unknown-hosting", message, lambda row: (row.hosting,)), name, day)

    def rented(self, gpu: Gpu, day: date) -> tuple[Rental, ...]:
        """What each provider charges for this GPU on that day; raises WhytuneError: no-price."""
        offers = [row for row in self.rental if row.gpu == gpu.gpu]
        by_provider = {row.provider: [offer for offer in offers if offer.provider == row.provider] for row in offers}
        latest = [_latest(rows, day) for rows in by_provider.values()]
        if not any(latest):
            raise _no_price(offers, gpu.gpu, day)
        return tuple(row for row in latest if row is not None)

    def run(self, model: str, method: Method, day: date) -> TrainingRun | None:
        """The run of this model and method that a source states for that day, if one does."""
        return _latest([row for row in self.runs if row.method == method and model_named(row, model)], day)

    def gpu(self, name: str) -> Gpu:
        """The GPU with this name; raises WhytuneError: unknown-gpu."""
        message = Sentence(
            "the GPU `{name}` is not in the price list; training needs as much memory on it as on another",
            name=short(name),
        )
        return named(self.gpus, name, "unknown-gpu", message, lambda gpu: (gpu.gpu, *gpu.also))[0]

    def _priced(self) -> tuple[tuple[PriceRow, ...], ...]:
        return (self.tuning, self.serving, self.hosting, self.store, self.rental, self.runs)


def model_names(row: Any) -> tuple[str, ...]:
    """All names that a row's model is known by."""
    return (row.model, *row.also)


def model_named(row: Any, name: str) -> bool:
    return typed(name).lower() in (own_name.lower() for own_name in model_names(row))


Keyed = TypeVar("Keyed")


def named(
    rows: Iterable[Keyed], name: str, code: str, message: Sentence, names: Callable[[Keyed], tuple[str, ...]]
) -> list[Keyed]:
    """The rows with this name, in upper or lower case; raises WhytuneError, with a list and a suggestion, for none."""
    every, name = list(rows), typed(name)
    matching = [row for row in every if name.lower() in (own_name.lower() for own_name in names(row))]
    if not matching:
        first = listing(dict.fromkeys(names(row)[0] for row in every)) or Sentence("none")
        hint = suggested(
            name, (word for row in every for word in names(row)), Sentence("the price list has {known}", known=first)
        )
        raise WhytuneError([Problem(code, message, None, hint)])
    return matching


def suggested(name: str, names: Iterable[str], listed: Sentence) -> Sentence:
    """A hint that lists what there is, after the known name closest to this one, upper and lower case alike."""
    by_letters = {word.lower(): word for word in names}
    close = closest(name, by_letters)
    if close is None:
        return listed
    return Sentence("did you mean `{close}`? {listed}", close=by_letters[close], listed=listed)


def newest(rows: list[Priced], name: str, day: date) -> Priced:
    """The newest of these rows for one thing that applies on that day; raises WhytuneError: no-price."""
    latest = _latest(rows, day)
    if latest is None:
        raise _no_price(rows, name, day)
    return latest


def _latest(rows: list[Priced], day: date) -> Priced | None:
    return max((row for row in rows if row.valid.holds_on(day)), key=lambda row: row.valid.first, default=None)


def _no_price(rows: Iterable[PriceRow], name: str, day: date) -> WhytuneError:
    before = [row.valid.last for row in rows if row.valid.last and row.valid.last < day]
    after = [row.valid.first for row in rows if row.valid.first > day]
    if before:
        hint = Sentence("the last one known held until {last}", last=max(before))
    elif after:
        hint = Sentence("the first one known holds from {first}", first=min(after))
    else:
        hint = None
    message = Sentence("no price for `{name}` is known for {day}", name=short(name), day=day)
    return WhytuneError([Problem("no-price", message, None, hint)])


def checked_long_ago(rows: Iterable[PriceRow | None], day: date) -> date | None:
    """The first day on which one of these prices was checked, if that is more than a year before `day`; else None."""
    first = min((row.checked_on for row in rows if row), default=None)
    return first if first and _is_over_a_year(first, day) else None


def age(rows: Iterable[PriceRow | None], day: date) -> dict[str, str | None]:
    """The member of an estimate's JSON that says whether its prices are old."""
    checked = checked_long_ago(rows, day)
    return {"checked_long_ago": checked.isoformat() if checked else None}


def _is_over_a_year(first: date, day: date) -> bool:
    """Is the day more than a year later, counting 29 February as 28 February in the next year?"""
    if first.year == date.max.year:
        return False
    leap = (first.month, first.day) == (2, 29)
    return first.replace(year=first.year + 1, day=28 if leap else first.day) < day


Included = Literal["training", "gpu_hours", "input", "output", "standing", "data_given", "retraining"]
LeftOut = Literal["inference", "training", "trials", "storage", "data", "index", "evaluation", "people", "tax", "batch"]


class Scope(NamedTuple):
    """What an estimate includes and what it leaves out."""

    included: tuple[Included, ...]
    not_included: tuple[LeftOut, ...]

    def to_dict(self) -> dict[str, list[str]]:
        return {"included": list(self.included), "not_included": list(self.not_included)}


Cited = Mapping[str, Any]
"""A price list as an estimate cites it: name, edition, digest."""


def cited(prices: PriceList) -> Cited:
    return {"name": prices.identity.name, "edition": prices.identity.edition, "digest": prices.digest}
