"""The chart of a break-even: both lines, their crossing, what they rest on; the same bytes each time."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from whytune.cli import cli
from whytune.cli.commands.cost.estimate_chart import chart_of, write_chart
from whytune.cli.outside.picture_output import warn_of_font
from whytune.diagrams.chart import FORMATS, plot
from whytune.engine import WhytuneError
from whytune.engine.costs.break_even import BreakEven, Spent, break_even
from whytune.engine.costs.money import Money
from whytune.engine.costs.price_file import load_prices
from whytune.engine.costs.serving import MonthlyCalls, Prompt, with_prompt, with_tuned
from whytune.engine.words.catalogue import phrase
from whytune.prose.prices import Pricing

from .looks import sampled

PRICES = load_prices("guide")
DAY = date(2026, 11, 22)
TRAFFIC = MonthlyCalls(100_000, 200)
CROSSING = b"#2e7d32"
"""The colour in which a crossing is marked."""


def answer(prompt: int = 2_000, training: str = "4.50") -> BreakEven:
    base = with_prompt(PRICES, "gpt-4o-mini", DAY, Prompt(prompt), TRAFFIC)
    tuned = with_tuned(PRICES, "gpt-4o-mini", DAY, Prompt(300), TRAFFIC)
    nothing = Money.none("USD")
    spent = Spent(Money.exact(Decimal(training), "USD"), nothing, nothing)
    return break_even(base, tuned, spent, TRAFFIC, DAY, PRICES)


def texts(svg: bytes) -> str:
    return "\n".join(part for part in ElementTree.fromstring(svg).itertext() if part.strip())


@pytest.mark.parametrize("language", sampled(["en", "zh"], 2))
def test_a_chart_marks_the_crossing_and_says_what_it_rests_on(language: str) -> None:
    report = Pricing(PRICES, DAY, language)
    drawn = plot(chart_of(answer(), report), "svg").data
    shown = texts(drawn)
    assert CROSSING in drawn
    for said in (
        "50,000",
        report.say("about_weeks", count="2"),
        "USD",
        "2026-11-22",
        "2026-08-05",
        report.say("chart_title"),
    ):
        assert said in shown
    assert report.say("way_prompt") in shown
    assert report.say("way_fine_tune") in shown


def test_a_chart_says_who_can_no_longer_buy_at_its_prices() -> None:
    closed, report = answer(), Pricing(PRICES, DAY, "en")
    open_to_all = closed._replace(tuned=closed.tuned._replace(stage=None))
    assert chart_of(closed, report).caption.endswith("\nNew customers can no longer buy this.")
    assert "\n" not in chart_of(open_to_all, report).caption


def test_a_chart_without_a_crossing_marks_none_and_says_so() -> None:
    report = Pricing(PRICES, DAY, "en")
    never = chart_of(answer(prompt=400), report)
    assert never.crossing is None
    drawn = plot(never, "svg").data
    assert report.say("chart_never") in texts(drawn)
    assert CROSSING not in drawn


def test_the_lines_start_with_what_tuning_costs_first_and_cross_where_it_is_marked() -> None:
    chart = chart_of(answer(training="54.50"), Pricing(PRICES, DAY, "en"))
    base, tuned = (series.points for series in chart.series)
    assert (base[0], tuned[0]) == ((0, 0), (0, 54.5))
    assert base[-1][1] > tuned[-1][1]
    assert chart.crossing is not None
    across, up, _ = chart.crossing
    assert across < base[-1][0]
    assert up == pytest.approx(across * 42)


@pytest.mark.slow
@pytest.mark.parametrize(
    "format_", [pytest.param(name, marks=[] if name == "svg" else [pytest.mark.slow]) for name in FORMATS]
)
def test_the_same_chart_is_the_same_file_without_a_date(format_: str) -> None:
    chart = chart_of(answer(), Pricing(PRICES, DAY, "zh"))
    drawn = plot(chart, format_).data
    assert drawn == plot(chart, format_).data
    assert not re.search(rb"<dc:date|CreationDate|tIME", drawn)


@pytest.mark.slow
@pytest.mark.parametrize("training", ["0", "1e-6", "1e9"])
def test_a_chart_can_be_drawn_however_near_or_far_the_crossing(training: str) -> None:
    chart = chart_of(answer(training=training), Pricing(PRICES, DAY, "en"))
    assert chart.crossing is not None
    assert chart.crossing[0] <= chart.series[0].points[-1][0]
    assert plot(chart, "svg").data.startswith(b"<?xml")


def test_a_chart_goes_to_the_file_named_in_the_format_of_its_ending(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = Pricing(PRICES, DAY, "en")
    write_chart(answer(), report, str(tmp_path / "costs.png"))
    assert (tmp_path / "costs.png").read_bytes().startswith(b"\x89PNG")
    assert "costs.png" in capsys.readouterr().err
    with pytest.raises(WhytuneError, match=r"does not end in a format of a chart\n.*\.svg"):
        write_chart(answer(), report, str(tmp_path / "costs.sgv"))


@pytest.fixture
def fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds all fonts of the machine, but for those of matplotlib, and is empty."""
    from matplotlib.font_manager import fontManager

    folder = tmp_path / "fonts"
    folder.mkdir()
    files = lambda: [str(file) for file in folder.iterdir()]  # noqa: E731
    monkeypatch.setattr("matplotlib.font_manager.findSystemFonts", files)
    monkeypatch.setattr("matplotlib.font_manager.fontManager.ttflist", list(fontManager.ttflist))
    return folder


