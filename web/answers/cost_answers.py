"""What questions about costs are answered with; amounts are decimal numbers, written as texts."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from whytune.engine.costs import rows
from whytune.engine.costs.comparison import Remark
from whytune.engine.costs.price_list import Included, LeftOut
from whytune.engine.language.citations import Source
from whytune.engine.ledger.record_shape import DayText, Hash

from .told import TextByLanguage


class ExactAmount(TypedDict):
    """An exact amount of money in a currency (ISO 4217)."""

    amount: str
    currency: str


class AmountBetween(TypedDict):
    """An amount of money in a currency (ISO 4217), from `low` to `high`."""

    low: str
    high: str
    currency: str


AnyAmount = ExactAmount | AmountBetween


class Edition(TypedDict):
    """A price list or comparison, with the SHA-256 of what it says."""

    name: str
    edition: str
    digest: Hash


class Grounds(TypedDict):
    """What an estimate rests on: the day, the price list, what is included, and whether a price is over a year old."""

    as_of: DayText
    checked_long_ago: DayText | None
    included: list[Included]
    not_included: list[LeftOut]
    price_list: Edition


class TuningAnswer(Grounds):
    """What fine-tuning a hosted model costs."""

    model: str
    provider: str
    examples: int
    tokens_per_example: int
    epochs: int
    training_tokens: int
    hours: str | None
    cost: AnyAmount
    price: rows.Tuning
    availability: rows.Stage | None


class RoughAnswer(TypedDict):
    """A range in two significant digits."""

    low: str
    high: str


class WorkAnswer(TypedDict):
    """Hours and cost by the formula, and what they rest on."""

    training_tokens: int
    hours: RoughAnswer
    gpu_hours: RoughAnswer
    price_per_gpu_hour: AnyAmount
    cost: AmountBetween
    assumptions: rows.Compute
    prices: list[rows.Rental]


class MemoryAnswer(TypedDict):
    """The GPU memory that training needs, and whether there is enough."""

    gigabytes: RoughAnswer
    gigabytes_there: str
    fits: Literal["fits", "may_not_fit", "does_not_fit"]
    beyond_table: bool
    assumptions: rows.Memory


class GpuAnswer(Grounds):
    """What a source states for the model and the method, and what the formula gives."""

    model: str
    method: rows.Method
    billions_of_parameters: str | None
    gpu: rows.Gpu
    gpus: int
    stated: rows.TrainingRun | None
    estimate: WorkAnswer | None
    memory: MemoryAnswer | None
    availability: rows.Stage | None


class ServedAnswer(TypedDict):
    """What answering costs in one way."""

    approach: str
    model: str
    prompt_tokens: int
    cached_share: str
    per_call: AnyAmount
    standing_per_month: AnyAmount
    per_month: AnyAmount
    price: rows.Tuning | rows.Serving | None
    standing_price: rows.Hosting | rows.Store | None
    availability: rows.Stage | None


class ServingAnswer(Grounds):
    """What answering costs a month, in each way for which prompts are given."""

    calls_per_month: int
    output_tokens: int
    approaches: list[ServedAnswer]
    same_model: list[ServedAnswer]


class BreakEvenAnswer(Grounds):
    """When fine-tuning pays back, in calls and in months; if never, why, and how many calls a month it would take."""

    calls: int | None
    months: str | None
    never_because: Literal["no_saving", "standing"] | None
    calls_per_month_needed: int | None
    calls_per_month: int
    output_tokens: int
    base: ServedAnswer
    tuned: ServedAnswer
    same_model: list[ServedAnswer]
    saving_per_call: AnyAmount
    first: AnyAmount
    training: AnyAmount
    data: AnyAmount
    retraining_per_month: AnyAmount
    retrain_every_months: int | None
    training_estimate: TuningAnswer | None


class OptionCostsAnswer(TypedDict):
    """What an option costs, or the facts that an estimate lacks."""

    option: str
    approach: str | None
    missing: list[str]
    training: TuningAnswer | None
    serving: ServedAnswer | None
    text_tokens: int | None
    beyond_context: int | None
    per_month_from_cache: AnyAmount | None
    overstated: bool
    unpriced: str | None


class SharedPartAnswer(TypedDict):
    """A range that two options have in common, and by how much less the cheaper one costs."""

    cheaper: str
    dearer: str
    standing_per_month: AnyAmount
    difference_per_month: AnyAmount


class PassedOverAnswer(TypedDict):
    """A model that the price list names first, and that not everybody can buy."""

    model: str
    availability: rows.Stage


class CostsAnswer(Grounds):
    """What the advice and its main rival cost, and when tuning pays back."""

    decision: str
    model: str | None
    prompted_model: str | None
    passed_over: list[PassedOverAnswer]
    options: list[OptionCostsAnswer]
    same_model: list[ServedAnswer]
    shared: list[SharedPartAnswer]
    assumed: list[str]
    break_even: BreakEvenAnswer | None
    against_advice: Literal["tuning_is_cheaper", "tuning_is_dearer"] | None
    must_stay_inside: bool


class ComparedLine(TypedDict):
    """One dimension of the comparison, with a cell for each approach."""

    dimension: str
    label: TextByLanguage
    cells: dict[str, TextByLanguage]
    note: Remark | None


class ComparedTable(TypedDict):
    """A table of the comparison."""

    table: str
    title: TextByLanguage
    source: Source
    rows: list[ComparedLine]


class ComparisonAnswer(TypedDict):
    """The approaches side by side."""

    comparison: Edition
    approaches: dict[str, TextByLanguage]
    tables: list[ComparedTable]
