"""A request -> its estimate: hosted training, rented GPUs, answering, or when tuning pays for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from ..language.problems import Problem, Sentence, WhytuneError, either, listing, short
from ..language.vocabulary import YES_NO
from .break_even import BreakEven, Spent, break_even
from .estimate_request import PROMPTS, EstimateRequest, PromptKind, Quantity, QuantityName
from .gpu import GpuEstimate, gpu_estimate, method_of
from .money import Money
from .quantities import MOST_CALLS, MOST_EPOCHS, MOST_EXAMPLES, MOST_GPUS, MOST_HOURS, MOST_MONTHS, MOST_TOKENS
from .rows import Hosting
from .serving import (
    MonthlyCalls,
    Prompt,
    Served,
    ServingEstimate,
    self_hosted,
    serving_estimate,
    with_prompt,
    with_retrieval,
    with_tuned,
)
from .tuning import EPOCHS, TrainingData, TuningEstimate, tuning_estimate

Estimate = TuningEstimate | GpuEstimate | ServingEstimate | BreakEven
EstimateKind = Literal["tune", "gpu", "serve", "break-even"]


class Estimator(NamedTuple):
    """An estimate that can be ordered: the quantities that it takes, and what makes it from a complete request."""

    takes: tuple[Quantity, ...]
    make: Callable[[EstimateRequest], Estimate]


def estimate(kind: EstimateKind, request: EstimateRequest) -> Estimate:
    """The estimate of this kind, one of ESTIMATORS; a blank quantity counts as left out.

    Raises WhytuneError: missing-quantity and unfit-quantity for quantities that are missing or do not go together;
    everything that is wrong with the quantities; and what the price list does not have.
    """
    takes, make = ESTIMATORS[kind]
    given = {wanted.name: (request.texts.get(wanted.name) or "").strip() for wanted in takes}
    texts: dict[str, str | None] = {wanted.name: given[wanted.name] or wanted.default for wanted in takes}
    texts |= {} if given["model"] or kind == "gpu" else _models_of(kind, request, given)
    whole = EstimateRequest(texts, request.prices, request.day, request.spelt)
    lacking = [wanted.name for wanted in takes if (wanted.required or wanted == _MODEL) and wanted.name not in whole]
    if lacking:
        raise _lacking(Sentence("the estimate needs {names}", names=whole.named(*lacking)))
    _check_yes_or_no(whole)
    for wanted in takes:
        if given[wanted.name] and wanted.goes_with and not given[wanted.goes_with]:
            raise _lacking(_goes_with(whole, wanted.name, wanted.goes_with))
    return make(whole)


def _models_of(kind: EstimateKind, request: EstimateRequest, given: Mapping[QuantityName, str]) -> dict[str, str]:
    """The models for a request that names none, as for a case: the price list's reference, and what is prompted."""
    reference = request.prices.reference(request.day)
    if reference is None:
        return {}
    if kind == "tune":
        return {"model": reference.model}
    prompted = request.prices.identity.prompted or reference.model
    return {"model": prompted, "tuned_model": given["tuned_model"] or reference.model}


def _tune(request: EstimateRequest) -> TuningEstimate:
    data = _data(request)
    hours = None
    if "hours" in request:
        hours = request.quantities.above_zero(request.spelt("hours"), request.text("hours"), MOST_HOURS)
    request.stop_if_wrong()
    names = request.named("hours")
    way_out = Sentence("give {names} for a model that is trained by the hour, and only then", names=names)
    return tuning_estimate(request.prices, request.text("model"), request.day, data, hours, way_out=way_out)


def _gpu(request: EstimateRequest) -> GpuEstimate:
    _check_data(request)
    tokens = _data(request).training_tokens if "examples" in request else None
    cards = request.count("gpus", MOST_GPUS)
    size = None
    if "parameters" in request:
        size = request.quantities.size(request.spelt("parameters"), request.text("parameters"))
    request.stop_if_wrong()
    return gpu_estimate(
        request.prices,
        request.text("model"),
        method_of(request.text("method")),
        request.day,
        gpu=request.text("gpu"),
        gpus=cards,
        parameters=size,
        tokens=tokens,
        provider=request.texts["provider"],
        spelt=request.spelt,
    )


