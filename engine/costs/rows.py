"""What a price list holds, row by row, as its author wrote it."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from ..language.citations import Source
from ..language.loading.sheet import SheetIdentity
from ..language.problems import Sentence, short
from ..language.text import BadValue, Count, Day, Line, Lines, Name, Number, Text, Whole, Written

Method = Literal["full", "lora", "qlora"]
METHODS: tuple[Method, ...] = ("lora", "qlora", "full")

_CURRENCY = re.compile(r"[A-Z]{3}")


def _check_currency(code: str) -> str:
    if not _CURRENCY.fullmatch(code):
        hint = Sentence("write the three capital letters of ISO 4217, for example USD")
        raise BadValue("unknown-currency", Sentence("`{code}` is not a currency code", code=short(code)), hint)
    return code


Currency = Annotated[str, AfterValidator(_check_currency)]
Price = Annotated[Number, Field(ge=0)]
Amount = Annotated[Number, Field(gt=0)]
WholeAmount = Annotated[Whole, Field(gt=0)]


class Between(Written):
    """From `min` to `max`, both included; equal if the source gives one figure."""

    low: Amount = Field(alias="min")
    high: Amount = Field(alias="max")


class Counted(Between):
    """A range of whole numbers."""

    low: WholeAmount = Field(alias="min")
    high: WholeAmount = Field(alias="max")


class Period(Written):
    """The days on which a price is known to apply, both included; without an end, until a newer row follows."""

    first: Day = Field(alias="from")
    last: Day | None = Field(None, alias="until")

    def holds_on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


class PriceListIdentity(SheetIdentity):
    """What a price list says about itself.

    `currencies` are those its rows may use; `reference` is the model used for a case that names none, of several the
    first that anybody can buy on the day, and `prompted` the one that answers untuned beside it, if that is another.
    """

    currencies: tuple[Currency, ...]
    reference: Lines = ()
    prompted: Line | None = None


class Stage(Written):
    """Who can buy from a day on: anyone, only existing customers, or nobody."""

    first: Day = Field(alias="from")
    state: Literal["open", "existing_customers", "closed"]
    text: Text | None = None
    source: Source | None = None


class Availability(Written):
    """Who could buy something, and when; the stages in order of their days."""

    availability: Name
    stages: tuple[Stage, ...]

    def on(self, day: date) -> Stage | None:
        """The stage on that day; None before the first one, when nothing is known."""
        return next((stage for stage in reversed(self.stages) if stage.first <= day), None)


class PriceRow(Written):
    """What every price says about itself; `checked_on` is the day on which the source was last read."""

    currency: Currency
    valid: Period
    checked_on: Day
    availability: Name
    source: Source
    note: Text | None = None


class Tuning(PriceRow):
    """A hosted model that can be fine-tuned: training per million tokens or per hour, and serving the tuned model.

    `input`, `cached_input` and `output` are prices of the tuned model per million tokens.
    """

    model: Line
    provider: Line
    also: Lines = ()
    unit: Literal["million_tokens", "hour"]
    training: Price
    input: Price | None = None
    cached_input: Price | None = None
    output: Price | None = None


class Serving(PriceRow):
    """A model as its provider serves it, not tuned; prices per million tokens.

    `context` is the most tokens that a prompt and its answer may have together, where that is known.
    """

    model: Line
    provider: Line
    also: Lines = ()
    unit: Literal["million_tokens"]
    input: Price
    cached_input: Price | None = None
    output: Price
    context: Count | None = Field(None, ge=1)


class Hosting(PriceRow):
    """What it costs to keep a tuned model ready, used or not."""

    hosting: Line
    provider: Line
    unit: Literal["hour", "month"]
    price: Price


class Store(PriceRow):
    """What a vector store for retrieval costs, as a range."""

    store: Line
    unit: Literal["month"]
    price: Between


class Rental(PriceRow):
    """One GPU for one hour, from the lowest to the highest price seen."""

    gpu: Line
    provider: Line
    unit: Literal["gpu_hour"]
    price: Between


class TrainingRun(PriceRow):
    """A training run as a source states it: model, method, GPUs, hours, cost and number of examples."""

    model: Line
    also: Lines = ()
    method: Method
    gpu: Line
    gpus: Count = Field(ge=1)
    unit: Literal["run"]
    hours: Between
    price: Between
    examples: Counted


class Gpu(Written):
    """A GPU: its memory in GB, and its dense bf16 peak in TFLOPS (10**12 operations per second)."""

    gpu: Line
    also: Lines = ()
    memory: Amount
    tflops: Amount
    source: Source


class SizedMemory(Written):
    """GB of GPU memory for a model of so many billion parameters."""

    parameters: Amount
    gigabytes: Amount
    source: Source | None = None


class Memory(Written):
    """The GPU memory that a method needs, by model size; `measured` is one run that took more than the table says."""

    method: Method
    bits: Count = Field(ge=1, le=32)
    sizes: tuple[SizedMemory, ...] = Field(min_length=1)
    measured: SizedMemory | None = None
    source: Source


class Compute(Written):
    """The work of a method: operations per parameter and token (k), and the share of a GPU's peak that it reaches."""

    method: Method
    operations: Between
    utilisation: Between
    source: Source
    utilisation_source: Source
    note: Text | None = None
