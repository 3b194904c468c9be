"""A file -> a price list, every mistake at once at file:line:column."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from ..language import source
from ..language.loading import DEFAULT, PRICES
from ..language.loading.draft import Draft, Located
from ..language.loading.sheet import Sheet, check_named, read_beside, read_sheet
from ..language.problems import Sentence, short
from ..language.source import KeyPath
from ..language.text import Written, still_to_come
from .price_list import PriceList
from .rows import (
    Availability,
    Between,
    Compute,
    Gpu,
    Hosting,
    Memory,
    PriceListIdentity,
    PriceRow,
    Rental,
    Serving,
    Store,
    TrainingRun,
    Tuning,
)

LISTS: Mapping[str, tuple[type[Written], str]] = {
    "availability": (Availability, "availability"),
    "tuning": (Tuning, "model"),
    "serving": (Serving, "model"),
    "hosting": (Hosting, "hosting"),
    "store": (Store, "store"),
    "rental": (Rental, "gpu"),
    "runs": (TrainingRun, "model"),
    "gpus": (Gpu, "gpu"),
    "memory": (Memory, "method"),
    "compute": (Compute, "method"),
}
_SAME: Mapping[str, tuple[str, ...]] = {
    "tuning": ("model",),
    "serving": ("model",),
    "hosting": ("hosting",),
    "store": ("store",),
    "rental": ("gpu", "provider"),
    "runs": ("model", "method"),
}
"""For each list of prices, the keys that say what a price is for."""


def load_prices(name: str | Path = DEFAULT, latest: date | None = None) -> PriceList:
    """The price list of a shipped rulebook (by its name), or in this file or folder.

    A price that was checked after `latest`, the last day that today can be, is refused.
    Raises WhytuneError with all its problems.
    """
    return prices(read_beside(name, PRICES), latest)


def prices(node: source.Node, latest: date | None = None) -> PriceList:
    """The price list that a file holds; raises WhytuneError with all its problems."""
    sheet = read_sheet(node, "prices", PriceListIdentity, LISTS)
    _check(sheet, latest)
    identity, documents = sheet.finished()
    return PriceList(identity, documents, **{name: sheet.parts(name) for name in LISTS})


def _check(sheet: Sheet, latest: date | None) -> None:
    draft = sheet.draft
    declared = {name: [located.name for located in sheet.lists.get(name, ())] for name in ("availability", "gpus")}
    if not sheet.lists.keys() - {"availability"} and not draft.problems:
        span = sheet.identity.node.span if sheet.identity else None
        hint = Sentence("they stand below {keys}", keys=", ".join(_SAME))
        draft.report("missing-key", Sentence("there are no prices here"), span, hint)
    sheet.check_days(latest)
    for name in LISTS:
        for located, row in sheet.rows(name):
            _check_ranges(located, row, (), draft)
            if isinstance(row, PriceRow):
                _check_row(located, row, declared, sheet)
                if latest and row.checked_on > latest:
                    draft.add(still_to_come(row.checked_on, located.at("checked_on")))
    for located, row in sheet.rows("availability"):
        _check_stages(located, row, draft)
    for located, row in sheet.rows("memory"):
        _check_sizes(located, row, draft)
    for name, keys in _SAME.items():
        _check_contradictions(sheet, name, keys)
    for name, keys in (
        ("availability", ("availability",)),
        ("gpus", ("gpu",)),
        ("memory", ("method",)),
        ("compute", ("method",)),
    ):
        _check_twice(sheet, name, keys)
    _check_named_models(sheet)


def _check_row(located: Located[Any], row: PriceRow, declared: Mapping[str, list[str]], sheet: Sheet) -> None:
    draft = sheet.draft
    check_named(located, ("availability",), row.availability, declared["availability"], "availability", draft)
    if isinstance(row, Rental | TrainingRun):
        check_named(located, ("gpu",), row.gpu, declared["gpus"], "gpus", draft)
    identity = sheet.identity.part if sheet.identity else None
    if identity and row.currency not in identity.currencies:
        message = Sentence("the currency `{currency}` is not declared", currency=row.currency)
        hint = Sentence("declared: {known}", known=", ".join(identity.currencies))
        draft.report("unknown-currency", message, located.at("currency"), hint)
    if row.valid.last and row.valid.last < row.valid.first:
        message = Sentence(
            "the price never holds: from {first} until {last}", first=row.valid.first, last=row.valid.last
        )
        draft.report("bad-range", message, located.key("valid"))


def _check_ranges(located: Located[Any], part: Any, path: KeyPath, draft: Draft) -> None:
    """Reports every range that ends before it begins."""
    for name in type(part).model_fields if isinstance(part, Written) else ():
        value = getattr(part, name)
        if isinstance(value, Between) and value.high < value.low:
            span = located.key(*path, name)
            message = Sentence("the range runs from {low:,} to {high:,}", low=value.low, high=value.high)
            draft.report("bad-range", message, span, Sentence("turn it round"))


def _check_stages(located: Located[Any], availability: Availability, draft: Draft) -> None:
    if not availability.stages:
        hint = Sentence("say since when it could be bought")
        draft.report("missing-key", Sentence("no stages"), located.key("stages"), hint)
    for position, stage in enumerate(availability.stages[1:], start=1):
        before = availability.stages[position - 1]
        if stage.first <= before.first:
            message = Sentence("{day} does not come after {before}", day=stage.first, before=before.first)
            hint = Sentence("write the stages in their order")
            draft.report("bad-range", message, located.at("stages", position, "from"), hint)


def _check_sizes(located: Located[Any], memory: Memory, draft: Draft) -> None:
    for position, size in enumerate(memory.sizes[1:], start=1):
        before = memory.sizes[position - 1]
        if size.parameters <= before.parameters:
            message = Sentence(
                "{size:,} does not come after {before:,}", size=size.parameters, before=before.parameters
            )
            span = located.at("sizes", position, "parameters")
            draft.report("bad-range", message, span, Sentence("write the sizes from small to large"))


def _check_contradictions(sheet: Sheet, name: str, keys: tuple[str, ...]) -> None:
    """Reports rows that give one thing two prices on the same day; a row without an end yields to a newer one."""
    rows: dict[tuple[str, ...], list[tuple[Located[Any], PriceRow]]] = {}
    for located, row in sheet.rows(name):
        for thing in _things(row, keys):
            rows.setdefault(thing, []).append((located, row))
    for thing, alike in rows.items():
        for (first, old), (second, new) in pairwise(sorted(alike, key=lambda pair: pair[1].valid.first)):
            if new.valid.first == old.valid.first or (old.valid.last and new.valid.first <= old.valid.last):
                message = Sentence("`{name}` has two prices on {day}", name=short(thing[0]), day=new.valid.first)
                hint = Sentence(
                    "the other stands at {place}; end one of them with `valid: {{until: ...}}`", place=first.node.span
                )
                sheet.draft.report("contradictory-prices", message, second.node.span, hint)


def _things(row: Any, keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What the row is a price for: one entry for each name of its model."""
    for name in (getattr(row, keys[0]), *getattr(row, "also", ())):
        yield (name.lower(), *(getattr(row, key) for key in keys[1:]))