def _serve(request: EstimateRequest) -> ServingEstimate:
    if not any(name in request for name, _ in PROMPTS.values()):
        names = either(f"`{request.spelt(name)}`" for name, _ in PROMPTS.values())
        raise _lacking(Sentence("the estimate needs {names}, or several of them", names=names))
    _check_hosting(request)
    traffic = _traffic(request)
    long_prompt, rag_prompt, short_prompt = (
        request.prompt(kind) if tokens in request else None for kind, (tokens, _) in PROMPTS.items()
    )
    currency = request.prices.identity.currencies[0]
    store = request.money("vector_store", currency) if "vector_store" in request else None
    request.stop_if_wrong()
    model, ways = request.text("model"), list[Served]()
    if long_prompt:
        ways.append(with_prompt(request.prices, model, request.day, long_prompt, traffic))
    if rag_prompt:
        ways.append(with_retrieval(request.prices, model, request.day, rag_prompt, traffic, store))
    if short_prompt:
        ways.append(_tuned(request, short_prompt, traffic))
    _check_context(request, ways)
    return serving_estimate(request.prices, request.day, traffic, tuple(ways))


def _break_even(request: EstimateRequest) -> BreakEven:
    _check_training(request)
    _check_hosting(request)
    traffic = _traffic(request)
    long_prompt, short_prompt = request.prompt(""), request.prompt("tuned_")
    data = _data(request) if "examples" in request else None
    every = request.count("retrain_every", MOST_MONTHS) if "retrain_every" in request else None
    request.stop_if_wrong()
    base = with_prompt(request.prices, request.text("model"), request.day, long_prompt, traffic)
    _check_context(request, [base])
    tuned = _tuned(request, short_prompt, traffic)
    currency = base.call.currency
    training, others, refresh = (
        request.money("training", currency),
        request.money("data", currency),
        request.money("refresh", currency),
    )
    request.stop_if_wrong()
    estimated = _training(request, data) if data else None
    spent = Spent(estimated.cost if estimated else training, others, refresh, every)
    return break_even(base, tuned, spent, traffic, request.day, request.prices, estimated)


def _training(request: EstimateRequest, data: TrainingData) -> TuningEstimate:
    way_out = Sentence(
        "give {amount} instead of {names}", amount=request.named("training"), names=request.named("examples", "tokens")
    )
    return tuning_estimate(request.prices, _tuned_model(request), request.day, data, way_out=way_out)


def _data(request: EstimateRequest) -> TrainingData:
    return TrainingData(
        request.count("examples", MOST_EXAMPLES),
        request.count("tokens", MOST_TOKENS),
        request.count("epochs", MOST_EPOCHS),
    )


def _traffic(request: EstimateRequest) -> MonthlyCalls:
    return MonthlyCalls(request.count("calls", MOST_CALLS), request.count("output_tokens", MOST_TOKENS, least=0))


def _tuned_model(request: EstimateRequest) -> str:
    """The model that is tuned: as ordered, else the one that is prompted, or the reference if that is never tuned."""
    prices, model, reference = request.prices, request.text("model"), request.prices.reference(request.day)
    is_only_prompted = prices.untuned(model, request.day) is not None and not prices.is_ever_tuned(model)
    if request.texts["tuned_model"] or request.is_self_hosted or not is_only_prompted or reference is None:
        return request.texts["tuned_model"] or model
    return reference.model


def _tuned(request: EstimateRequest, prompt: Prompt, traffic: MonthlyCalls) -> Served:
    """The tuned model, at its provider's prices for tokens and hosting or on own machines; raises WhytuneError."""
    model, own = _tuned_model(request), request.is_self_hosted
    prices = request.prices
    currency = prices.identity.currencies[0] if own else prices.tuned(model, request.day).currency
    kept = _hosting(request, currency)
    request.stop_if_wrong()
    if own and kept is not None:
        return self_hosted(model, prompt, traffic, kept)
    way_out = Sentence(
        "for a model on your own machines give {names}: what they cost a month",
        names=request.named("self_hosted", "hosting"),
    )
    return with_tuned(prices, model, request.day, prompt, traffic, kept, way_out=way_out)


def _hosting(request: EstimateRequest, currency: str) -> Money | Hosting | None:
    """The hosting: an amount per month, or an entry of the price list by name; None if nothing is written."""
    if "hosting" not in request:
        return None
    text = request.text("hosting")
    if any(letter.isdigit() for letter in text[:1] + text[-1:]):
        return request.money("hosting", currency)
    return request.prices.hosted(text, request.day)


def _check_context(request: EstimateRequest, ways: Iterable[Served]) -> None:
    """Raises WhytuneError, unfit-quantity, for each prompt that its model cannot read at once with the answer."""
    if problems := [_too_long(request, way, way.beyond) for way in ways if way.beyond is not None]:
        raise WhytuneError(problems)


