"""What fine-tuning on rented GPUs costs -> a document: hours, cost and memory, each with its source."""

from __future__ import annotations

from collections.abc import Iterator

from whytune.engine.costs.gpu import Fits, GpuEstimate, Need, RoughRange, Work
from whytune.engine.costs.money import Money, plain_digits
from whytune.engine.costs.rows import Method, TrainingRun
from whytune.engine.language.text import pick
from whytune.engine.words.catalogue import Family

from .document import Block, Document, Gap, Heading, document
from .prices import Pricing, rows

_METHOD = Family[Method]("method")
_FITS = Family[Fits]()


def gpu(estimate: GpuEstimate, pricing: Pricing) -> Document:
    """What a source states, what the formula gives, and whether the model fits."""
    blocks = [*_blocks(estimate, pricing)]
    currency = estimate.work.cost.currency if estimate.work else estimate.run.currency if estimate.run else ""
    blocks += [Gap(), rows(pricing.closing(currency, estimate.scope, "estimated"))]
    title = pricing.say("gpu_title", model=estimate.model, method=_method(estimate, pricing))
    return document(title, pricing.language, blocks)


def _method(estimate: GpuEstimate, pricing: Pricing) -> str:
    return pricing.say(_METHOD[estimate.method])


def _blocks(estimate: GpuEstimate, pricing: Pricing) -> Iterator[Block]:
    method = _method(estimate, pricing)
    if estimate.run:
        yield Heading(pricing.say("run_stated", model=estimate.run.model, method=method))
        yield from pricing.age(estimate.rows)
        yield rows(_stated(estimate.run, pricing))
    if estimate.work and estimate.parameters is not None:
        size = plain_digits(estimate.parameters)
        yield Heading(pricing.say("run_estimated", model=estimate.model, size=size, method=method))
        yield from pricing.age(() if estimate.run else estimate.rows)
        yield rows(_estimated(estimate, estimate.work, pricing))
    if estimate.need:
        yield Heading(pricing.say("memory_title", gpus=_cards(estimate.gpus, estimate.gpu.gpu, pricing)))
        yield rows(_memory(estimate.need, pricing))
    yield from pricing.warning(estimate.stage)


def _stated(run: TrainingRun, pricing: Pricing) -> Iterator[tuple[str, str]]:
    """The run as its source states it, in the source's own figures."""
    yield pricing.say("gpus"), _cards(run.gpus, run.gpu, pricing)
    yield pricing.say("hours"), _plain(RoughRange(run.hours.low, run.hours.high))
    yield pricing.say("cost"), pricing.say("one_run", cost=Money(run.price.low, run.price.high, run.currency).shown())
    yield pricing.say("examples"), _plain(RoughRange(run.examples.low, run.examples.high))
    yield from pricing.price(pricing.say("run_price"), run)


def _estimated(estimate: GpuEstimate, work: Work, pricing: Pricing) -> Iterator[tuple[str, str]]:
    gpus = _cards(estimate.gpus, estimate.gpu.gpu, pricing)
    yield pricing.say("hours"), pricing.say("hours_on", hours=work.hours.shown(), gpus=gpus)
    yield pricing.say("cost"), pricing.say("one_run", cost=work.cost.shown_estimate())
    yield pricing.say("formula"), pricing.say("gpu_formula")
    yield from ((pricing.say("assumed_of"), text) for text in _assumptions(estimate, work, pricing))
    if work.compute.note:
        yield pricing.say("cost_note"), pick(work.compute.note, pricing.language)
    yield from _rental_sources(work, pricing)


def _assumptions(estimate: GpuEstimate, work: Work, pricing: Pricing) -> Iterator[str]:
    """What the formula was fed with, each with its source."""
    compute = work.compute
    k, share = (_plain(RoughRange(span.low, span.high)) for span in (compute.operations, compute.utilisation))
    yield pricing.say("k_assumed", k=k, source=pricing.source(compute.source))
    yield pricing.say("use_assumed", share=share, source=pricing.source(compute.utilisation_source))
    peak = f"{estimate.gpu.tflops.normalize():,f}"
    yield pricing.say("peak_assumed", peak=peak, source=pricing.source(estimate.gpu.source))
    yield pricing.say("tokens_assumed", tokens=f"{work.training_tokens:,}")
    providers = pricing.listed(dict.fromkeys(rental.provider for rental in work.rentals))
    yield pricing.say("hourly_assumed", price=work.hourly.shown_rate(), providers=providers)


def _rental_sources(work: Work, pricing: Pricing) -> Iterator[tuple[str, str]]:
    seen = set()
    for rental in work.rentals:
        key = (rental.source.document, rental.valid.first, rental.valid.last, rental.checked_on)
        if key not in seen:
            seen.add(key)
            yield from pricing.price(pricing.say("hourly_price", gpu=rental.gpu), rental)


def _memory(need: Need, pricing: Pricing) -> Iterator[tuple[str, str]]:
    there = f"{need.there.normalize():,f}"
    yield pricing.say("memory"), pricing.say(_FITS[need.fits], needed=need.gigabytes.shown(), there=there)
    yield from ((pricing.say("assumed_of"), text) for text in _memory_assumptions(need, pricing))


def _memory_assumptions(need: Need, pricing: Pricing) -> Iterator[str]:
    """Where the GB come from."""
    row, measured = need.row, need.row.measured
    yield pricing.say("memory_assumed", bits=str(row.bits), source=pricing.source(row.source))
    if measured and measured.source:
        size, gigabytes = (f"{quantity.normalize():f}" for quantity in (measured.parameters, measured.gigabytes))
        source = pricing.source(measured.source)
        yield pricing.say("memory_measured", size=size, gigabytes=gigabytes, source=source)
    else:
        yield pricing.say("memory_not_measured")
    if need.beyond_table:
        low, high = (f"{row.sizes[end].parameters.normalize():f}" for end in (0, -1))
        yield pricing.say("beyond_table", low=low, high=high)


def _cards(count: int, gpu: str, pricing: Pricing) -> str:
    return pricing.say("cards", count=f"{count:,}", gpu=gpu)


def _plain(both: RoughRange) -> str:
    """A range exactly as its source writes it."""
    low, high = (f"{bound.normalize():,f}" for bound in both)
    return low if low == high else f"{low}–{high}"
