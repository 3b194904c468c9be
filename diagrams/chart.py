"""Two costs over time -> a line chart with their crossing marked, as SVG, PNG or PDF; the only file that plots."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple

from whytune.engine.language.extras import installing, needing
from whytune.engine.language.problems import Problem, Sentence

from .chart_font import chinese_font

FORMATS = ("svg", "png", "pdf")
_COLOURS = ("#f57c00", "#1976d2")
_RESOLUTION = 144
_SALT = "whytune"
"""The seed of names within an SVG, so that the same chart is the same file."""


class Series(NamedTuple):
    """One line: its name, and its points from left to right."""

    name: str
    points: Sequence[tuple[float, float]]


class Chart(NamedTuple):
    """A chart before it has a format. `crossing` is where the lines meet, with a caption; None if they do not."""

    title: str
    x_label: str
    y_label: str
    series: tuple[Series, Series]
    crossing: tuple[float, float, str] | None
    caption: str


class Plot(NamedTuple):
    """A chart in a format, the same bytes for the same chart. Unless it `is_legible`, letters are drawn as boxes."""

    data: bytes
    is_legible: bool


def plot(chart: Chart, format_: str) -> Plot:
    """The chart in one of FORMATS; raises WhytuneError: no-plotting."""
    matplotlib = _library()
    settings = {
        "svg.hashsalt": _SALT,
        "svg.fonttype": "none",  # letters stay letters: to be searched, read aloud and shown in the reader's font
        "font.family": ["DejaVu Sans", *([font] if (font := chinese_font()) else []), "sans-serif"],
        "font.size": 11,
        "axes.unicode_minus": False,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings(record=True) as lacking:
        warnings.filterwarnings("always", message="Glyph .* missing")
        figure = _figure(chart)
        drawn = BytesIO()
        figure.savefig(drawn, format=format_, dpi=_RESOLUTION, metadata=_METADATA[format_], facecolor="white")
    return Plot(drawn.getvalue(), is_legible=format_ == "svg" or not lacking)  # an SVG uses the reader's fonts


_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": "whytune"},
    "png": {"Software": "whytune"},
    "pdf": {"CreationDate": None, "Creator": "whytune", "Producer": "whytune"},
}


def _library() -> Any:
    with needing({"matplotlib"}, _no_plotting):
        import matplotlib
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # or it would say that it looks for fonts
    return matplotlib


def _no_plotting(package: str) -> Problem:
    message = Sentence("matplotlib, which draws charts, is not installed")
    return Problem("no-plotting", message, None, installing("charts"))


def _figure(chart: Chart) -> Any:
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator, StrMethodFormatter

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.add_subplot()
    for series, colour in zip(chart.series, _COLOURS, strict=True):
        across, up = zip(*series.points, strict=True)
        axes.plot(across, up, color=colour, linewidth=2, label=series.name)
    if chart.crossing:
        _mark(axes, *chart.crossing)
    axes.set_title(chart.title, loc="left", fontweight="bold", pad=30)
    axes.set_xlabel(chart.x_label)
    axes.set_ylabel(chart.y_label)
    axes.set_xlim(0, chart.series[0].points[-1][0])
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(8))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.12g}"))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.12g}"))
    axes.grid(color="#dddddd", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=2, frameon=False)
    figure.supxlabel(chart.caption, fontsize=8, color="#555555")
    return figure


def _mark(axes: Any, across: float, up: float, label: str) -> None:
    """A dot where the lines meet, lines from it to both axes, and its meaning beside it, below the lines."""
    axes.plot([across, across, 0], [0, up, up], color="#777777", linewidth=1, linestyle=":")
    axes.plot([across], [up], marker="o", markersize=9, color="#2e7d32", zorder=3)
    axes.annotate(
        label, (across, up), xytext=(14, -14), textcoords="offset points", ha="left", va="top", color="#2e7d32"
    )
