"""Approaches side by side -> documents: a whole comparison, or an advice beside its main rival."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from whytune.engine.advice.recommendation import DecisionOutcome
from whytune.engine.costs.comparison import ComparedRow, Comparison, Table
from whytune.engine.language.citations import Source
from whytune.engine.language.text import pick
from whytune.engine.words.catalogue import phrase
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import cited, shown_digest

from .document import Block, Document, Foot, Gap, Grid, Heading, Paragraph, document


class SideBySide(NamedTuple):
    """One table of a comparison: which approaches, and their cells row by row."""

    table: Table
    approaches: tuple[str, ...]
    lines: tuple[ComparedRow, ...]


class _Told(NamedTuple):
    """A comparison in one language."""

    comparison: Comparison
    language: str

    def say(self, key: str, **parts: str) -> str:
        return phrase(key, self.language, **parts)

    def source(self, source: Source) -> str:
        return cited(source, self.comparison.documents, self.language)

    def grid(self, compared: SideBySide) -> Grid:
        approaches = (self.comparison.approach(name).label for name in compared.approaches)
        head = (self.say("dimension"), *(pick(label, self.language) for label in approaches))
        return Grid(head, tuple(self.row(line, compared.approaches) for line in compared.lines))

    def row(self, line: ComparedRow, approaches: Iterable[str]) -> tuple[str, ...]:
        cells = (line.cells[name] for name in approaches)
        texts = (pick(text, self.language) if text else self.say("compare_nothing") for text in cells)
        return (pick(line.row.label, self.language), *texts)

    def remarks(self, compared: SideBySide) -> Iterator[str]:
        """Where the table comes from, and what speaks against it."""
        yield self.say("compare_source", source=self.source(compared.table.source))
        for row in (line.row for line in compared.lines):
            if row.note:
                text = pick(row.note.text, self.language)
                note = self.say("compare_note", row=pick(row.label, self.language), text=text)
                source = row.note.source
                yield self.say("within", value=note, bounds=self.source(source)) if source else note

    def identity(self) -> str:
        identity, digest = self.comparison.identity, shown_digest(self.comparison.digest)
        text = self.say("comparison_cited", name=identity.name, edition=identity.edition, digest=digest)
        return self.say("comparison") + self.say("colon") + text


def comparison(whole: Comparison, tables: Iterable[SideBySide], language: str) -> Document:
    """The tables with remarks on them, and which comparison they are from."""
    telling = _Told(whole, language)
    blocks = [block for table in tables for block in _table(table, telling)]
    return document(pick(whole.identity.title, language), language, [*blocks, Foot(telling.identity())])


def _table(compared: SideBySide, telling: _Told) -> Iterator[Block]:
    yield Heading(pick(compared.table.title, telling.language))
    yield from (Gap(), telling.grid(compared), Gap())
    yield from (Paragraph(remark, level=1, tone="quiet") for remark in telling.remarks(compared))


class Pair(NamedTuple):
    """The options that stand beside each other, the advice and its main rival first if there is one, and what a
    comparison says of them; `unknown` are those of which it says nothing as a whole, `columns` the options in the
    rows, a combination by its parts.
    """

    decision: str
    options: Sequence[str]
    outcome: DecisionOutcome
    comparison: Comparison
    lines: Sequence[ComparedRow]
    unknown: Sequence[str]
    columns: Sequence[str]


def beside(pair: Pair, speaker: Speaker) -> Iterator[Block]:
    """The rows that matter for an advice and its main rival."""
    advised = pair.outcome.advice is not None
    names = [speaker.option(pair.decision, name) for name in pair.options]
    if len(names) < 2 or not (advised or pair.lines or pair.unknown):
        yield Heading(speaker.say("compared_alone" if advised else "compare_open"))
        return
    yield Heading(_heading(pair, names[0], names[1], speaker))
    for name in pair.unknown:
        by_parts = pair.lines and name in pair.options
        key = "compare_parts" if by_parts else "compare_unknown"
        yield Paragraph(speaker.say(key, option=speaker.option(pair.decision, name)), level=1)
    if pair.lines:
        columns = [speaker.option(pair.decision, name) for name in pair.columns]
        yield Grid((speaker.say("dimension"), *columns), tuple(_cells(line, speaker.language) for line in pair.lines))
        yield Paragraph(_Told(pair.comparison, speaker.language).identity(), level=1, tone="quiet")


def _heading(pair: Pair, advice: str, rival: str, speaker: Speaker) -> str:
    """Which two stand beside each other, and why these."""
    outcome = pair.outcome
    if outcome.advice is None:
        return speaker.say("compared_open", advice=advice, rival=rival)
    if pair.options[1] in (*outcome.possible_as_assumed, *outcome.possible):
        return speaker.say("compared_with_possible", advice=advice, rival=rival)
    return speaker.say("compared_with_next", advice=advice, rival=rival)


def _cells(line: ComparedRow, language: str) -> tuple[str, ...]:
    texts = (pick(cell, language) if cell else "" for cell in line.cells.values())
    return (pick(line.row.label, language), *texts)
