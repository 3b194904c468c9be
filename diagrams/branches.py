"""An inner node of a decision diagram -> the question that it asks, and the answers that lead on from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from whytune.engine.language.intervals import Interval
from whytune.engine.language.vocabulary import Band, Domain, Fact
from whytune.engine.meaning.diagram import Function
from whytune.engine.words.speaker import Speaker
from whytune.engine.words.values import interval, true_label

_NUMBERS = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

After = Function[Any]
"""What remains to be asked after some answers."""


class Branch(NamedTuple):
    """Cells of one fact that lead to the same node, under one label."""

    label: str
    cells: tuple[int, ...]
    child: After


class AskedFact(NamedTuple):
    """What a node asks: the fact that it tests, the nodes that its cells lead to, and the cells to be drawn.

    `tested` holds what is tested by the rules behind the decision: any other band does not matter here.
    """

    domain: Domain
    children: Sequence[After]
    cells: Sequence[int]
    tested: Collection[str]


def question(asked: AskedFact, speaker: Speaker) -> str:
    """The question of a node: that of a band that tells its children apart, or else the fact's own."""
    band = _band(asked)
    return speaker.text(band.ask if band and band.ask else asked.domain.fact.ask)


def branches(asked: AskedFact, speaker: Speaker) -> list[Branch]:
    """The answers to a node's question, as few as its children and the groups of its cells allow."""
    domain, children, drawn = asked.domain, asked.children, asked.cells
    by_child: dict[After, list[int]] = {}
    for cell in drawn:
        by_child.setdefault(children[cell], []).append(cell)
    labels = dict(_labels(drawn, domain, _band(asked), speaker))
    runs = []
    for child, leading in by_child.items():
        for group, inside in _by_group(domain.fact, leading):
            named = _named(inside, domain, speaker)
            between = "or_else" if domain.fact.is_number else "comma"
            listed = speaker.say(between).join(_joined(named, labels, domain, speaker))
            joined = speaker.text(group) if group else listed
            runs.append(Branch(joined, tuple(inside), child))
    return sorted(runs, key=lambda branch: branch.cells[0])


def _band(asked: AskedFact) -> Band | None:
    """Among the tested bands that tell the children apart, the one with the fewest idle cuts."""
    telling = (band for band in asked.domain.fact.bands if band.band in asked.tested and _tells_apart(band, asked))
    return min(telling, key=lambda band: _idle_cuts(band, asked), default=None)


def _tells_apart(band: Band, asked: AskedFact) -> bool:
    pieces, children = asked.domain.subjects[band.band], asked.children
    return all(children[a] == children[b] for a, b in combinations(asked.cells, 2) if pieces[a] == pieces[b])


def _idle_cuts(band: Band, asked: AskedFact) -> int:
    """How many cuts of the band lie between cells that lead to the same node."""
    pieces, children = asked.domain.subjects[band.band], asked.children
    return sum(pieces[a] != pieces[b] and children[a] == children[b] for a, b in pairwise(asked.cells))


def _labels(
    cells: Iterable[int], domain: Domain, band: Band | None, speaker: Speaker
) -> Iterator[tuple[int, str | None]]:
    """Each cell with its label, or with None if only bounds can express it."""
    fact = domain.fact
    for cell in cells:
        if fact.fact in speaker.rulebook.decision:
            yield cell, speaker.option(fact.fact, str(domain.cells[cell]))
        elif not fact.is_number:
            yield cell, speaker.value(fact.fact, domain.cells[cell])
        else:
            piece = domain.subjects[band.band][cell] if band else ""
            yield cell, true_label(fact, band, piece, speaker.language) if band else None


def _by_group(fact: Fact, cells: list[int]) -> Iterator[tuple[Mapping[str, str] | None, list[int]]]:
    """The cells of a choice by the declared groups that lie wholly among them; the rest together, without a group."""
    left = list(cells)
    for group in fact.groups:
        inside = [fact.values.index(value) for value in group.values]
        if inside and set(inside) <= set(left):
            yield group.label, sorted(inside)
            left = [cell for cell in left if cell not in inside]
    if left:
        yield None, left


def _named(cells: list[int], domain: Domain, speaker: Speaker) -> list[int]:
    """The cells to be named: for a decision, an option stands for its kinds if all of them are among these."""
    decision = speaker.rulebook.decision.get(domain.fact.fact)
    if decision is None:
        return cells
    names = [str(domain.cells[cell]) for cell in cells]
    covered = {kind for name in names for kind in decision.kinds.get(name, ()) if decision.kinds[name].issubset(names)}
    return [cell for cell, name in zip(cells, names, strict=True) if name not in covered]


def _joined(cells: Sequence[int], labels: Mapping[int, str | None], domain: Domain, speaker: Speaker) -> Iterator[str]:
    """The labels of these cells, each once; neighbouring intervals whose labels are only bounds are joined."""
    bare = {cell for cell in cells if domain.fact.is_number and _says_bounds(labels[cell], domain)}
    runs: list[list[int]] = []
    for cell in cells:
        if runs and cell in bare and runs[-1][-1] == cell - 1 and cell - 1 in bare:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    yield from dict.fromkeys(_label(run, labels, domain, speaker) for run in runs)


def _says_bounds(label: str | None, domain: Domain) -> bool:
    """Is there no label, or one that only names a cut or the last number before it?"""
    if label is None:
        return True
    cuts = {cell.low for cell in domain.cells if isinstance(cell, Interval) and cell.low is not None}
    numbers = {Decimal(digits.replace(",", "")) for digits in _NUMBERS.findall(label)}
    return any(number in cuts or number + domain.fact.step in cuts for number in numbers)


def _label(run: Sequence[int], labels: Mapping[int, str | None], domain: Domain, speaker: Speaker) -> str:
    names = {labels[cell] for cell in run}
    return (names.pop() if len(names) == 1 else None) or _bounds(domain, run, speaker)


def _bounds(domain: Domain, run: Sequence[int], speaker: Speaker) -> str:
    first, last = domain.cells[run[0]], domain.cells[run[-1]]
    assert isinstance(first, Interval)
    assert isinstance(last, Interval)
    return interval(domain.fact, Interval(first.low, last.high), speaker.language)