def _check_twice(sheet: Sheet, name: str, keys: tuple[str, ...]) -> None:
    first: dict[Hashable, Located[Any]] = {}
    for located, row in sheet.rows(name):
        for thing in _things(row, keys):
            if thing in first and first[thing] is not located:
                message = Sentence("`{name}` is used twice", name=short(thing[0]))
                hint = Sentence("it stands first at {place}", place=first[thing].node.span)
                sheet.draft.report("duplicate-id", message, located.node.span, hint)
            first.setdefault(thing, located)


def _model_names(located: Located[Any]) -> Iterator[str]:
    """All names of a row's model, read from its text, since the row may be wrong elsewhere."""
    yield located.name
    also = located.node.get("also") if isinstance(located.node, source.Map) else None
    names = also.items if isinstance(also, source.Items) else (also,)
    yield from (name.text for name in names if isinstance(name, source.Scalar))


def _check_named_models(sheet: Sheet) -> None:
    """Reports a reference or prompted model that is not in the list."""
    identity = sheet.identity.part if sheet.identity else None
    if not sheet.identity or not identity:
        return
    prompted = (identity.prompted,) if identity.prompted is not None else ()
    for key, named, section in (("reference", identity.reference, "tuning"), ("prompted", prompted, "serving")):
        models = [name for located in sheet.lists.get(section, ()) for name in _model_names(located)]
        for model in named:
            check_named(sheet.identity, (key,), model, models, section, sheet.draft)
