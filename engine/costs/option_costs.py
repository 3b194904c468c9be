"""What the advice and its main rival would cost, from the facts of a case; or which facts are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any, Literal, NamedTuple

from ..language.brief import brief
from ..language.case import CaseFacts
from ..language.problems import Problem, Sentence, WhytuneError
from ..language.rulebook import Rulebook
from .break_even import BreakEven, Spent, break_even
from .money import Money
from .option_ways import TEXT, WITH_TEXT, counted_numbers, given_numbers, needed, shape_of
from .price_list import Cited, Included, LeftOut, PassedOver, PriceList, Reference, Scope, age, cited
from .rows import PriceRow
from .serving import (
    TUNED,
    MonthlyCalls,
    Prompt,
    Served,
    ServingShape,
    from_cache,
    untuned_too,
    with_both,
    with_prompt,
    with_retrieval,
    with_tuned,
)
from .tuning import EPOCHS, TrainingData, TuningEstimate, tuning_estimate

_INSIDE = "must_stay_inside"
_SMALL = "encoder"
"""An option of this name is a model of its own kind, far smaller than what answers in words."""
AssumedQuantity = Literal["epochs", "cached_share", "knowledge_tokens"]
"""What is assumed if a case does not say."""


class OptionCost(NamedTuple):
    """What one option costs: training once (None if there is none), and serving it for a month.

    `shape` is None for an option about which nothing is known; `missing` names the facts that the case does not give.
    `text_tokens` is the part of the prompt that is the whole text; `beyond` is the context window of the model into
    which the call does not fit, so that there is no amount for it; `from_cache` is a month in which each call finds the
    whole text in the cache, where the case gives no cached share. An amount `is_overstated` where the option takes a
    model far smaller than any that the list has; `unpriced` says why the list has no price for it.
    """

    option: str
    shape: ServingShape | None
    missing: tuple[str, ...]
    training: TuningEstimate | None = None
    served: Served | None = None
    text_tokens: int | None = None
    beyond: int | None = None
    from_cache: Money | None = None
    is_overstated: bool = False
    unpriced: Sentence | None = None

    def is_served(self, *, tuned: bool) -> bool:
        """Is there an amount for answering with a model that is tuned, or one that is not?"""
        return self.served is not None and self.served.is_tuned is tuned

    def to_dict(self) -> dict[str, Any]:
        return {
            "option": self.option,
            "approach": self.shape,
            "missing": list(self.missing),
            "training": self.training.to_dict() if self.training else None,
            "serving": self.served.to_dict() if self.served else None,
            "text_tokens": self.text_tokens,
            "beyond_context": self.beyond,
            "per_month_from_cache": self.from_cache.to_dict() if self.from_cache else None,
            "overstated": self.is_overstated,
            "unpriced": self.unpriced,
        }


PAYS_BACK_SOON, PAYS_BACK_LATE = 12, 24
"""Months: up to the first, tuning not advised counts as cheaper; beyond the second, tuning advised as dearer."""


class SharedPart(NamedTuple):
    """A part that the months of two options have in common, so that a range of it is none between them.

    The month of `cheaper` costs less than that of `dearer` by just this difference.
    """

    cheaper: OptionCost
    dearer: OptionCost
    shape: ServingShape
    standing: Money
    difference: Money

    def __repr__(self) -> str:
        return brief(self)

    def to_dict(self) -> dict[str, Any]:
        return {
            "cheaper": self.cheaper.option,
            "dearer": self.dearer.option,
            "standing_per_month": self.standing.to_dict(),
            "difference_per_month": self.difference.to_dict(),
        }


AgainstAdvice = Literal["tuning_is_cheaper", "tuning_is_dearer"]
"""In what way prices speak against the advice."""


class AdviceCosts(NamedTuple):
    """The costs of the advice, its main rival and other ways at the prices of one day, the advice first.

    `model` is the one that is tuned, `prompted` the one that answers untuned; `assumed` is what the case left unsaid;
    `passed_over` are the models that the list names before `model`; `same_model` is as `untuned_too` has it. Where
    `must_stay_inside` is true, the data may not go to the hosted models that these prices are of.
    """

    decision: str
    model: str
    prompted: str
    day: date
    options: tuple[OptionCost, ...]
    assumed: tuple[AssumedQuantity, ...]
    pays_back: BreakEven | None
    prices: Cited
    passed_over: tuple[PassedOver, ...]
    same_model: tuple[Served, ...]
    must_stay_inside: bool

    @property
    def against(self) -> AgainstAdvice | None:
        """In what way the prices speak against the advice; None if they do not, or nothing can be compared."""
        if self.pays_back is None:
            return None
        if self.must_stay_inside:
            return None
        months = self.pays_back.point.months
        if self.options[0].shape in TUNED:
            return "tuning_is_dearer" if months is None or months > PAYS_BACK_LATE else None
        is_sold = self.pays_back.tuned.stage is None or self.pays_back.tuned.stage.state != "closed"
        return "tuning_is_cheaper" if is_sold and months is not None and months <= PAYS_BACK_SOON else None

    @property
    def shared(self) -> tuple[SharedPart, ...]:
        """The ranges that two of these options have in common, where their months differ by one amount."""
        pairs = (_shared_part(*pair) for pair in combinations(self.options, 2))
        return tuple(filter(None, pairs))

    @property
    def tuned_model(self) -> str | None:
        """The model that is tuned in these amounts; None if none is."""
        return self.model if any(cost.training or cost.is_served(tuned=True) for cost in self.options) else None

    @property
    def prompted_model(self) -> str | None:
        """The model that answers untuned in these amounts; None if none does."""
        return self.prompted if any(cost.beyond or cost.is_served(tuned=False) for cost in self.options) else None

    @property
    def is_known(self) -> bool:
        """Is any amount known?"""
        return any(cost.training or cost.served for cost in self.options)

    @property
    def scope(self) -> Scope:
        """What the amounts include: training only if some option is trained."""
        trained: tuple[Included, ...] = ("training",) if any(option.training for option in self.options) else ()
        left_out: tuple[LeftOut, ...] = ("data", "index", "evaluation", "people", "tax", "batch")
        return Scope((*trained, "input", "output", "standing"), left_out)

    @property
    def rows(self) -> tuple[PriceRow | None, ...]:
        """The prices that it rests on."""
        estimates = (part for option in self.options for part in (option.training, option.served) if part)
        return tuple(row for estimate in (*estimates, *self.same_model) for row in estimate.rows)

    def to_dict(self) -> dict[str, Any]:
        return {
            "decision": self.decision,
            "model": self.model,
            "prompted_model": self.prompted,
            "passed_over": [model.to_dict() for model in self.passed_over],
            "as_of": self.day.isoformat(),
            **age(self.rows, self.day),
            "options": [option.to_dict() for option in self.options],
            "same_model": [way.to_dict() for way in self.same_model],
            "shared": [part.to_dict() for part in self.shared],
            "assumed": list(self.assumed),
            "break_even": self.pays_back.to_dict() if self.pays_back else None,
            "against_advice": self.against,
            "must_stay_inside": self.must_stay_inside,
            **self.scope.to_dict(),
            "price_list": self.prices,
        }


def advice_costs(
    rulebook: Rulebook,
    facts: CaseFacts,
    decision: str,
    options: Iterable[str],
    prices: PriceList,
    day: date,
    model: str | None = None,
    others: Collection[str] = (),
    with_text: Collection[ServingShape] = WITH_TEXT,
) -> AdviceCosts:
    """What these options cost in the case, with this model or those that the price list names as its reference.

    Of the `others` among them, one for which there is no price says so. Those that answer in a way of `with_text` have
    the whole text in each call.

    Only what the case gives counts: an amount that rests on an assumed number would look like the team's own figure.
    The size of a text that a prompt would hold is the exception, and `assumed` names it.
    Raises WhytuneError: unknown-model, no-price, mixed-currency, missing-quantity.
    """
    reference = Reference(model) if model else prices.reference(day)
    if reference is None:
        hint = Sentence("name a model, or add `reference:` to the price list")
        raise WhytuneError([Problem("missing-quantity", Sentence("the price list has no reference model"), None, hint)])
    prices.check_model(reference.model)
    numbers = counted_numbers(facts)
    models = _Models(reference.model, model or prices.identity.prompted or reference.model)
    costs = tuple(
        _cost(rulebook, decision, option, numbers, prices, day, models, with_text, needs_price=option not in others)
        for option in options
    )
    return AdviceCosts(
        decision,
        models.tuned,
        models.prompted,
        day,
        costs,
        _assumed(costs, given_numbers(facts)),
        _pays_back(costs, with_text, numbers, prices, day),
        cited(prices),
        reference.passed_over,
        untuned_too([cost.served for cost in costs if cost.served], prices, day),
        _is_given(facts, _INSIDE),
    )


class _Models(NamedTuple):
    """The model that is tuned, and the one that answers untuned."""

    tuned: str
    prompted: str


def _assumed(costs: Iterable[OptionCost], given: Mapping[str, Decimal]) -> tuple[AssumedQuantity, ...]:
    """What these costs rest on that the case does not give."""
    amounts = [cost for cost in costs if cost.served or cost.beyond]
    shapes = {cost.shape for cost in amounts}
    uses: Mapping[AssumedQuantity, tuple[ServingShape, ...]] = {
        "epochs": TUNED,
        "cached_share": ("prompt", "in_context"),
        "knowledge_tokens": tuple(cost.shape for cost in amounts if cost.shape and cost.text_tokens),
    }
    return tuple(name for name, used_by in uses.items() if not shapes.isdisjoint(used_by) and name not in given)


def _is_given(facts: CaseFacts, name: str) -> bool:
    """Is this fact of yes or no given, and yes?"""
    state = facts.states.get(name)
    return state is not None and state.state == "given" and state.value == "yes"


def _cost(
    rulebook: Rulebook,
    decision: str,
    option: str,
    numbers: Mapping[str, Decimal],
    prices: PriceList,
    day: date,
    models: _Models,
    with_text: Collection[ServingShape],
    *,
    needs_price: bool,
) -> OptionCost:
    """What an option costs; unless it needs a price, without an amount and with the reason where the list has none."""
    shape = shape_of(rulebook, decision, option)
    if shape is None:
        return OptionCost(option, None, ())
    is_overstated = _SMALL in rulebook.decision[decision].lineage(option)
    try:
        cost = _shaped_cost(option, shape, numbers, prices, day, models, with_text)
    except WhytuneError as error:
        if needs_price or any(problem.code not in ("no-price", "unknown-model") for problem in error.problems):
            raise
        return OptionCost(option, shape, (), unpriced=error.problems[0].message)
    return cost._replace(is_overstated=is_overstated)


def _shaped_cost(
    option: str,
    shape: ServingShape,
    numbers: Mapping[str, Decimal],
    prices: PriceList,
    day: date,
    models: _Models,
    with_text: Collection[ServingShape],
) -> OptionCost:
    """What an option that answers in this way costs; raises WhytuneError: unknown-model, no-price, mixed-currency."""
    missing = tuple(name for name in needed(shape, with_text) if name not in numbers)
    training = None
    if shape in TUNED and numbers.get("examples") and "tokens_per_example" in numbers:
        counts = (numbers["examples"], numbers["tokens_per_example"], numbers.get("epochs", EPOCHS))
        training = tuning_estimate(prices, models.tuned, day, TrainingData(*map(int, counts)), way_out=_another_model())
    if shape in TUNED and numbers.get("examples") == 0:
        missing = ("examples", *missing)
    text_tokens = int(numbers[TEXT]) if shape in with_text and not missing else None
    served = None if missing else _served(shape, numbers, prices, day, models, text_tokens or 0)
    if served and served.beyond:
        return OptionCost(option, shape, missing, training, None, text_tokens, served.beyond)
    cached = from_cache(served, text_tokens) if served and text_tokens and "cached_share" not in numbers else None
    return OptionCost(option, shape, missing, training, served, text_tokens, None, cached)


def _served(
    shape: ServingShape, numbers: Mapping[str, Decimal], prices: PriceList, day: date, models: _Models, text: int
) -> Served:
    traffic = _traffic(numbers)
    if shape in ("prompt", "in_context"):
        tokens = _with_text(numbers["prompt_tokens"], text)
        prompt = Prompt(tokens, numbers.get("cached_share", Decimal(0)))
        return with_prompt(prices, models.prompted, day, prompt, traffic, shape)
    if shape == "rag":
        return with_retrieval(prices, models.prompted, day, Prompt(int(numbers["rag_prompt_tokens"])), traffic)
    if shape == "rag_and_fine_tune":
        prompt = Prompt(int(numbers["rag_prompt_tokens"]))
        return with_both(prices, models.tuned, day, prompt, traffic, way_out=_another_model())
    prompt = Prompt(_with_text(numbers["tuned_prompt_tokens"], text))
    return with_tuned(prices, models.tuned, day, prompt, traffic, way_out=_another_model())


def _with_text(prompt: Decimal, text: int) -> int:
    """Tokens of the prompt with the whole text, if it has any: a prompt shorter than that was counted without it."""
    return int(prompt) if prompt >= text else int(prompt) + text


def _another_model() -> Sentence:
    return Sentence("name another model")


def _traffic(numbers: Mapping[str, Decimal]) -> MonthlyCalls:
    return MonthlyCalls(int(numbers["calls_per_month"]), int(numbers["output_tokens"]))


def _pays_back(
    costs: tuple[OptionCost, ...],
    with_text: Collection[ServingShape],
    numbers: Mapping[str, Decimal],
    prices: PriceList,
    day: date,
) -> BreakEven | None:
    """When tuning pays for itself, if what leads is compared with the same way of answering tuned, or untuned.

    Retrieval is untuned what retrieval and tuning is tuned, and the long prompt what a tuned model is; where that has
    the whole text in its prompt, too, it is compared with the prompt that has it.
    """
    long_prompt: ServingShape = "in_context" if {"in_context", "fine_tune"} <= set(with_text) else "prompt"
    tuned_from: Mapping[ServingShape, ServingShape] = {long_prompt: "fine_tune", "rag": "rag_and_fine_tune"}
    pair = next((pair for pair in tuned_from.items() if costs and costs[0].shape in pair), None)
    if pair is None:
        return None
    base = next((cost.served for cost in costs if cost.shape == pair[0] and cost.served), None)
    tuned = next((cost for cost in costs if cost.shape == pair[1] and cost.served and cost.training), None)
    if base is None or tuned is None or tuned.served is None or tuned.training is None:
        return None
    nothing = Money.none(tuned.training.cost.currency)
    spent = Spent(tuned.training.cost, nothing, nothing)
    return break_even(base, tuned.served, spent, _traffic(numbers), day, prices, tuned.training)


def _shared_part(one: OptionCost, other: OptionCost) -> SharedPart | None:
    """The range that both months hold; None if they share none, or do not differ."""
    if one.served is None or other.served is None or one.served.month == other.served.month:
        return None
    if one.served.standing.is_exact or one.served.standing_row != other.served.standing_row:
        return None
    cheaper, dearer = sorted((one, other), key=lambda cost: cost.served.month.low if cost.served else 0)
    difference = abs(one.served.month_of_calls.low - other.served.month_of_calls.low)
    amount = Money.exact(difference, one.served.month.currency)
    return SharedPart(cheaper, dearer, one.served.shape, one.served.standing, amount)
