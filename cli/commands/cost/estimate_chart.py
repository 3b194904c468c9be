"""The chart of an estimate: both costs over time, where they cross, and what they rest on."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import click

from whytune.diagrams.chart import FORMATS, Chart, Series, plot
from whytune.diagrams.formats import no_format
from whytune.engine.costs.break_even import BreakEven, cumulative
from whytune.engine.costs.price_list import checked_long_ago
from whytune.engine.costs.quantities import MOST_MONTHS
from whytune.engine.language.problems import Sentence, short, visible
from whytune.prose.prices import BUYABLE, WAY, Pricing, lasting

from ...outside.files import STDOUT, save
from ...outside.picture_output import refuse_terminal, warn_of_boxes

_MONTHS = 12
"""How many months a chart shows if the lines never meet."""
_POINTS = 60


def write_chart(answer: BreakEven, pricing: Pricing, file: str) -> None:
    """Draws and writes the chart, and says so on standard error if it goes to a file; raises WhytuneError."""
    format_ = _format_of(file)
    refuse_terminal(format_, file, "--chart")
    drawn = plot(chart_of(answer, pricing), format_)
    if not drawn.is_legible:
        warn_of_boxes(pricing.language)
    save(file, drawn.data)
    if file != STDOUT:
        click.echo(pricing.say("chart_drawn", file=visible(file)), err=True)


def chart_of(answer: BreakEven, pricing: Pricing) -> Chart:
    """The chart of this answer, twice as far as the point where the lines meet."""
    point = answer.point
    last = _horizon(point.months)
    points = [(Decimal(step) * last / _POINTS) for step in range(_POINTS + 1)]
    both = [(month, *cumulative(answer, month)) for month in points]
    names = (
        pricing.say("way_of", way=pricing.say(WAY[way.shape]), model=way.model) for way in (answer.base, answer.tuned)
    )
    lines = ([(float(m), float(base)) for m, base, _ in both], [(float(m), float(tuned)) for m, _, tuned in both])
    series = [Series(name, line) for name, line in zip(names, lines, strict=True)]
    crossing = None
    if point.months is not None and point.calls is not None:
        label = pricing.say("chart_crossing", calls=f"{point.calls:,}", time=lasting(point.months, pricing))
        crossing = (float(point.months), float(cumulative(answer, point.months)[0]), label)
    return Chart(
        pricing.say("chart_title" if crossing else "chart_never"),
        pricing.say("chart_months"),
        pricing.say("chart_cost", currency=answer.saving.currency),
        (series[0], series[1]),
        crossing,
        _caption(answer, pricing),
    )


def _horizon(months: Decimal | None) -> Decimal:
    """How many months the chart shows: twice as many as until the lines meet, a whole number if possible."""
    if months is None:
        return Decimal(_MONTHS)
    double = months * 2
    if double < 1:
        return double or Decimal(1)
    return min(double.to_integral_value(ROUND_CEILING), max(Decimal(MOST_MONTHS), months * Decimal("1.2")))


def _caption(answer: BreakEven, pricing: Pricing) -> str:
    """Which prices these are and, on lines of their own, that they are old and who can no longer buy at them."""
    checked = min(str(row.checked_on) for row in answer.rows if row)
    identity = pricing.prices.identity
    stage = answer.tuned.stage
    old = checked_long_ago(answer.rows, answer.day)
    aged = "\n" + pricing.say("prices_old", checked=checked, day=str(answer.day)) if old else ""
    warned = "" if stage is None or stage.state == "open" else "\n" + pricing.say(BUYABLE[stage.state])
    caption = pricing.say(
        "chart_caption",
        calls=f"{answer.traffic.calls:,}",
        currency=answer.saving.currency,
        day=str(answer.day),
        checked=checked,
        name=identity.name,
        edition=identity.edition,
    )
    return caption + aged + warned


def _format_of(file: str) -> str:
    """The format that the file's ending names, SVG on standard output; raises WhytuneError: unknown-format."""
    if file == STDOUT:
        return "svg"
    ending = Path(file).suffix.lstrip(".").lower()
    if ending not in FORMATS:
        message = Sentence("`{file}` does not end in a format of a chart", file=short(file))
        raise no_format(message, ending, FORMATS)
    return ending
