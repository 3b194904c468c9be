"""`whytune audit stats`: how often each advice, rule and month occurs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from whytune.engine.advice.recommendation import OPEN
from whytune.engine.language.problems import visible
from whytune.engine.language.rulebook import REFER
from whytune.engine.ledger.selection import chosen
from whytune.engine.ledger.statistics import Statistics, statistics
from whytune.engine.ledger.store import Ledger
from whytune.engine.words.phrases import phrase

from ...layout import heading, table
from ...options import ledger_option, show_lines, spoken_option
from .asked import misspelt, selection, selection_options, sheet_option
from .sheet import sheet

COLUMNS = ("kind", "decision", "name", "count")
"""The columns of the CSV."""


@click.command()
@ledger_option
@selection_options
@sheet_option
@spoken_option
def stats(ledger: str, format_: str, language: str, **asked: Any) -> None:
    """Count the recorded recommendations: per advice, status, deciding rule, month and rulebook.

    A rule that ruled out what another proposed is counted apart. In CSV each line is one count.

    \b
    Examples:
      whytune audit stats --ledger advice.ledger
      whytune audit stats --ledger advice.ledger --since 2026-01-01 --format csv
    """
    wanted = selection(**asked)
    with Ledger.to_read(ledger) as opened:
        counted = statistics(chosen(opened, wanted))
        notes = () if counted.records else tuple(misspelt(opened, wanted, language))
    if format_ == "csv":
        click.echo(sheet(COLUMNS, rows(counted)), nl=False)
    else:
        show_lines(format_, counted.to_dict, lines(counted, language))
    for note in notes:
        click.echo(note, err=True)


def rows(counted: Statistics) -> Iterator[tuple[str, ...]]:
    """Each count with its kind, the decision that it is about if it is about one, and the name of what is counted."""
    yield "records", "", "", str(counted.records)
    for kind, by_decision in (
        ("advice", counted.advice),
        ("status", counted.status),
        ("rule", counted.rules),
        ("veto", counted.vetoes),
    ):
        yield from ((kind, decision, name, str(count)) for (decision, name), count in by_decision.items())
    for kind, counts in (("month", counted.months), ("rulebook", counted.rulebooks)):
        yield from ((kind, "", name, str(count)) for name, count in counts.items())


def lines(found: Statistics, language: str) -> Iterator[str]:
    """The counts as people read them."""
    yield click.style(phrase("records_counted", language, count=str(found.records)), bold=True)
    several = len({decision for decision, _ in found.advice}) > 1
    status = {pair: phrase(f"status_{pair[1]}", language) for pair in found.status}
    for title, counts, said in (
        ("advice", found.advice, _outcomes(found.advice, language)),
        ("status", found.status, status),
        ("decided_by", found.rules, {}),
        ("vetoed_by", found.vetoes, {}),
    ):
        yield from _counts(
            phrase(title, language),
            {
                (d + phrase("colon", language) if several else "") + said.get((d, n), n): count
                for (d, n), count in counts.items()
            },
        )
    yield from _counts(phrase("months", language), found.months)
    yield from _counts(phrase("rulebook", language), found.rulebooks)


def _outcomes(advice: Mapping[tuple[str, str], int], language: str) -> dict[tuple[str, str], str]:
    """What the outcomes without an option are called."""
    said = {REFER: phrase("refer", language), OPEN: phrase("advice_open", language)}
    return {(decision, name): said[name] for decision, name in advice if name in said}


def _counts(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    if counts:
        yield heading(title)
        yield from table([(visible(name), str(count)) for name, count in counts.items()])
