"""How many records took each way through the decision diagram of their rulebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ..advice.advisor import Advisor
from ..language.rulebook import Rulebook
from ..language.text import BadValue
from ..language.value import read_value
from ..meaning.inquiry import Advice, Inquiry
from .record import Record
from .recorded import day_of

KEPT = 10_000
"""Days, and values of facts, that are kept with what they mean."""


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
    """The ways of the records that were made by the advisor's rulebook, with the rules of the advisor's day.

    Records that answer alike go the same way: it is followed once.
    """
    reader = _WayReader(advisor, asked)
    alike = Counter(reader.answers(record) for record in records)
    others = alike.pop(None, 0)
    parts: Counter[Advice] = Counter()
    cells: Counter[tuple[Advice, int]] = Counter()
    waiting = 0
    for answers, count in alike.items():
        end = asked.root
        for advice, cell in _way(asked.root, dict(answers or ())):
            parts[advice] += count
            cells[advice, cell] += count
            end = advice.parts[cell]
        parts[end] += count
        waiting += 0 if end.is_constant else count
    return Traffic(alike.total(), others, waiting, parts, cells)


def _way(advice: Advice, answers: Mapping[str, int]) -> Iterator[tuple[Advice, int]]:
    """Each question on the way that has an answer, with the cell by which it goes on."""
    while not advice.is_constant and (cell := answers.get(advice.fact)) is not None:
        yield advice, cell
        advice = advice.parts[cell]


WayAnswers = tuple[tuple[str, int], ...]
"""The cell of each fact, and of each decision before the asked one, that a record tells."""


class _WayReader:
    """Reads what records answer; what many of them say is read once."""

    def __init__(self, advisor: Advisor, asked: Inquiry) -> None:
        self.advisor = advisor
        self.outcomes = {name: asked.domains[name].cells for name in asked.rests_on}
        self.rules = _rules(advisor.rulebook)
        self._same_rules = lru_cache(KEPT)(self._has_same_rules)
        self._cell = lru_cache(KEPT)(self._cell_of)

    def answers(self, record: Record) -> WayAnswers | None:
        """What the record answers; None if it was not made by this rulebook, on a day with these rules."""
        if record.data["rulebook"]["digest"] != self.advisor.identity.digest:
            return None
        if not self._same_rules(day_of(record)):
            return None
        facts = ((name, self._cell(name, fact.get("value"))) for name, fact in record.data["facts"].items())
        cells = {name: cell for name, cell in facts if cell is not None}
        return tuple((cells | self._decided(record)).items())

    def _decided(self, record: Record) -> dict[str, int]:
        """The cell of each decision on which the asked one rests whose outcome stands in the record."""
        recorded = record.outcomes if self.outcomes else {}
        return {
            name: cells.index(recorded[name]) for name, cells in self.outcomes.items() if recorded.get(name) in cells
        }

    def _has_same_rules(self, day: date | None) -> bool:
        return _rules(self.advisor.whole.as_of(day)) == self.rules

    def _cell_of(self, name: str, text: str | None) -> int | None:
        """The cell of a fact whose value stands in a record; None where it may be in several, or in none."""
        vocabulary = self.advisor.rulebook.vocabulary
        if text is None or name not in vocabulary.domains:
            return None
        try:
            places = vocabulary.domains[name].cells_of(read_value(vocabulary.by_name[name], text))
        except BadValue:  # of a record that somebody made up: `verify` and `replay` say so
            return None
        return min(places) if len(places) == 1 else None


def _rules(rulebook: Rulebook) -> frozenset[str]:
    return frozenset(rule.id for rule in rulebook.rules)
