"""`whytune compare`: the approaches side by side, as a table."""

from __future__ import annotations

import click

from whytune.approaches import side_by_side
from whytune.days import latest_day, today_or
from whytune.engine.costs.comparison import load_comparison
from whytune.engine.language.loading import DEFAULT
from whytune.engine.language.problems import Sentence
from whytune.shown import Format

from ..options import language_option, spoken
from ..output import answer, format_option


@click.command()
@click.argument("approaches", nargs=-1, metavar="[APPROACH ...]")
@click.option("--dimension", "-d", "dimensions", multiple=True, metavar="NAME", help="Only this row. Repeatable.")
@click.option(
    "--rulebook",
    "-r",
    default=DEFAULT,
    show_default=True,
    metavar="NAME|PATH",
    help="A shipped rulebook, or the path of a folder with comparison.yaml, or of such a file.",
)
@language_option
@format_option
def compare(
    approaches: tuple[str, ...], dimensions: tuple[str, ...], rulebook: str, language: str | None, format_: Format
) -> None:
    """Set the approaches side by side: prompt engineering, RAG and fine-tuning, in eight dimensions and in a summary.

    \b
    Examples:
      whytune compare
      whytune compare rag fine_tune --dimension training_cost --dimension data_need
      whytune compare --format html --language zh > comparison.html
    """
    known = load_comparison(rulebook, latest_day(today_or(None)))
    told_in = spoken(Sentence("the comparison"), known.identity.languages, language)
    answer(format_, side_by_side(known, approaches, dimensions, told_in))