def font(file: Path, letters: str, name: str) -> None:
    """Writes a font of these letters, each a square."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap(dict.fromkeys(map(ord, letters), "square"))
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for corner in ((100, 800), (900, 800), (900, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    builder.setupGlyf({".notdef": square, "square": square})
    builder.setupHorizontalMetrics({".notdef": (1000, 100), "square": (1000, 100)})
    builder.setupHorizontalHeader(ascent=900, descent=-100)
    builder.setupNameTable({"familyName": name, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-100)
    builder.setupPost()
    builder.save(file)


@pytest.mark.slow
@pytest.mark.parametrize("ending", sampled(["png", "pdf"], 2))
def test_without_a_chinese_font_an_svg_is_whole_and_other_pictures_come_with_a_warning(
    fonts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    (fonts / "song.ttf").write_text("no font")
    font(fonts / "kai.ttf", "微", "A letter too few")
    report = Pricing(PRICES, DAY, "zh")
    write_chart(answer(), report, str(tmp_path / "costs.svg"))
    assert report.say("chart_title") in texts((tmp_path / "costs.svg").read_bytes())
    assert report.say("no_chinese_font") not in capsys.readouterr().err
    write_chart(answer(), report, str(tmp_path / f"costs.{ending}"))
    assert report.say("no_chinese_font") in capsys.readouterr().err
    write_chart(answer(), Pricing(PRICES, DAY, "en"), str(tmp_path / f"costs.{ending}"))
    assert "warning" not in capsys.readouterr().err


@pytest.mark.slow
def test_a_chinese_font_is_drawn_with_as_soon_as_it_is_there(fonts: Path) -> None:
    chart = chart_of(answer(), Pricing(PRICES, DAY, "zh"))
    assert not plot(chart, "png").is_legible
    font(fonts / "new.ttf", "".join(set(repr(chart))), "Squares")
    assert plot(chart, "png").is_legible
    assert b"Squares" in plot(chart, "svg").data


def test_a_warning_of_a_font_is_in_the_language_of_the_picture(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whytune.cli.outside.picture_output.has_chinese", lambda: False)
    for format_, texts in (("svg", ["微调"]), ("png", ["tuning"])):
        warn_of_font(texts, format_, "zh")
    assert capsys.readouterr().err == ""
    for language in ("en", "zh"):
        warn_of_font(["tuning", "微调"], "pdf", language)
        assert capsys.readouterr().err == f"{phrase('no_chinese_font', language)}\n"


@pytest.mark.slow
def test_a_chart_on_standard_output_is_svg_alone_and_the_estimate_stands_on_standard_error() -> None:
    options = "--model gpt-4o-mini --calls 100000 --prompt-tokens 2000 --tuned-prompt-tokens 300 --output-tokens 200"
    words = [*options.split(), "--training", "4.50", "--as-of", "2026-11-22", "--chart", "-"]
    ran = CliRunner().invoke(cli, ["cost", "break-even", *words])
    assert ran.exit_code == 0
    assert ElementTree.fromstring(ran.stdout).tag.endswith("svg")
    assert ran.stderr.startswith("Tuning pays back after")