def _too_long(request: EstimateRequest, way: Served, context: int) -> Problem:
    tokens, _ = PROMPTS["rag_" if way.shape == "rag" else ""]
    message = Sentence(
        "`{model}` reads at most {context:,} tokens in one call, fewer than {names} together",
        model=way.model,
        context=context,
        names=request.named(tokens, "output_tokens"),
    )
    return Problem("unfit-quantity", message, None, Sentence("give a shorter prompt, or another model"))


def _check_data(request: EstimateRequest) -> None:
    """Raises WhytuneError if only one of examples and their tokens is given."""
    if ("examples" in request) != ("tokens" in request):
        raise _lacking(Sentence("{names} go together", names=request.named("examples", "tokens")))


def _check_training(request: EstimateRequest) -> None:
    """Raises WhytuneError if nothing says what training costs, or two things do."""
    _check_data(request)
    if ("examples" in request) == ("training" in request):
        message = Sentence(
            "either {amount} or {names} say what training costs",
            amount=request.named("training"),
            names=request.named("examples", "tokens"),
        )
        code = "unfit-quantity" if "training" in request else "missing-quantity"
        raise WhytuneError([Problem(code, message)])


def _check_yes_or_no(request: EstimateRequest) -> None:
    """Raises WhytuneError if `self_hosted` is neither yes nor no."""
    own = request.texts.get("self_hosted")
    if own not in (None, *YES_NO):
        hint = Sentence("it may be {names}", names=listing(YES_NO))
        message = Sentence("unknown value `{name}`", name=short(own or ""))
        raise WhytuneError([Problem("unknown-value", message, None, hint)])


def _check_hosting(request: EstimateRequest) -> None:
    """Raises WhytuneError if one's own machines are given no cost."""
    if request.is_self_hosted and "hosting" not in request:
        hint = Sentence("it is what your machines cost a month")
        raise _lacking(_goes_with(request, "self_hosted", "hosting"), hint)


def _goes_with(request: EstimateRequest, name: QuantityName, other: QuantityName) -> Sentence:
    return Sentence("{name} goes with {other}", name=request.named(name), other=request.named(other))


def _lacking(message: Sentence, hint: Sentence | None = None) -> WhytuneError:
    return WhytuneError([Problem("missing-quantity", message, None, hint)])


_MODEL = Quantity("model")
"""One of hosted models, by default the price list's reference."""
_TRAINING = (Quantity("examples"), Quantity("tokens"), Quantity("epochs", str(EPOCHS), goes_with="examples"))
_TRAFFIC = (Quantity("calls", required=True), Quantity("output_tokens", required=True))
_TUNED = Quantity("tuned_model", goes_with="tuned_prompt_tokens")
_HOSTING = (
    Quantity("hosting", goes_with="tuned_prompt_tokens"),
    Quantity("self_hosted", goes_with="tuned_prompt_tokens"),
)


def _of_prompt(kind: PromptKind, *, required: bool = False) -> tuple[Quantity, ...]:
    tokens, share = PROMPTS[kind]
    return (Quantity(tokens, required=required), Quantity(share, "0", goes_with=tokens))


ESTIMATORS: Mapping[EstimateKind, Estimator] = {
    "tune": Estimator(
        (
            _MODEL,
            Quantity("examples", required=True),
            Quantity("tokens", required=True),
            _TRAINING[2],
            Quantity("hours"),
        ),
        _tune,
    ),
    "gpu": Estimator(
        (
            Quantity("model", required=True),
            Quantity("method", required=True),
            Quantity("parameters"),
            *_TRAINING,
            Quantity("gpu", "A100-80GB"),
            Quantity("gpus", "1"),
            Quantity("provider", goes_with="examples"),
        ),
        _gpu,
    ),
    "serve": Estimator(
        (
            _MODEL,
            *_TRAFFIC,
            *_of_prompt(""),
            *_of_prompt("rag_"),
            Quantity("vector_store", goes_with="rag_prompt_tokens"),
            *_of_prompt("tuned_"),
            _TUNED,
            *_HOSTING,
        ),
        _serve,
    ),
    "break-even": Estimator(
        (
            _MODEL,
            _TUNED,
            *_TRAFFIC,
            *_of_prompt("", required=True),
            *_of_prompt("tuned_", required=True),
            Quantity("training"),
            *_TRAINING,
            Quantity("data", "0"),
            *_HOSTING,
            Quantity("retrain_every"),
            Quantity("refresh", goes_with="retrain_every"),
        ),
        _break_even,
    ),
}
"""The estimates by name, each with its quantities in the order in which a form asks for them."""
