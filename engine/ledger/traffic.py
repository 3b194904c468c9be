"""How many records took each way through the decision diagram of their rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..advice.advisor import Advisor
from ..language.rulebook import Rulebook
from ..language.text import BadValue
from ..language.value import read_value
from ..meaning.inquiry import Advice, Inquiry
from .record import Record
from .recorded import day_of


class Traffic(NamedTuple):
    """How many records came to each part of the advice, and went on through each cell of the fact it asks for.

    `counted` records were made by these very rules, `others` were not; `waiting` ones came to a question whose answer
    is missing or was kept out, and were followed up to it.
    """

    counted: int
    others: int
    waiting: int
    parts: Mapping[Advice, int]
    cells: Mapping[tuple[Advice, int], int]


def traffic(records: Iterable[Record], advisor: Advisor, asked: Inquiry) -> Traffic:
    """The ways of the records that were made by the advisor's rulebook, with the rules of the advisor's day."""
    rules = _rules(advisor.rulebook)
    parts: Counter[Advice] = Counter()
    cells: Counter[tuple[Advice, int]] = Counter()
    counted = others = waiting = 0
    for record in records:
        if not _is_by(record, advisor, rules):
            others += 1
            continue
        counted += 1
        answers, advice = _cells(record, advisor) | _outcomes(record, asked), asked.root
        parts[advice] += 1
        while not advice.is_constant:
            cell = answers.get(advice.fact)
            if cell is None:
                waiting += 1
                break
            cells[advice, cell] += 1
            advice = advice.parts[cell]
            parts[advice] += 1
    return Traffic(counted, others, waiting, parts, cells)


def _rules(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(rule.id for rule in rulebook.rules)


def _is_by(record: Record, advisor: Advisor, rules: frozenset[str]) -> bool:
    """Was the record made by this rulebook, on a day with the same rules?"""
    if record.data["rulebook"]["digest"] != advisor.identity.digest:
        return False
    return _rules(advisor.whole.as_of(day_of(record))) == rules


def _cells(record: Record, advisor: Advisor) -> dict[str, int]:
    """The cell of every fact whose value is in the record."""
    vocabulary, cells = advisor.rulebook.vocabulary, {}
    for name, fact in record.data["facts"].items():
        text = fact.get("value")
        if text is not None and name in vocabulary.domains:
            try:
                places = vocabulary.domains[name].cells_of(read_value(vocabulary.by_name[name], text))
                cells.update({name: min(places)} if len(places) == 1 else {})
            except BadValue:  # in a record that somebody made up: `verify` and `replay` say so
                continue
    return cells


def _outcomes(record: Record, asked: Inquiry) -> dict[str, int]:
    """The cell of every decision that this one rests on and whose outcome is in the record."""
    cells = {name: asked.domains[name].cells for name in asked.rests_on}
    outcomes = record.outcomes
    return {name: cells[name].index(outcomes[name]) for name in cells if outcomes.get(name) in cells[name]}
