"""CERTCC's SSVC tables as tables of whytune: every row comes out as it says, and a check finds nothing."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from whytune.engine import Rulebook
from whytune.engine.language.case import fitting
from whytune.engine.language.loading import loads
from whytune.engine.meaning.diagram import DecisionDiagram
from whytune.engine.review.casebook.coverage import covered_by
from whytune.engine.review.checks import examine
from whytune.engine.review.examination import Examination

from ..looks import sampled
from . import published

FILES = published("ssvc/*.csv")
SMALL = [path for path in FILES if path.stat().st_size < 4_000]
LARGE = [path for path in FILES if path not in SMALL]
DAY = date(2026, 1, 1)
BY_HAND = {"untested-rule", "untested-boundary", "uncited", "no-main", "weak-source", "shorter-table"}
"""Findings about what a published table does not have: cases, a source for its fallback, and rows that are brief."""


class Published(NamedTuple):
    """A table as it was published: its inputs, its outcome and its rows, by names as whytune spells them."""

    inputs: tuple[str, ...]
    outcome: str
    rows: tuple[tuple[str, ...], ...]


def read(path: Path) -> Published:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    first = 1 if header[0] == "row" else 0
    *inputs, outcome = (name(each) for each in header[first:])
    return Published(tuple(inputs), outcome, tuple(tuple(map(name, row[first:])) for row in rows))


def name(text: str) -> str:
    word = re.sub("[^a-z0-9]+", "_", text.lower()).strip("_")[:50]
    return f"is_{word}" if word in ("yes", "no") or not word[:1].isalpha() else word


def rulebook(table: Published) -> Rulebook:
    facts = []
    for index, one in enumerate(table.inputs):
        values = list(dict.fromkeys(row[index] for row in table.rows))
        labels = dict(zip(values, values, strict=True))
        facts.append({"fact": one, "kind": "choice", "ask": one, "label": one, "values": values, "labels": labels})
    outcomes = list(dict.fromkeys(row[-1] for row in table.rows))
    source = {"document": "ssvc", "place": "data/csv"}
    decision = {
        "decision": "outcome",
        "ask": table.outcome,
        "options": [{"option": each, "label": each} for each in outcomes],
        "if_none_stands": {"advise": "refer", "because": "The table is complete.", "source": source},
        "if_several_stand": {"advise": "refer", "because": "Its rows exclude each other.", "source": source},
    }
    grid = {"table": "ssvc", "decision": "outcome", "because": "The table says so.", "source": source}
    document: dict[str, Any] = {
        "rulebook": {"name": "ssvc", "version": "1.0.0", "title": "SSVC", "languages": ["en"]},
        "documents": [{"document": "ssvc", "title": "SSVC"}],
        "facts": facts,
        "decisions": [decision],
        "tables": [{**grid, "rows_from": "ssvc.csv"}],
    }
    rows = [[*table.inputs, "propose"], *table.rows]
    lines = "\n".join(",".join(row) for row in rows)
    return loads({"ssvc.yaml": json.dumps(document).encode(), "ssvc.csv": lines.encode()})


@pytest.mark.parametrize(
    "path", [*SMALL, *(pytest.param(path, marks=pytest.mark.slow) for path in LARGE)], ids=lambda path: path.stem
)
def test_every_row_comes_out_as_it_was_published(path: Path) -> None:
    table = read(path)
    diagram = DecisionDiagram(rulebook(table))
    assert len(diagram.rulebook.rules) == len(table.rows) > 0
    for row in table.rows:
        case: Mapping[str, str] = dict(zip(table.inputs, row, strict=False))
        facts = fitting(diagram.rulebook.vocabulary, case)
        assert diagram.within(diagram.advice["outcome"], facts.places).value == row[-1], row


@pytest.mark.parametrize("path", sampled(SMALL, len(SMALL)), ids=lambda path: path.stem)
def test_a_check_finds_nothing_in_a_published_table(path: Path) -> None:
    book = rulebook(read(path))
    findings = examine(Examination(book, DAY, covered_by(book, (), DAY)))
    assert [finding.code for finding in findings if finding.code not in BY_HAND] == []
