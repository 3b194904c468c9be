"""An inner node of a decision diagram -> the question that it puts, and the answers that lead on from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from whytune.engine.diagram import Node
from whytune.engine.phrases import interval
from whytune.engine.speaker import Speaker
from whytune.engine.vocabulary import Band, Domain, Fact, Interval


class Branch(NamedTuple):
    """Cells of one fact that lead to the same node, under one label."""

    label: str
    cells: tuple[int, ...]
    child: Node


def question(children: Sequence[Node], domain: Domain, speaker: Speaker, cells: Collection[int] | None = None) -> str:
    """What a node asks that leads to these children: the question of a band, if one band tells them apart."""
    band = _band(children, domain, _drawn(children, cells))
    return speaker.text(band.ask) if band and band.ask else speaker.question(domain.fact.fact)


def branches(
    children: Sequence[Node], domain: Domain, speaker: Speaker, cells: Collection[int] | None = None
) -> list[Branch]:
    """The answers, as few as there are children and groups; of some cells only, if they are given."""
    drawn = _drawn(children, cells)
    by_child: dict[Node, list[int]] = {}
    for cell in drawn:
        by_child.setdefault(children[cell], []).append(cell)
    labels = dict(_labels(drawn, domain, _band(children, domain, drawn), speaker))
    found = []
    for child, leading in by_child.items():
        for group, inside in _by_group(domain.fact, leading):
            joined = speaker.text(group) if group else speaker.listed(_joined(inside, labels, domain, speaker))
            found.append(Branch(joined, tuple(inside), child))
    return sorted(found, key=lambda branch: branch.cells[0])


def _drawn(children: Sequence[Node], cells: Collection[int] | None) -> list[int]:
    return [cell for cell in range(len(children)) if cells is None or cell in cells]


def _band(children: Sequence[Node], domain: Domain, drawn: Sequence[int]) -> Band | None:
    """The band by which a node tells its children apart, if one band suffices."""
    for band in domain.fact.bands:
        pieces = domain.subjects[band.band]
        if all(children[a] == children[b] for a, b in combinations(drawn, 2) if pieces[a] == pieces[b]):
            return band
    return None


def _labels(
    cells: Iterable[int], domain: Domain, band: Band | None, speaker: Speaker
) -> Iterator[tuple[int, str | None]]:
    """Each cell with its label; with None where only bounds can say it."""
    fact = domain.fact
    for cell in cells:
        if not fact.is_number:
            yield cell, speaker.value(fact.fact, domain.cells[cell])
        else:
            yield cell, speaker.text(band.labels.get(domain.subjects[band.band][cell])) or None if band else None


def _by_group(fact: Fact, cells: list[int]) -> Iterator[tuple[Mapping[str, str] | None, list[int]]]:
    """The cells of a choice by declared groups that lie wholly among them; the rest together, without a group."""
    left = list(cells)
    for group in fact.groups:
        inside = [fact.values.index(value) for value in group.values]
        if inside and set(inside) <= set(left):
            yield group.label, sorted(inside)
            left = [cell for cell in left if cell not in inside]
    if left:
        yield None, left


def _joined(cells: Sequence[int], labels: Mapping[int, str | None], domain: Domain, speaker: Speaker) -> Iterator[str]:
    """The labels of these cells, each once; neighbouring intervals without labels as one."""
    runs: list[list[int]] = []
    for cell in cells:
        if runs and labels[cell] is None and runs[-1][-1] == cell - 1 and labels[cell - 1] is None:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    seen = dict.fromkeys(labels[run[0]] or _bounds(domain, run, speaker) for run in runs)
    yield from seen


def _bounds(domain: Domain, run: Sequence[int], speaker: Speaker) -> str:
    first, last = domain.cells[run[0]], domain.cells[run[-1]]
    assert isinstance(first, Interval)
    assert isinstance(last, Interval)
    return interval(Interval(first.low, last.high), speaker.language)
