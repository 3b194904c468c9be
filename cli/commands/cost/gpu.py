"""`whytune cost gpu`: what fine-tuning on rented GPUs costs, and whether the model fits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import click

from whytune.engine.costs.gpu import GpuEstimate, Need, Range, Work, gpu_estimate, method_of
from whytune.engine.costs.money import Money, plain_digits
from whytune.engine.costs.quantities import MOST_GPUS, Quantities
from whytune.engine.costs.rows import Run
from whytune.engine.language.text import pick

from ...layout import heading
from ...options import lines_format_option, show_lines
from .options import price_options, priced, training_options
from .quantities import data_of
from .report import Report


@click.command()
@click.option("--model", required=True, metavar="NAME", help="The model; its size is read from a name like Llama-3-8B.")
@click.option("--method", required=True, metavar="lora|qlora|full", help="How it is tuned.")
@click.option("--parameters", metavar="8B", help="Billions of parameters, where the name does not say them.")
@training_options(examples="Training examples; with --tokens there is an estimate by formula.")
@click.option("--gpu", "gpu_name", default="A100-80GB", show_default=True, metavar="NAME", help="The GPU to rent.")
@click.option("--gpus", default="1", show_default=True, metavar="N", help="How many of them.")
@click.option("--provider", metavar="NAME", help="Where; by default from the lowest to the highest price.")
@price_options
@lines_format_option
def gpu(
    model: str,
    method: str,
    parameters: str | None,
    examples: str | None,
    tokens: str | None,
    epochs: str,
    gpu_name: str,
    gpus: str,
    provider: str | None,
    prices: str,
    as_of: date | None,
    language: str | None,
    format_: str,
) -> None:
    """Estimate hours, cost and memory of fine-tuning on rented GPUs: what a source states, and ranges by formula.

    \b
    Examples:
      whytune cost gpu --model Llama-3-8B --method lora
      whytune cost gpu --model Mistral-7B --method qlora --examples 5000 --tokens 500 --gpu H100
    """
    if (examples is None) != (tokens is None):
        raise click.UsageError("--examples and --tokens go together")
    asked = priced(prices, as_of, language)
    quantities = Quantities()
    total = None
    if examples is not None and tokens is not None:
        total = data_of({"examples": examples, "tokens": tokens, "epochs": epochs}, quantities).training_tokens
    cards = quantities.count("--gpus", gpus, MOST_GPUS)
    size = None if parameters is None else quantities.size("--parameters", parameters)
    quantities.stop_if_wrong()
    estimate = gpu_estimate(
        asked.prices,
        model,
        method_of(method),
        asked.day,
        gpu=gpu_name,
        gpus=cards,
        parameters=size,
        tokens=total,
        provider=provider,
    )
    show_lines(format_, estimate.to_dict, _lines(estimate, asked.report))


def _lines(estimate: GpuEstimate, report: Report) -> Iterator[str]:
    method = report.say(f"method_{estimate.method}")
    if estimate.run:
        title = report.say("run_stated", model=estimate.run.model, method=method)
        yield click.style(title, bold=True)
        yield from report.age(estimate.rows)
        yield from report.table(_stated(estimate.run, report))
    if estimate.work and estimate.parameters is not None:
        size = plain_digits(estimate.parameters)
        title = report.say("run_estimated", model=estimate.model, size=size, method=method)
        yield heading(title) if estimate.run else click.style(title, bold=True)
        yield from report.age(() if estimate.run else estimate.rows)
        yield from report.table(_estimated(estimate, estimate.work, report))
    if estimate.need:
        yield heading(report.say("memory_title", gpus=_cards(estimate.gpus, estimate.gpu.gpu, report)))
        yield from report.table(_memory(estimate.need, report))
    yield from report.warning(estimate.stage)
    currency = estimate.work.cost.currency if estimate.work else estimate.run.currency if estimate.run else ""
    yield from report.rows(report.closing(currency, estimate.scope, "estimated"))


def _stated(run: Run, report: Report) -> Iterator[tuple[str, str]]:
    """The run as its source states it, in the source's own figures."""
    yield report.say("gpus"), _cards(run.gpus, run.gpu, report)
    yield report.say("hours"), _plain(Range(run.hours.low, run.hours.high))
    yield report.say("cost"), Money(run.price.low, run.price.high, run.currency).shown()
    yield report.say("examples"), _plain(Range(run.examples.low, run.examples.high))
    yield from report.price(report.say("run_price"), run)


def _estimated(estimate: GpuEstimate, work: Work, report: Report) -> Iterator[tuple[str, str]]:
    gpus = _cards(estimate.gpus, estimate.gpu.gpu, report)
    yield report.say("hours"), report.say("hours_on", hours=work.hours.shown(), gpus=gpus)
    yield report.say("cost"), work.cost.shown_estimate()
    yield report.say("formula"), report.say("gpu_formula")
    yield from ((report.say("assumed_of"), said) for said in _assumptions(estimate, work, report))
    if work.compute.note:
        yield report.say("cost_note"), pick(work.compute.note, report.language)
    yield from _rental_sources(work, report)


def _assumptions(estimate: GpuEstimate, work: Work, report: Report) -> Iterator[str]:
    """What the formula was fed with, each with its source."""
    compute = work.compute
    k, share = (_plain(Range(each.low, each.high)) for each in (compute.operations, compute.utilisation))
    yield report.say("k_assumed", k=k, source=report.source(compute.source))
    yield report.say("use_assumed", share=share, source=report.source(compute.utilisation_source))
    peak = f"{estimate.gpu.tflops.normalize():,f}"
    yield report.say("peak_assumed", peak=peak, source=report.source(estimate.gpu.source))
    yield report.say("tokens_assumed", tokens=f"{work.training_tokens:,}")
    providers = report.listed(dict.fromkeys(rental.provider for rental in work.rentals))
    yield report.say("hourly_assumed", price=work.hourly.shown_rate(), providers=providers)


def _rental_sources(work: Work, report: Report) -> Iterator[tuple[str, str]]:
    seen = set()
    for rental in work.rentals:
        key = (rental.source.document, rental.valid.first, rental.valid.last, rental.checked_on)
        if key not in seen:
            seen.add(key)
            yield from report.price(report.say("hourly_price", gpu=rental.gpu), rental)


def _memory(need: Need, report: Report) -> Iterator[tuple[str, str]]:
    there = f"{need.there.normalize():,f}"
    yield report.say("memory"), report.say(need.fits, needed=need.gigabytes.shown(), there=there)
    yield from ((report.say("assumed_of"), said) for said in _memory_assumptions(need, report))


def _memory_assumptions(need: Need, report: Report) -> Iterator[str]:
    """Where the GB come from."""
    row, measured = need.row, need.row.measured
    yield report.say("memory_assumed", bits=str(row.bits), source=report.source(row.source))
    if measured and measured.source:
        size, gigabytes = (f"{each.normalize():f}" for each in (measured.parameters, measured.gigabytes))
        source = report.source(measured.source)
        yield report.say("memory_measured", size=size, gigabytes=gigabytes, source=source)
    else:
        yield report.say("memory_not_measured")
    if need.beyond_table:
        low, high = (f"{row.sizes[end].parameters.normalize():f}" for end in (0, -1))
        yield report.say("beyond_table", low=low, high=high)


def _cards(count: int, gpu: str, report: Report) -> str:
    return report.say("cards", count=f"{count:,}", gpu=gpu)


def _plain(both: Range) -> str:
    """A range as its source writes it, no digit more or less."""
    low, high = (f"{each.normalize():,f}" for each in both)
    return low if low == high else f"{low}–{high}"
