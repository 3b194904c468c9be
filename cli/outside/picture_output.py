"""Which picture is asked for, and where it goes."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import click

from whytune.diagrams.flowchart import flowchart
from whytune.diagrams.fonts import has_chinese, needs_chinese
from whytune.diagrams.formats import ENDINGS, PICTURES, draw, named_by
from whytune.diagrams.graph import Graph
from whytune.diagrams.links import DEFAULT, Links
from whytune.diagrams.outline import COLUMNS
from whytune.engine import Advisor, Problem, Recommendation, Span, WhytuneError
from whytune.engine.language.problems import Sentence
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.speaker import Speaker
from whytune.pictures import View, picture_of

from ..options import decision_of
from ..streams import width
from .files import STDOUT, save

if TYPE_CHECKING:
    from whytune.engine.ledger.traffic import Traffic


def compose(
    advisor: Advisor,
    speaker: Speaker,
    view: View = "flow",
    decision: str | None = None,
    answer: Recommendation | None = None,
    link_template: str = DEFAULT,
    ledger: str | None = None,
    *,
    expand: bool = False,
) -> Graph:
    """The picture asked for; if the chart is too large to read, only the way of the case."""
    links, name = Links(advisor.rulebook.places, link_template), decision_of(advisor.rulebook, decision)
    if ledger:
        ways = _traffic(ledger, advisor, name, expand)
        return flowchart(advisor.inquiry(name, expand=expand), speaker, None, links, ways)
    return picture_of(view, advisor, speaker, name, answer, link=links, expand=expand)


def _traffic(ledger: str, advisor: Advisor, decision: str, expand: bool) -> Traffic:
    """The ways of the records in a ledger; raises WhytuneError, another-rulebook, if none is by these rules."""
    from whytune.engine.ledger.selection import Selection, chosen  # a ledger is for those who keep one
    from whytune.engine.ledger.store import Ledger
    from whytune.engine.ledger.traffic import traffic

    with Ledger.to_read(ledger) as opened:
        ways = traffic(chosen(opened, Selection()), advisor, advisor.inquiry(decision, expand=expand))
    if not ways.counted:
        hint = Sentence(
            "name the rulebook and the day of the records: --rulebook, --as-of; `whytune audit list` shows them"
        )
        message = Sentence(
            "no record is by this rulebook with the rules of this day (records by others: {count})", count=ways.others
        )
        raise WhytuneError([Problem("another-rulebook", message, Span(ledger), hint)])
    return ways


def write(picture: Graph, format_: str, output: str | None, language: str, reads: Collection[str | None] = ()) -> None:
    """Writes the picture to standard output, or to a file that the command does not read; raises WhytuneError."""
    refuse_terminal(format_, output)
    drawn = draw(picture, format_, width() if output in (None, STDOUT) else COLUMNS)
    warn_of_font((node.label for node in picture.nodes), format_, language)
    save(output or STDOUT, drawn, reads)


def refuse_terminal(format_: str, output: str | None, option: str = "-o") -> None:
    """Raises WhytuneError, no-terminal, if a picture would go to a terminal; the hint names this option."""
    if output in (None, STDOUT) and format_ in PICTURES and sys.stdout.isatty():
        message = Sentence("{format} is not for a terminal", format=format_)
        hint = Sentence("name a file: {option} chart.{format}", option=option, format=format_)
        raise WhytuneError([Problem("no-terminal", message, None, hint)])


def warn_of_font(texts: Iterable[str], format_: str, language: str) -> None:
    """Warns on standard error that Chinese in these texts may be drawn as boxes, if there is no font for it."""
    if format_ in ("png", "pdf") and any(map(needs_chinese, texts)) and not has_chinese():
        warn_of_boxes(language)


def warn_of_boxes(language: str) -> None:
    click.echo(phrase("no_chinese_font", language), err=True)


def format_of(format_: str | None, output: str | None, formats: Mapping[str, str] = ENDINGS) -> str:
    """The format asked for, else that of the output's ending, else text; raises WhytuneError: unknown-format."""
    if format_ is not None or output is None or output == STDOUT:
        return format_ or "text"
    return named_by(output, formats)
